import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf } from '../analysis/call-nodes.ts';
import { calledName, decoratorsOf, writtenName } from '../analysis/expressions.ts';
import { enclosingFunction, isFunction } from '../analysis/order.ts';
import type { ProjectFunction } from '../analysis/value.ts';
import { otherCalls, otherUses } from './other-files.ts';
import { escapingErrors } from './escaping-errors.ts';
import { isTypeScript, usesOfName } from './loads.ts';
import { asyncPosition } from './promise-functions.ts';
import type { Rewriting } from './rewriting.ts';

/** Methods whose callback may give a promise: what comes next waits for it, or nobody looks at it. */
const WAITING = /^(?:then|catch|finally)$/;
const ROUTES = /^(?:use|all|get|post|put|patch|delete|head|options|param|on|once)$/;
const TESTS = /^(?:it|test|before|after|beforeEach|afterEach|beforeAll|afterAll)(?:\.(?:only|skip|concurrent|each))*$/;

/** Makes functions wait for promises, and those that call them, up through one file. */
export class AsyncFunctions {
  readonly #rewriting: Rewriting;
  readonly #done = new Set<TSESTree.Node>();
  readonly #allowed = new Set<TSESTree.Node>();

  readonly #carried: ReadonlySet<TSESTree.Node>;

  /** `carried`: calls that are rewritten themselves, whatever their names. */
  constructor(rewriting: Rewriting, carried: ReadonlySet<TSESTree.Node>) {
    this.#rewriting = rewriting;
    this.#carried = carried;
  }

  /** Waits for an expression whose value becomes a promise. `text` is put before and behind it where more than `await` is needed. */
  await(expression: TSESTree.Node, open = '', close = ''): void {
    if (!this.#allowAwait(expression)) return;
    const braced = open === '' && close === '' && needsParentheses(expression);
    if (expression.parent?.type !== AST_NODE_TYPES.AwaitExpression || open !== '') {
      this.#rewriting.insert(expression.range[0], braced ? '(await ' : `${open}await `);
      if (braced || close !== '') this.#rewriting.insert(expression.range[1], braced ? ')' : close);
    }
  }

  /** A function whose promise is looked after. */
  allow(owner: ProjectFunction): void {
    this.#allowed.add(owner);
  }

  /** Makes the code around a place able to wait; false where the file is refused for it. */
  #allowAwait(place: TSESTree.Node): boolean {
    const owner = enclosingFunction(place);
    if (owner === undefined) return this.#allowAtTop(place);
    if (!isFunction(owner)) return this.#refuse(place, 'What initialises a field of a class cannot wait for a promise.');
    if (owner.params.some((parameter) => place.range[0] >= parameter.range[0] && place.range[1] <= parameter.range[1])) return this.#refuse(place, 'The default of a parameter cannot wait for a promise.');
    return this.makeAsync(owner);
  }

