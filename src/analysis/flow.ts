import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { collectCalls, walk, type AnyCall } from './call-nodes.ts';
import { calledName, decoratorsOf, functionName, lastName, unwrapped, writtenName } from './expressions.ts';
import type { JwtOperation } from './operation.ts';
import { effectOf, isFunction } from './order.ts';
import type { Reader } from './reader.ts';
import { argumentUse, assignmentUse, COMPARING_METHODS, handsOn, isFlag, receiverHandsOn, type UseKind } from './sinks.ts';
import type { SourceFile } from './source-file.ts';
import { possibilities, type ProjectFunction } from './value.ts';
import { variableOf } from './variables.ts';

/** What of a followed thing an expression holds. */
export interface Carried {
  /** Property steps from the expression down to the followed thing: `['payload']` for `{ payload }`. */
  readonly inside: readonly string[];
  /** Steps already taken from the followed thing: empty for all of it, `['role']` for one claim. */
  readonly taken: readonly string[];
  /** It has become a part of a text. */
  readonly composed: boolean;
}

/** A place where a followed thing does something. */
export interface Use {
  readonly kind: UseKind;
  readonly node: TSESTree.Node;
  readonly file: SourceFile;
  readonly carried: Carried;
  /** What is called there, where a call makes the use. */
  readonly callee: string | undefined;
  /** The use and the calls that lead to it, for asking what has happened before. */
  readonly positions: readonly TSESTree.Node[];
  /** Calls in the same file that the thing was handed back to, from the inside out. */
  readonly calls: readonly HandedBack[];
}

/** A call that a followed thing was handed back to; `whole` where it was all of it, so that the function decides nothing. */
export interface HandedBack {
  readonly node: AnyCall;
  readonly whole: boolean;
}

/** A followed thing that a function hands back. */
export interface Returned {
  readonly owner: ProjectFunction;
  readonly file: SourceFile;
  readonly node: TSESTree.Node;
  readonly carried: Carried;
}

/** Where a value goes. */
export interface Flow {
  readonly uses: readonly Use[];
  readonly returned: readonly Returned[];
}

/** Project functions are followed this deep. */
const MAX_DEPTH = 4;
/** Expressions looked at for one source. */
const MAX_STEPS = 4000;

/** Follows a value from an expression through variables, properties, text and the project's own functions to what it does. */
export function flowOf(reader: Reader, operations: readonly JwtOperation[], node: TSESTree.Node, file: SourceFile, carried: Carried, isStopped: (node: TSESTree.Node) => boolean = () => false): Flow {
  const tracer = new Tracer(reader, new Map(operations.map((operation) => [operation.node, operation])), isStopped);
  tracer.climb(node, { file, carried, via: [], calls: [], inlined: [] });
  return tracer;
}

/** Follows a parameter of a function, for whatever it is called with. */
export function flowOfParameter(reader: Reader, operations: readonly JwtOperation[], owner: ProjectFunction, index: number, file: SourceFile, carried: Carried): Flow {
  const tracer = new Tracer(reader, new Map(operations.map((operation) => [operation.node, operation])), () => false);
  const parameter = owner.params[index];
  if (parameter) tracer.bind(parameter, { file, carried, via: [], calls: [], inlined: [] }, owner);
  return tracer;
}

interface Way {
  readonly file: SourceFile;
  readonly carried: Carried;
  readonly via: readonly TSESTree.Node[];
  readonly calls: readonly HandedBack[];
  /** Functions whose body is being followed for one call. */
  readonly inlined: readonly { readonly owner: TSESTree.Node; readonly call: AnyCall; readonly way: Way }[];
}

class Tracer implements Flow {
  readonly uses: Use[] = [];
  readonly returned: Returned[] = [];
  readonly #reader: Reader;
  readonly #operations: ReadonlyMap<TSESTree.Node, JwtOperation>;
  readonly #isStopped: (node: TSESTree.Node) => boolean;
  readonly #seen = new Map<TSESTree.Node, Set<string>>();
  #steps = 0;

