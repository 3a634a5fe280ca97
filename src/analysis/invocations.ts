import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { collectCalls } from './call-nodes.ts';
import { requiredModule } from './origins.ts';
import { isFunction } from './order.ts';
import { callGlobal, constructGlobal } from './platform.ts';
import { callPackage } from './packages.ts';
import type { Reader } from './reader.ts';
import { asProvider } from './registered-configurations.ts';
import type { SourceFile } from './source-file.ts';
import { callOnInstant, callTimeLibrary, isTimeLibrary } from './time.ts';
import { callOnText, callOnList } from './text.ts';
import { type Frame, type FunctionValue, type ParameterValue, parametersOf, possibilities, primitive, type Provenance, unionOf, unknownValue, type Value } from './value.ts';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** A call taken apart: `call`, `apply` and `bind` are undone, so that `target` is what runs and `arguments` is what it gets. */
export interface Invocation {
  readonly target: Value;
  readonly arguments: readonly Value[];
  /** Nodes of the arguments as written here; undefined for those that `bind` put in front or `apply` took from a list. */
  readonly nodes: readonly (TSESTree.Node | undefined)[];
  /** A spread hides how many more arguments there are. */
  readonly open: boolean;
}

/** Reads what a call runs and with which arguments. */
export function invocationOf(reader: Reader, call: Call, file: SourceFile, frame: Frame | undefined): Invocation {
  const { callee } = call;
  const method = callee.type === AST_NODE_TYPES.MemberExpression && !callee.computed && callee.property.type === AST_NODE_TYPES.Identifier ? callee.property.name : undefined;
  if (callee.type === AST_NODE_TYPES.MemberExpression && (method === 'call' || method === 'apply')) {
    const target = reader.evaluate(callee.object, file, frame);
    if (possibilities(target).some((one) => one.kind === 'function' || one.kind === 'api')) {
      const rest = call.arguments.slice(1);
      if (method === 'call') return withBound(reader, target, rest, file, frame);
      const [list] = rest;
      const value = list && reader.evaluate(list, file, frame);
      const nodes = list?.type === AST_NODE_TYPES.ArrayExpression ? list.elements.map((element) => element ?? undefined) : [];
      return value?.kind === 'array' ? { target, arguments: value.elements, nodes, open: value.open } : { target, arguments: [], nodes: [], open: true };
    }
  }
  return withBound(reader, reader.evaluate(callee, file, frame), call.arguments, file, frame);
}

/** Arguments are read when somebody asks for them: most calls of a file have nothing to do with a library. */
class WrittenInvocation implements Invocation {
  readonly target: Value;
  readonly #read: () => Omit<Invocation, 'target'>;
  #given: Omit<Invocation, 'target'> | undefined;

  constructor(target: Value, read: () => Omit<Invocation, 'target'>) {
    this.target = target;
    this.#read = read;
  }