  #allowAtTop(place: TSESTree.Node): boolean {
    const { ast } = this.#rewriting.file.sourceCode;
    const isModule = (ast.body as readonly TSESTree.ProgramStatement[]).some(({ type }) => type === AST_NODE_TYPES.ImportDeclaration || type === AST_NODE_TYPES.ExportNamedDeclaration || type === AST_NODE_TYPES.ExportDefaultDeclaration);
    return isModule || this.#refuse(place, 'The file is CommonJS, which cannot wait for a promise at its top level.');
  }

  /** Makes a function async and lets its callers wait for it. */
  makeAsync(owner: ProjectFunction): boolean {
    if (owner.async || this.#done.has(owner)) return true;
    this.#done.add(owner);
    const { parent } = owner;
    if (owner.generator) return this.#refuse(owner, 'A generator cannot wait for a promise.');
    if ((parent.type === AST_NODE_TYPES.MethodDefinition && parent.kind !== 'method') || (parent.type === AST_NODE_TYPES.Property && parent.kind !== 'init')) return this.#refuse(owner, 'A constructor or accessor cannot wait for a promise.');
    if (!this.#callersWait(owner)) return false;
    this.#rewriting.insert(asyncPosition(owner), 'async ');
    this.#returnPromise(owner);
    return true;
  }

  /** A written type of result is that of the promise now. */
  #returnPromise({ returnType }: ProjectFunction): void {
    if (!returnType || !isTypeScript(this.#rewriting.file)) return;
    const { typeAnnotation: type } = returnType;
    if (type.type === AST_NODE_TYPES.TSTypePredicate) {
      this.#refuse(type, 'What narrows a type cannot be async.');
      return;
    }
    this.#rewriting.insert(type.range[0], 'Promise<');
    this.#rewriting.insert(type.range[1], '>');
  }

  #callersWait(owner: ProjectFunction): boolean {
    const { parent } = owner;
    if (this.#isHandler(owner)) return this.#keepsErrors(owner);
    if (this.#allowed.has(owner) || isCallback(owner)) return true;
    if (owner.type === AST_NODE_TYPES.FunctionDeclaration) return this.#usersWait(owner, owner.id, parent.type === AST_NODE_TYPES.ExportNamedDeclaration || parent.type === AST_NODE_TYPES.ExportDefaultDeclaration);
    switch (parent.type) {
      case AST_NODE_TYPES.VariableDeclarator:
        return this.#usersWait(owner, parent.id.type === AST_NODE_TYPES.Identifier ? parent.id : null, parent.parent.parent.type === AST_NODE_TYPES.ExportNamedDeclaration);
      case AST_NODE_TYPES.MethodDefinition:
      case AST_NODE_TYPES.PropertyDefinition:
        if (decoratorsOf(parent).length > 0) return true;
        return this.#callsByNameWait(owner, memberName(parent));
      case AST_NODE_TYPES.Property: return this.#callsByNameWait(owner, memberName(parent));
      case AST_NODE_TYPES.AssignmentExpression:
        if (parent.right !== owner || parent.left.type !== AST_NODE_TYPES.MemberExpression) return this.#refuseUnseen(owner);
        return /^(?:module\.)?exports$/.test(this.#rewriting.text(parent.left)) ? this.#unusedElsewhere(owner, undefined) : this.#callsByNameWait(owner, writtenName(parent.left));
      case AST_NODE_TYPES.ExportDefaultDeclaration: return this.#unusedElsewhere(owner, undefined);
      default: return this.#refuseUnseen(owner);
    }
  }

  /** Every use of a function's name is a call that can wait, a hand-over to a route, or an export that nobody uses. */
  #usersWait(owner: ProjectFunction, name: TSESTree.Identifier | null, isExported: boolean): boolean {
    if (isExported && !this.#unusedElsewhere(owner, name?.name)) return false;
    if (!name) return isExported || this.#refuseUnseen(owner);
    return usesOfName(name, this.#rewriting.file).filter((use) => use.parent.type !== AST_NODE_TYPES.VariableDeclarator || use.parent.id !== use).every((use) => this.#useWaits(owner, use, name.name));
  }

  #useWaits(owner: ProjectFunction, use: TSESTree.Node, name: string): boolean {
    const { parent } = use;
    if (parent?.type === AST_NODE_TYPES.CallExpression && parent.callee === use) return this.#callWaits(parent);
    if (isExport(use, this.#rewriting)) return this.#unusedElsewhere(owner, name);
    if (isRouteArgument(use, this.#rewriting)) return this.#keepsErrors(owner);
    return this.#refuse(use, `\`${name}\` is handed on from here, and nothing says that whoever calls it waits.`);
  }

  #callWaits(call: TSESTree.CallExpression): boolean {
    if (this.#done.has(call)) return true;
    this.#done.add(call);
    this.await(call);
    return !this.#rewriting.isRefused;
  }

  /** Members are called through objects that are not followed: every call of the name counts, here and in other files. */
  #callsByNameWait(owner: ProjectFunction, name: string | undefined): boolean {
    if (name === undefined) return this.#refuseUnseen(owner);
    if (!this.#unusedElsewhere(owner, name)) return false;
    const path = otherCalls(this.#rewriting.file, name);
    if (path !== undefined) return this.#refuse(owner, `\`${name}\` would give a promise, and ${path} calls it without waiting.`);
    for (const node of nodesOf(this.#rewriting.file)) {
      if (node.type !== AST_NODE_TYPES.MemberExpression || writtenName(node) !== name) continue;
      const { parent } = node;
      if (this.#carried.has(parent)) continue;
      if (parent.type === AST_NODE_TYPES.CallExpression && parent.callee === node) {
        if (!this.#callWaits(parent)) return false;
      } else if (isRouteArgument(node, this.#rewriting)) {
        if (!this.#keepsErrors(owner)) return false;
      } else if (!(parent.type === AST_NODE_TYPES.AssignmentExpression && parent.left === node)) {
        return this.#refuse(node, `\`${name}\` is handed on from here, and nothing says that whoever calls it waits.`);
      }
    }
    return true;
  }

  #unusedElsewhere(owner: ProjectFunction, name: string | undefined): boolean {
    const path = otherUses(this.#rewriting.file, name);
    return path === undefined || this.#refuse(owner, `${name === undefined ? 'What this file exports' : `\`${name}\``} would give a promise, and ${path} uses it without waiting.`);
  }

  /** Whether express and its like call a function: they look at no result. */
  #isHandler(owner: ProjectFunction): boolean {
    return isRouteArgument(owner, this.#rewriting) || answersRequests(owner, this.#rewriting);
  }

  /** An error that an async handler throws reaches nobody: express 4 does not look at its promise. */
  #keepsErrors(owner: ProjectFunction): boolean {
    const error = escapingErrors(owner, this.#rewriting.file);
    return error === undefined || this.#refuse(error, 'This handler would be async, and an error that is thrown here would no longer reach the framework. Catch it first.');
  }

  #refuseUnseen(owner: ProjectFunction): boolean {
    return this.#refuse(owner, 'This function would be async, and it is not seen whether whoever calls it waits.');
  }

  #refuse(node: TSESTree.Node, reason: string): false {
    this.#rewriting.refuse(node, reason);
    return false;
  }
}

/** Whether `await x` needs parentheses where `x` stands. */
export function needsParentheses(expression: TSESTree.Node): boolean {
  const { parent } = expression;
  switch (parent?.type) {
    case AST_NODE_TYPES.MemberExpression: return parent.object === expression;
    case AST_NODE_TYPES.CallExpression:
    case AST_NODE_TYPES.NewExpression: return parent.callee === expression;
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.TaggedTemplateExpression:
    case AST_NODE_TYPES.ChainExpression: return true;
    case AST_NODE_TYPES.BinaryExpression: return parent.operator === '**';
    default: return false;
  }
}

function memberName(member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition | TSESTree.Property): string | undefined {
  if (member.computed) return undefined;
  return member.key.type === AST_NODE_TYPES.Identifier || member.key.type === AST_NODE_TYPES.PrivateIdentifier ? member.key.name : undefined;
}

/** An argument of a method that takes handlers, directly or in a list. */
function isRouteArgument(node: TSESTree.Node, rewriting: Rewriting): boolean {
  const { parent } = node;
  if (parent?.type === AST_NODE_TYPES.ArrayExpression) return isRouteArgument(parent, rewriting);
  return parent?.type === AST_NODE_TYPES.CallExpression && parent.callee !== node && parent.callee.type === AST_NODE_TYPES.MemberExpression && ROUTES.test(writtenName(parent.callee) ?? '');
}

/** A function of a request and its answer: it answers through its second parameter or calls its last one. */
function answersRequests({ params, body }: ProjectFunction, { file }: Rewriting): boolean {
  if (params.length < 2 || params.length > 4) return false;
  const names = params.map((parameter) => (parameter.type === AST_NODE_TYPES.Identifier ? parameter.name : ''));
  const response = names[params.length === 4 ? 2 : 1];
  const next = params.length > 2 ? names.at(-1) : undefined;
  return nodesOf(file).some((node) => {
    if (node.range[0] < body.range[0] || node.range[1] > body.range[1] || node.type !== AST_NODE_TYPES.CallExpression) return false;
    const { callee } = node;
    if (callee.type === AST_NODE_TYPES.Identifier) return next !== undefined && callee.name === next;
    return callee.type === AST_NODE_TYPES.MemberExpression && callee.object.type === AST_NODE_TYPES.Identifier && callee.object.name === response && /^(?:status|json|send|sendStatus|end|redirect|render|cookie)$/.test(writtenName(callee) ?? '');
  });
}

/** A function that is handed to something that waits for it, that a test runner runs, or that takes the outcome of another call. */
function isCallback(owner: ProjectFunction): boolean {
  const { parent } = owner;
  if (parent.type !== AST_NODE_TYPES.CallExpression || parent.callee === owner) return false;
  const { callee } = parent;
  if (callee.type === AST_NODE_TYPES.MemberExpression && WAITING.test(writtenName(callee) ?? '')) return true;
  return owner.params.length === 0 && TESTS.test(calledName(parent));
}

/** `module.exports = f`, `exports.f = f`, `module.exports = { f }`, `export { f }` and `export default f`. */
function isExport(use: TSESTree.Node, rewriting: Rewriting): boolean {
  const { parent } = use;
  if (parent?.type === AST_NODE_TYPES.ExportSpecifier || parent?.type === AST_NODE_TYPES.ExportDefaultDeclaration) return true;
  if (parent?.type === AST_NODE_TYPES.AssignmentExpression && parent.right === use) return /^(?:module\.)?exports\b/.test(rewriting.text(parent.left));
  return parent?.type === AST_NODE_TYPES.Property && parent.value === use && parent.parent.type === AST_NODE_TYPES.ObjectExpression && isExport(parent.parent, rewriting);
}