  constructor(reader: Reader, operations: ReadonlyMap<TSESTree.Node, JwtOperation>, isStopped: (node: TSESTree.Node) => boolean) {
    this.#reader = reader;
    this.#operations = operations;
    this.#isStopped = isStopped;
  }

  /** Looks at what stands around an expression that holds the followed thing. */
  climb(node: TSESTree.Node, way: Way): void {
    const { parent } = node;
    if (!parent || ++this.#steps > MAX_STEPS || this.#wasHere(node, way)) return;
    const { file, carried } = way;
    switch (parent.type) {
      case AST_NODE_TYPES.AwaitExpression:
      case AST_NODE_TYPES.TSAsExpression:
      case AST_NODE_TYPES.TSNonNullExpression:
      case AST_NODE_TYPES.TSSatisfiesExpression:
      case AST_NODE_TYPES.TSTypeAssertion:
      case AST_NODE_TYPES.ChainExpression:
      case AST_NODE_TYPES.YieldExpression:
        this.climb(parent, way);
        return;
      case AST_NODE_TYPES.SequenceExpression:
        if (parent.expressions.at(-1) === node) this.climb(parent, way);
        return;
      case AST_NODE_TYPES.MemberExpression:
        this.#member(node, parent, way);
        return;
      case AST_NODE_TYPES.ConditionalExpression:
        if (parent.test === node) this.#test(node, way);
        else this.climb(parent, way);
        return;
      case AST_NODE_TYPES.LogicalExpression:
        if (parent.left === node && parent.operator === '&&') this.#test(node, way);
        else this.climb(parent, way);
        return;
      case AST_NODE_TYPES.UnaryExpression:
        if (parent.operator === '!') this.#test(node, way);
        else if (parent.operator === '+') this.climb(parent, way);
        return;
      case AST_NODE_TYPES.BinaryExpression:
        this.#binary(node, parent, way);
        return;
      case AST_NODE_TYPES.IfStatement:
      case AST_NODE_TYPES.WhileStatement:
        if (parent.test === node) this.#test(node, way);
        return;
      case AST_NODE_TYPES.SwitchStatement:
        if (parent.discriminant === node) this.#use('condition', node, way);
        return;
      case AST_NODE_TYPES.TemplateLiteral:
        // A tag receives the values apart from the text, as a prepared statement does.
        if (parent.parent.type === AST_NODE_TYPES.TaggedTemplateExpression) this.#use('query', node, way);
        else this.climb(parent, { ...way, carried: { ...carried, inside: [], composed: true } });
        return;
      case AST_NODE_TYPES.VariableDeclarator:
        if (parent.init === node) this.bind(parent.id, way, parent);
        return;
      case AST_NODE_TYPES.AssignmentExpression:
        if (parent.right === node) this.#assign(parent, way);
        return;
      case AST_NODE_TYPES.ForOfStatement:
        if (parent.right === node && parent.left.type === AST_NODE_TYPES.VariableDeclaration && parent.left.declarations[0]) this.bind(parent.left.declarations[0].id, way, parent);
        return;
      case AST_NODE_TYPES.Property: {
        if (parent.value !== node || parent.parent.type !== AST_NODE_TYPES.ObjectExpression) return;
        const name = writtenName(parent);
        this.climb(parent.parent, { ...way, carried: { ...carried, inside: [name ?? '[]', ...carried.inside] } });
        return;
      }
      case AST_NODE_TYPES.SpreadElement:
        if (parent.parent.type === AST_NODE_TYPES.ObjectExpression || parent.parent.type === AST_NODE_TYPES.ArrayExpression) this.climb(parent.parent, way);
        return;
      case AST_NODE_TYPES.ArrayExpression:
        this.climb(parent, { ...way, carried: { ...carried, inside: [String(parent.elements.indexOf(node as TSESTree.Expression)), ...carried.inside] } });
        return;
      case AST_NODE_TYPES.ReturnStatement:
        this.#return(node, parent, way);
        return;
      case AST_NODE_TYPES.ArrowFunctionExpression:
        if (parent.body === node) this.#return(node, node, way);
        return;
      case AST_NODE_TYPES.CallExpression:
      case AST_NODE_TYPES.NewExpression: {
        const index = parent.arguments.indexOf(node as TSESTree.CallExpressionArgument);
        if (index >= 0) this.#argument(node, parent, index, way);
        return;
      }
      case AST_NODE_TYPES.ImportExpression:
        this.#use('path', node, way);
        return;
      default:
        if (file.sourceCode.text === '') return;
    }
  }

  #wasHere(node: TSESTree.Node, way: Way): boolean {
    const key = JSON.stringify([way.carried, way.inlined.map(({ call }) => call.range[0])]);
    const seen = this.#seen.get(node) ?? new Set<string>();
    this.#seen.set(node, seen);
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  }

