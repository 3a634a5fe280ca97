import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf } from '../../analysis/call-nodes.ts';
import { unwrapped, writtenName } from '../../analysis/expressions.ts';
import { isFunction } from '../../analysis/order.ts';
import { filesMentioning } from '../../analysis/project-index.ts';
import { readText } from '../../analysis/modules.ts';
import type { SourceFile } from '../../analysis/source-file.ts';
import type { ProjectFunction } from '../../analysis/value.ts';
import { variableOf } from '../../analysis/variables.ts';
import { loadsOf } from '../loads.ts';

/** A place that reads `user` of a request. */
export interface ClaimRead {
  /** The name `user` in a member expression, or the property of a pattern. */
  readonly name: TSESTree.Identifier | TSESTree.StringLiteral | TSESTree.Property;
  /** The parameter that is the request. */
  readonly request: TSESTree.Parameter;
  readonly handler: ProjectFunction;
}

/** How a file uses `user` of its requests. */
export interface UserOfRequests {
  readonly reads: readonly ClaimRead[];
  /** Something other than express-jwt may write it, here or in another file, or may read it in another file. */
  readonly isShared: boolean;
}

const ROUTE_METHODS = new Set(['use', 'all', 'get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'param']);
/** Packages that put a user on requests, or look for one there. */
const READS_OR_WRITES_USER = /^(?:passport|@nestjs\/passport$|express-jwt-(?:permissions|authz)|connect-roles$)/;
const REQUEST = /^_?req(?:uest)?$/;

/** Looks at every place in a file that reads or writes `user` of a request. */
export function userOfRequests(file: SourceFile): UserOfRequests {
  const reads: ClaimRead[] = [];
  let isShared = loadsOf(file, (specifier) => READS_OR_WRITES_USER.test(specifier)).length > 0 || isUsedInOtherFiles(file);
  for (const node of nodesOf(file)) {
    if (node.type === AST_NODE_TYPES.MemberExpression && writtenName(node) === 'user') {
      const request = requestBehind(node.object, file);
      if (!request) continue;
      if (isWritten(node)) isShared = true;
      else reads.push({ name: node.property as TSESTree.Identifier | TSESTree.StringLiteral, ...request });
    }
    if (node.type === AST_NODE_TYPES.Property && node.parent.type === AST_NODE_TYPES.ObjectPattern && writtenName(node) === 'user') {
      const request = requestOfPattern(node.parent, file);
      if (request) reads.push({ name: node, ...request });
    }
    if (node.type === AST_NODE_TYPES.CallExpression && mayWriteUser(node, file)) isShared = true;
  }
  return { reads, isShared };
}

function isWritten(member: TSESTree.MemberExpression): boolean {
  const { parent } = member;
  return (parent.type === AST_NODE_TYPES.AssignmentExpression && parent.left === member) || (parent.type === AST_NODE_TYPES.UnaryExpression && parent.operator === 'delete');
}

/** `Object.assign(req, …)` and `Object.defineProperty(req, …)`. */
function mayWriteUser({ callee, arguments: [first] }: TSESTree.CallExpression, file: SourceFile): boolean {
  return first !== undefined && callee.type === AST_NODE_TYPES.MemberExpression && callee.object.type === AST_NODE_TYPES.Identifier && callee.object.name === 'Object' && requestBehind(first, file) !== undefined;
}

/** Other files of the package that name `user` of a request; those that load express-jwt themselves are carried over on their own. */
function isUsedInOtherFiles(file: SourceFile): boolean {
  return filesMentioning(file.filename, ['req.user', 'request.user', 'user } = req', 'passport']).some((path) => path !== file.filename && readText(path)?.includes('express-jwt') === false);
}

/** The request parameter that an expression names, through casts. */
function requestBehind(expression: TSESTree.Node, file: SourceFile): Omit<ClaimRead, 'name'> | undefined {
  const plain = unwrapped(expression);
  if (plain.type !== AST_NODE_TYPES.Identifier) return undefined;
  const definition = variableOf(plain, file)?.defs[0];
  if ((definition?.type as string | undefined) !== 'Parameter') return undefined;
  return requestOf(definition?.node as TSESTree.Node, (parameter) => parameter.type === AST_NODE_TYPES.Identifier && parameter.name === plain.name, file);
}

/** `const { user } = req`, and a handler whose request is taken apart where it is declared. */
function requestOfPattern(pattern: TSESTree.ObjectPattern, file: SourceFile): Omit<ClaimRead, 'name'> | undefined {
  const { parent } = pattern;
  if (parent.type === AST_NODE_TYPES.VariableDeclarator && parent.init) return requestBehind(parent.init, file);
  if (parent.type === AST_NODE_TYPES.AssignmentExpression && parent.left === pattern) return requestBehind(parent.right, file);
  return isFunction(parent) ? requestOf(parent, (parameter) => parameter === pattern, file) : undefined;
}

/** The parameter if it stands where express hands the request to a function. */
function requestOf(handler: TSESTree.Node, isWanted: (parameter: TSESTree.Parameter) => boolean, file: SourceFile): Omit<ClaimRead, 'name'> | undefined {
  if (!isFunction(handler)) return undefined;
  const index = handler.params.findIndex(isWanted);
  const request = handler.params[index];
  if (!request) return undefined;
  if (index !== (handler.params.length === 4 ? 1 : 0)) return undefined;
  const isNamed = request.type === AST_NODE_TYPES.Identifier && REQUEST.test(request.name);
  return isNamed || isHandler(handler, file) ? { request, handler } : undefined;
}

/** Whether a function is handed to a route: as an argument, in a list of them, or under its name. */
export function isHandler(handler: ProjectFunction, file: SourceFile): boolean {
  if (isRouteArgument(handler)) return true;
  const name = handler.type === AST_NODE_TYPES.FunctionDeclaration ? handler.id : handler.parent.type === AST_NODE_TYPES.VariableDeclarator && handler.parent.id.type === AST_NODE_TYPES.Identifier ? handler.parent.id : undefined;
  const variable = name && variableOf(name, file);
  return variable?.references.some((reference) => isRouteArgument(reference.identifier as TSESTree.Node)) ?? false;
}

function isRouteArgument(node: TSESTree.Node): boolean {
  const { parent } = node;
  if (parent?.type === AST_NODE_TYPES.ArrayExpression) return isRouteArgument(parent);
  if (parent?.type !== AST_NODE_TYPES.CallExpression || parent.callee === node) return false;
  const { callee } = parent;
  return callee.type === AST_NODE_TYPES.MemberExpression && ROUTE_METHODS.has(writtenName(callee) ?? '');
}