  get arguments() { return this.#all.arguments; }
  get nodes() { return this.#all.nodes; }
  get open() { return this.#all.open; }

  get #all() {
    this.#given ??= this.#read();
    return this.#given;
  }
}

function withBound(reader: Reader, target: Value, args: readonly TSESTree.CallExpressionArgument[], file: SourceFile, frame: Frame | undefined): Invocation {
  return new WrittenInvocation(target, () => {
    const bound = (target.kind === 'api' || target.kind === 'function' ? target.bound : undefined) ?? [];
    const values: Value[] = [...bound];
    const nodes: (TSESTree.Node | undefined)[] = bound.map(() => undefined);
    for (const argument of args) {
      if (argument.type !== AST_NODE_TYPES.SpreadElement) {
        values.push(reader.evaluate(argument, file, frame));
        nodes.push(argument);
        continue;
      }
      const list = reader.evaluate(argument.argument, file, frame);
      if (list.kind !== 'array' || list.open) return { arguments: values, nodes, open: true };
      values.push(...list.elements);
      nodes.push(...list.elements.map(() => undefined));
    }
    return { arguments: values, nodes, open: false };
  });
}

export function evaluateCall(reader: Reader, call: TSESTree.CallExpression, file: SourceFile, frame: Frame | undefined): Value {
  const at = { node: call, file };
  const { callee } = call;
  if (callee.type === AST_NODE_TYPES.Super) return unknownValue(at, 'it is the call of a superclass');
  if (callee.type === AST_NODE_TYPES.MemberExpression && !callee.computed && callee.property.type === AST_NODE_TYPES.Identifier) {
    const handled = callMethod(reader, call, callee, callee.property.name, file, frame);
    if (handled) return handled;
  }
  const invocation = invocationOf(reader, call, file, frame);
  return invoke(reader, invocation.target, invocation, call, file, frame);
}

function required(reader: Reader, call: TSESTree.CallExpression, file: SourceFile, frame: Frame | undefined): Value {
  const [argument] = call.arguments;
  const specifier = argument && reader.evaluate(argument, file, frame);
  return specifier?.kind === 'primitive' && typeof specifier.value === 'string' ? requiredModule(reader, specifier.value, { node: call, file }) : unknownValue({ node: call, file }, 'the module is computed');
}

/** Methods that every function, promise, text or list has. */
function callMethod(reader: Reader, call: TSESTree.CallExpression, callee: TSESTree.MemberExpression, method: string, file: SourceFile, frame: Frame | undefined): Value | undefined {
  const at = { node: call, file };
  const receiver = reader.evaluate(callee.object, file, frame);
  if (method === 'bind' && possibilities(receiver).some((one) => one.kind === 'api' || one.kind === 'function')) {
    const bound = call.arguments.slice(1).map((argument) => reader.evaluate(argument, file, frame));
    const bind = (value: Value): Value => (value.kind === 'api' || value.kind === 'function' ? { ...value, bound: [...(value.bound ?? []), ...bound] } : value);
    return receiver.kind === 'union' ? { ...receiver, members: receiver.members.map(bind) } : bind(receiver);
  }
  if (method === 'then' && call.arguments[0]) {
    const handler = reader.evaluate(call.arguments[0], file, frame);
    return handler.kind === 'function' ? callFunction(reader, handler, [receiver], false, at, frame) : unknownValue(at, 'it is the result of a promise');
  }
  if (method === 'catch' || method === 'finally') return receiver;
  if (method === 'get' && call.arguments.length === 1) {
    const setting = applicationSetting(reader, call, callee.object, file);
    if (setting) return setting;
  }
  const args = () => call.arguments.map((argument) => reader.evaluate(argument, file, frame));
  switch (receiver.kind) {
    case 'instant': return callOnInstant(receiver, method, args(), at);
    case 'primitive':
    case 'text':
    case 'bytes':
    case 'environment':
    case 'configuration':
      return callOnText(reader, receiver, method, args(), at);
    case 'array': return callOnList(reader, receiver, method, args(), at, frame);
    case 'function': return method === 'asProvider' && receiver.configuration !== undefined ? asProvider(receiver, at) : undefined;
    case 'union':
      return receiver.members.some((member) => ['primitive', 'text', 'environment', 'configuration', 'bytes'].includes(member.kind)) && !receiver.members.some((member) => member.kind === 'api' || member.kind === 'function')
        ? unionOf(at, receiver.members.map((member) => callOnText(reader, member, method, args(), at)), receiver.how)
        : undefined;
    default: return undefined;
  }
}

/** `app.get('jwtSecret')` of Express, where the file has set it with `app.set('jwtSecret', …)`. */
function applicationSetting(reader: Reader, call: TSESTree.CallExpression, receiver: TSESTree.Node, file: SourceFile): Value | undefined {
  const [name] = call.arguments;
  if (name?.type !== AST_NODE_TYPES.Literal || typeof name.value !== 'string' || !/^(?:\w+\.)*app$/.test(file.sourceCode.getText(receiver as never))) return undefined;
  const written = collectCalls(file).flatMap(({ callee, arguments: [setting, value] }) => {
    const sets = callee.type === AST_NODE_TYPES.MemberExpression && callee.object.type === AST_NODE_TYPES.Identifier && callee.object.name === 'app' && callee.property.type === AST_NODE_TYPES.Identifier && callee.property.name === 'set';
    return sets && value && setting?.type === AST_NODE_TYPES.Literal && setting.value === name.value ? [reader.evaluate(value, file)] : [];
  });
  return written.length > 0 ? unionOf({ node: call, file }, written, 'writes') : undefined;
}

/** What a call of a known target gives. */
function invoke(reader: Reader, target: Value, invocation: Invocation, call: TSESTree.CallExpression, file: SourceFile, frame: Frame | undefined): Value {
  const at = { node: call, file };
  switch (target.kind) {
    case 'api': {
      if (target.library === '#global' && target.path === 'require') return required(reader, call, file, frame);
      if (target.library.startsWith('#')) return callGlobal(reader, target, givenTo(invocation, at), at);
      const { made } = target;
      const makers = () => (made?.node.arguments ?? []).map((argument) => reader.evaluate(argument, made?.file ?? file, made?.frame));
      const known = isTimeLibrary(target.library) ? callTimeLibrary(target.library, target.path, givenTo(invocation, at), at, makers) : callPackage(reader, target, () => givenTo(invocation, at), at);
      if (known) return known;
      if (reader.catalogue.isChain(target.library, target.path)) return { ...target, ...at, path: target.path.replace(/[^#.]*$/, '').replace(/\.$/, '') };
      const instance = injectedByCall(reader, target, call, at, frame);
      return instance ?? { kind: 'api', ...at, library: target.library, path: `${target.path}()`, made: { node: call, file, frame } };
    }
    case 'function':
      return callFunction(reader, target, target.node.params.length === 0 ? [] : invocation.arguments, invocation.open, at, frame);
    case 'union':
      return unionOf(at, target.members.map((member) => invoke(reader, member, invocation, call, file, frame)), target.how);
    case 'class':
      return unknownValue(at, 'a class is called');
    case 'parameter':
      return unknownValue(at, 'it is given by a function that is passed in', [target]);
    default:
      return injectedByCall(reader, target, call, at, frame) ?? givenByUnseen(target, invocation, at);
  }
}

/** The arguments of a call, with one that nobody knows in the place of those that a spread hides. */
function givenTo({ arguments: known, open }: Invocation, at: Provenance): readonly Value[] {
  return open ? [...known, unknownValue(at, 'it is among spread arguments')] : known;
}

/** Calls whose arguments come from calls are asked this deep: code in circles has no end. */
const MAX_BEHIND = 8;
let behind = 0;

function givenByUnseen(target: Value, invocation: Invocation, at: Provenance): Value {
  let known: readonly ParameterValue[] | undefined;
  return {
    ...unknownValue(at, 'it is given by a function that cannot be seen'),
    get parameters() { return (known ??= parametersBehind(target, invocation)); },
  };
}

/** The parameters that the result of an unknown function may depend on, worked out when somebody asks. */
function parametersBehind(target: Value, invocation: Invocation): readonly ParameterValue[] {
  if (behind >= MAX_BEHIND) return [];
  behind++;
  try {
    return [...parametersOf(target), ...invocation.arguments.flatMap((argument) => parametersOf(argument))];
  } finally {
    behind--;
  }
}

/** `app.get(JwtService)`, `inject(JwtService)`: a container hands out an instance of the class it is asked for. */
function injectedByCall(reader: Reader, target: Value, call: TSESTree.CallExpression, at: Provenance, frame: Frame | undefined): Value | undefined {
  const [asked] = call.arguments;
  if (asked?.type !== AST_NODE_TYPES.Identifier && asked?.type !== AST_NODE_TYPES.MemberExpression) return undefined;
  const type = reader.evaluate(asked, at.file, frame);
  if (type.kind !== 'api' || !reader.catalogue.library(type.library) || type.path === '' || !reader.catalogue.leadsTo(type.library, `${type.path}#`)) return undefined;
  if (target.kind === 'api' && reader.catalogue.library(target.library)) return undefined;
  return { kind: 'api', ...at, library: type.library, path: `${type.path}#` };
}

export function evaluateConstruction(reader: Reader, call: TSESTree.NewExpression, file: SourceFile, frame: Frame | undefined): Value {
  const at = { node: call, file };
  const invocation = invocationOf(reader, call, file, frame);
  return construct(reader, invocation.target, givenTo(invocation, at), call, at, frame);
}

function construct(reader: Reader, target: Value, args: readonly Value[], call: TSESTree.NewExpression, at: Provenance, frame: Frame | undefined): Value {
  switch (target.kind) {
    case 'api':
      if (target.library.startsWith('#')) return constructGlobal(reader, target, args, at);
      return { kind: 'api', ...at, library: target.library, path: `${target.path}#`, made: { node: call, file: at.file, frame } };
    case 'class': return { ...target, ...at, instance: true };
    case 'union': return unionOf(at, target.members.map((member) => construct(reader, member, args, call, at, frame)), target.how);
    default: return unknownValue(at, 'it is an instance of something that cannot be seen');
  }
}

const returns = new WeakMap<TSESTree.Node, { readonly expressions: readonly (TSESTree.Node | null)[]; readonly completes: boolean }>();

/** What a function of the project returns for given arguments. */
export function callFunction(reader: Reader, target: FunctionValue, args: readonly Value[], open: boolean, at: Provenance, caller: Frame | undefined): Value {
  const { node, file } = target;
  if (target.node.generator) return unknownValue(at, 'it is given by a generator');
  const depth = Math.max(caller?.depth ?? 0, target.frame?.depth ?? 0) + 1;
  const frame: Frame | undefined = node.params.length === 0 && !target.frame ? undefined : { owner: node, file, arguments: [...(target.bound ?? []), ...args], open, parent: target.frame, depth };
  if (node.body.type !== AST_NODE_TYPES.BlockStatement) return reader.evaluate(node.body, file, frame);
  const { expressions, completes } = returnsOf(node.body);
  if (expressions.length > MAX_RETURNS) return unknownValue(at, 'it is given by a function with many results', args.flatMap((argument) => parametersOf(argument)));
  const values = expressions.map((expression) => (expression ? reader.evaluate(expression, file, frame) : primitive(at, undefined)));
  if (completes || values.length === 0) values.push(primitive(at, undefined));
  return unionOf(at, values, 'condition');
}

/** A function with more ways out than these is a program of its own, not a way to write a value. */
const MAX_RETURNS = 8;

function returnsOf(body: TSESTree.BlockStatement): { readonly expressions: readonly (TSESTree.Node | null)[]; readonly completes: boolean } {
  const known = returns.get(body);
  if (known) return known;
  const expressions: (TSESTree.Node | null)[] = [];
  collectReturns(body, expressions);
  const result = { expressions, completes: canComplete(body) };
  returns.set(body, result);
  return result;
}

function collectReturns(node: TSESTree.Node, into: (TSESTree.Node | null)[]): void {
  if (node.type === AST_NODE_TYPES.ReturnStatement) into.push(node.argument);
  for (const [key, child] of Object.entries(node)) {
    if (key === 'parent' || child === null || typeof child !== 'object') continue;
    for (const one of Array.isArray(child) ? (child as unknown[]) : [child]) {
      const inner = one as TSESTree.Node | null;
      if (inner && typeof inner.type === 'string' && !isFunction(inner) && inner.type !== AST_NODE_TYPES.ClassBody) collectReturns(inner, into);
    }
  }
}

/** Whether control can run off the end of a statement. */
function canComplete(node: TSESTree.Statement): boolean {
  switch (node.type) {
    case AST_NODE_TYPES.ReturnStatement:
    case AST_NODE_TYPES.ThrowStatement: return false;
    case AST_NODE_TYPES.BlockStatement: return node.body.every(canComplete);
    case AST_NODE_TYPES.IfStatement: return node.alternate === null || canComplete(node.consequent) || canComplete(node.alternate);
    case AST_NODE_TYPES.TryStatement: return node.finalizer && !canComplete(node.finalizer) ? false : canComplete(node.block) || (node.handler !== null && canComplete(node.handler.body));
    case AST_NODE_TYPES.SwitchStatement: return !node.cases.some((one) => one.test === null) || node.cases.some((one) => one.consequent.some((statement) => statement.type === AST_NODE_TYPES.BreakStatement)) || (node.cases.at(-1)?.consequent.every(canComplete) ?? true);
    case AST_NODE_TYPES.ExpressionStatement: return !isExit(node.expression);
    case AST_NODE_TYPES.WhileStatement: return !(node.test.type === AST_NODE_TYPES.Literal && node.test.value === true);
    default: return true;
  }
}

/** `process.exit(…)` does not come back. */
export function isExit(node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.CallExpression && node.callee.type === AST_NODE_TYPES.MemberExpression && node.callee.object.type === AST_NODE_TYPES.Identifier && node.callee.object.name === 'process'
    && node.callee.property.type === AST_NODE_TYPES.Identifier && (node.callee.property.name === 'exit' || node.callee.property.name === 'abort');
}