  #use(kind: UseKind, node: TSESTree.Node, { file, carried, via, calls }: Way, callee?: string): void {
    this.uses.push({ kind, node, file, carried, callee, positions: [node, ...via], calls });
  }

  /** A truth test: a decision where the claim is a flag, else only a look at whether there is anything. */
  #test(node: TSESTree.Node, way: Way): void {
    const { inside, taken } = way.carried;
    if (inside.length > 0) return;
    this.#use(isFlag(taken) ? 'condition' : 'presence', node, way);
  }

  /** A comparison decides by the claim, unless it only asks whether there is one or how long its text is. */
  #compare(node: TSESTree.Node, other: TSESTree.Node, way: Way): void {
    const { taken } = way.carried;
    const shape = isMissing(other) || (taken.at(-1) === 'length' && !isFlag(taken.slice(0, -1)));
    this.#use(shape ? 'presence' : 'condition', node, way);
  }

  #binary(node: TSESTree.Node, parent: TSESTree.BinaryExpression, way: Way): void {
    const other = parent.left === node ? parent.right : parent.left;
    if (parent.operator === '+') this.climb(parent, { ...way, carried: { ...way.carried, inside: [], composed: true } });
    else if (['===', '!==', '==', '!=', '<', '>', '<=', '>=', 'in'].includes(parent.operator)) this.#compare(node, other, way);
  }

  #member(node: TSESTree.Node, parent: TSESTree.MemberExpression, way: Way): void {
    if (parent.object !== node) {
      this.#use('lookup', node, way);
      return;
    }
    const call = callOf(parent);
    if (call) {
      this.#method(node, parent, call, way);
      return;
    }
    if (isWritten(parent)) return;
    const stepped = step(way.carried, writtenName(parent));
    if (stepped) this.climb(parent, { ...way, carried: stepped });
  }

  /** A method of the followed thing itself. */
  #method(node: TSESTree.Node, member: TSESTree.MemberExpression, call: TSESTree.CallExpression, way: Way): void {
    const name = writtenName(member) ?? '';
    const [callback] = call.arguments;
    if (name === 'then' || name === 'forEach' || name === 'map' || name === 'flatMap') {
      if (callback) this.#enter(callback, 0, call, way);
      if (name !== 'then') this.climb(call, way);
      return;
    }
    // A certificate in a header is broken into lines with `match`.
    if (name === 'catch' || name === 'finally' || receiverHandsOn(name) || (name === 'match' && way.carried.taken[0] === 'header')) this.climb(call, way);
    else if (COMPARING_METHODS.test(name)) this.#use('condition', node, way, name);
  }

  #argument(node: TSESTree.Node, call: AnyCall, index: number, way: Way): void {
    const operation = this.#operations.get(call);
    if (operation && !operation.wrapped) {
      if (operation.kind === 'sign' && operation.argumentNode('payload') === node) this.#use('issue', node, way, operation.name);
      else if (operation.argumentNode('key') === node || operation.kind === 'import-key') this.#use('key', node, way, operation.name);
      else if (operation.kind === 'key-set') this.#use('url', node, way, operation.name);
      if (operation.kind === 'import-key') this.climb(call, way);
      return;
    }
    if (this.#payloadOfBuilder(node, call, way)) return;
    const entered = this.#enter(call.callee, index, call, way);
    if (handsOn(call, index)) {
      this.climb(call, handsOn(call, index) === 'text' ? { ...way, carried: { ...way.carried, inside: [], composed: true } } : way);
      if (entered) return;
    }
    const kind = argumentUse(call, index, way.carried);
    // What can be seen of a function says more than its name.
    if (kind && (!entered || kind === 'query')) this.#use(kind, node, way, calledName(call));
  }

  /** `new SignJWT(claims)` and the like: the operation is the end of the chain. */
  #payloadOfBuilder(node: TSESTree.Node, call: AnyCall, way: Way): boolean {
    if (call.type !== AST_NODE_TYPES.NewExpression) return false;
    const issuing = [...this.#operations.values()].find((operation) => operation.settingsAt('payload').some((setting) => setting.holder === node));
    if (issuing) this.#use('issue', node, way, issuing.name);
    return issuing !== undefined;
  }

  /** Follows the parameter of a project function that a call hands the thing to. */
  #enter(callee: TSESTree.Node, index: number, call: AnyCall, way: Way): boolean {
    if (way.inlined.length >= MAX_DEPTH) return false;
    const targets = possibilities(this.#reader.evaluate(callee, way.file)).filter((target) => target.kind === 'function');
    for (const target of targets) {
      const parameter = target.node.params[index + (target.bound?.length ?? 0)];
      if (!parameter || way.inlined.some(({ owner }) => owner === target.node)) continue;
      this.bind(parameter, { ...way, file: target.file, via: [...way.via, call], inlined: [...way.inlined, { owner: target.node, call, way }] }, target.node);
    }
    return targets.length > 0;
  }

  /** Follows what a pattern takes out of the thing. */
  bind(pattern: TSESTree.Node, way: Way, since: TSESTree.Node): void {
    switch (pattern.type) {
      case AST_NODE_TYPES.Identifier: {
        const variable = variableOf(pattern, way.file);
        if (variable) this.#references(variable, way, since);
        return;
      }
      case AST_NODE_TYPES.AssignmentPattern:
        this.bind(pattern.left, way, since);
        return;
      case AST_NODE_TYPES.TSParameterProperty:
        this.bind(pattern.parameter, way, since);
        return;
      case AST_NODE_TYPES.ObjectPattern:
        for (const property of pattern.properties) {
          if (property.type === AST_NODE_TYPES.RestElement) {
            this.bind(property.argument, way, since);
            continue;
          }
          const stepped = step(way.carried, writtenName(property));
          if (stepped) this.bind(property.value, { ...way, carried: stepped }, since);
        }
        return;
      case AST_NODE_TYPES.ArrayPattern:
        for (const [index, element] of pattern.elements.entries()) {
          const stepped = element && step(way.carried, String(index));
          if (stepped) this.bind(element, { ...way, carried: stepped }, since);
        }
        return;
      default:
    }
  }

  #references(variable: TSESLint.Scope.Variable, way: Way, since: TSESTree.Node): void {
    for (const reference of variable.references) {
      const identifier = reference.identifier as TSESTree.Node;
      if (!reference.isRead() || (!isFunction(since) && effectOf(since, identifier) === 'never')) continue;
      this.climb(identifier, way);
    }
  }

  #assign(assignment: TSESTree.AssignmentExpression, way: Way): void {
    const left = unwrapped(assignment.left);
    if (left.type !== AST_NODE_TYPES.MemberExpression) {
      this.bind(left, way, assignment);
      return;
    }
    const kind = assignmentUse(left, way.carried);
    if (kind) {
      this.#use(kind, assignment.right, way);
      return;
    }
    // A property of a local object, or of `this`: read again elsewhere.
    const name = writtenName(left);
    if (name === undefined) return;
    const held = { ...way, carried: { ...way.carried, inside: [name, ...way.carried.inside] } };
    const object = unwrapped(left.object);
    if (object.type === AST_NODE_TYPES.Identifier) {
      const variable = variableOf(object, way.file);
      if (variable) this.#references(variable, held, assignment);
    } else if (object.type === AST_NODE_TYPES.ThisExpression) {
      this.#members(object, name, way);
    }
  }

  /** Other reads of `this.name` in the same class. */
  #members(self: TSESTree.ThisExpression, name: string, way: Way): void {
    let holder: TSESTree.Node | undefined = self;
    while (holder && holder.type !== AST_NODE_TYPES.ClassBody) holder = holder.parent;
    if (!holder) return;
    walk(holder, way.file.sourceCode.visitorKeys, (node) => {
      if (node.type === AST_NODE_TYPES.MemberExpression && node.object.type === AST_NODE_TYPES.ThisExpression && writtenName(node) === name && !isWritten(node)) this.climb(node, way);
    });
  }

  #return(value: TSESTree.Node, at: TSESTree.Node, way: Way): void {
    let owner: TSESTree.Node | undefined = at.parent;
    while (owner && !isFunction(owner)) owner = owner.parent;
    if (!owner || this.#isStopped(value)) return;
    const inlined = way.inlined.at(-1);
    if (inlined?.owner === owner) {
      this.climb(inlined.call, { ...inlined.way, carried: way.carried });
      return;
    }
    if (way.carried.inside.length === 0 && way.carried.taken.length === 0 && VOUCHES.test(functionName(owner))) {
      // Whoever calls a function of such a name believes what it returns: the defect is here, not at its callers.
      this.#use('result', value, way);
      return;
    }
    this.returned.push({ owner, file: way.file, node: value, carried: way.carried });
    const kind = returnUse(owner, way.carried);
    if (kind) this.#use(kind, value, way);
    this.#callers(owner, way);
  }

  /** What the callers in the same file do with what a function hands back. */
  #callers(owner: ProjectFunction, way: Way): void {
    if (way.calls.length >= MAX_DEPTH) return;
    const { parent } = owner;
    // A callback's result belongs to whoever calls it: a promise goes on, a list is mapped.
    if (parent.type === AST_NODE_TYPES.CallExpression && parent.arguments.includes(owner as TSESTree.CallExpressionArgument)) {
      if (/^(?:then|map|flatMap|catch|useMemo|useCallback|cache|transaction)$/.test(lastName(parent))) this.climb(parent, way);
      return;
    }
    for (const call of collectCalls(way.file)) {
      if (call.type !== AST_NODE_TYPES.CallExpression || way.calls.some(({ node }) => node === call)) continue;
      if (!mayName(call, owner)) continue;
      const target = this.#reader.evaluate(call.callee, way.file);
      if (possibilities(target).some((one) => one.kind === 'function' && one.node === owner)) this.climb(call, { ...way, calls: [...way.calls, { node: call, whole: way.carried.taken.length === 0 }] });
    }
  }
}

/** Names of functions whose result is taken for that of a verification. */
const VOUCHES = /^(?:(?:async_?)?(?:authenticate|authori[sz]e|verify|validate)(?:$|[A-Z_]\w*)|(?:get)?(?:[cC]urrent|[aA]uthenticated|[lL]ogged_?[iI]n)User\w*|(?:get)?[uU]serFrom\w+|checkAuth\w*|requireAuth\w*|auth)$/;

/** Whether a call can be one of this function, judged by the name alone, which is cheap. */
function mayName(call: AnyCall, owner: ProjectFunction): boolean {
  const name = functionName(owner);
  return name === '' || lastName(call) === name;
}

/** A property of what an expression holds; undefined where the followed thing is not on that way. */
function step(carried: Carried, name: string | undefined): Carried | undefined {
  const { inside, taken } = carried;
  const [next, ...rest] = inside;
  if (next !== undefined) {
    if (name === next || name === undefined || next === '[]') return { ...carried, inside: rest };
    return taken.length === 0 && isHeaderName(name) ? { ...carried, inside: [], taken: ['header'] } : undefined;
  }
  if (taken.length === 0) {
    // Complete results hold header, claims and signature; every library names them so.
    if (name === 'payload' || name === 'payloadObj') return carried;
    if (isHeaderName(name)) return { ...carried, taken: ['header'] };
    if (name === 'signature' || name === 'length') return undefined;
  }
  return { ...carried, taken: [...taken, name ?? '[]'] };
}

function isHeaderName(name: string | undefined): boolean {
  return name === 'header' || name === 'headerObj' || name === 'protectedHeader';
}

function callOf(member: TSESTree.MemberExpression): TSESTree.CallExpression | undefined {
  const parent = member.parent.type === AST_NODE_TYPES.TSNonNullExpression ? member.parent.parent : member.parent;
  return parent.type === AST_NODE_TYPES.CallExpression && unwrapped(parent.callee) === member ? parent : undefined;
}

function isWritten(member: TSESTree.MemberExpression): boolean {
  return (member.parent.type === AST_NODE_TYPES.AssignmentExpression && member.parent.left === member) || (member.parent.type === AST_NODE_TYPES.UnaryExpression && member.parent.operator === 'delete');
}

function isMissing(node: TSESTree.Node): boolean {
  if (node.type === AST_NODE_TYPES.Identifier) return node.name === 'undefined' || node.name === 'Date';
  if (node.type === AST_NODE_TYPES.Literal) return node.value === null || node.value === '' || /^(?:undefined|object|string|number|boolean|function)$/.test(String(node.value));
  return false;
}

const CONTEXT = /^(?:context|createContext|getContext|contextFactory|buildContext|createTRPCContext|contextValue)$/;
const IDENTITY = /^(?:user|currentUser|userId|user_id|uid|auth|account|viewer|principal|identity|claims|credentials|session|role|roles|tenant|tenantId)$/i;
const ROUTE_METHODS = /^(?:get|post|put|patch|delete|all|route|handle|use)$/;

/** `{ isAuthorized: true, context }`: the request is let through with what the context says. */
function isAllowed({ body }: ProjectFunction): boolean {
  const statements = body?.type === AST_NODE_TYPES.BlockStatement ? body.body.flatMap((one) => (one.type === AST_NODE_TYPES.TryStatement ? one.block.body : [one])) : [];
  return statements.some((statement) => {
    const result = statement.type === AST_NODE_TYPES.ReturnStatement ? statement.argument : undefined;
    return result?.type === AST_NODE_TYPES.ObjectExpression && result.properties.some((property) => property.type === AST_NODE_TYPES.Property && property.key.type === AST_NODE_TYPES.Identifier && property.key.name === 'isAuthorized' && property.value.type === AST_NODE_TYPES.Literal && property.value.value === true);
  });
}

/** A function's result that is a decision by itself: the credentials of a hapi scheme, a GraphQL context, a route's answer. */
function returnUse(owner: ProjectFunction, { inside }: Carried): UseKind | undefined {
  const [name] = inside;
  // A hapi scheme, and the authorizers of API Gateway.
  if (name === 'credentials' || name === 'principalId' || (name === 'context' && isAllowed(owner))) return 'identity';
  const { parent } = owner;
  // What a parameter decorator of Nest returns is handed to the route as its user.
  if (name === undefined && parent.type === AST_NODE_TYPES.CallExpression && lastName(parent) === 'createParamDecorator') return 'identity';
  const named = functionName(owner);
  if (CONTEXT.test(named) && (name === undefined || IDENTITY.test(name))) return 'identity';
  if (parent.type === AST_NODE_TYPES.CallExpression && parent.callee.type === AST_NODE_TYPES.MemberExpression && ROUTE_METHODS.test(lastName(parent))) {
    const [path] = parent.arguments;
    if (path?.type === AST_NODE_TYPES.Literal && String(path.value).startsWith('/')) return 'response';
  }
  if (named === 'handler' && parent.type === AST_NODE_TYPES.Property) return 'response';
  if (parent.type === AST_NODE_TYPES.MethodDefinition && decoratorsOf(parent).some((decorator) => decorator.expression.type === AST_NODE_TYPES.CallExpression && /^(?:Get|Post|Put|Patch|Delete|All|Query|Mutation)$/.test(lastName(decorator.expression)))) return 'response';
  return undefined;
}
