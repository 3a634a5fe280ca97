import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { callSitesOf } from './call-sites.ts';
import { calledName, decoratorsOf, endName, functionName, lastName, writtenName } from './expressions.ts';
import { isFunction, isInside } from './order.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import type { ProjectFunction } from './value.ts';

/** Methods that register a function for requests. */
const REGISTERS = /^(?:get|post|put|patch|delete|del|all|use|head|options|route|addHook|onRequest|preHandler|handle|openapi)$/;
/** What they are called on. */
const REGISTRIES = /(?:^|[._])(?:app|api|router|routes?|server|fastify|instance|koa|hono|elysia|polka|restana|express|v\d+)$|(?:router|app|api|routes?|server)$/i;
/** Hooks of Fastify that run once. */
const ONCE = /^on(?:Ready|Listen|Close|Register|Route)$/;
/** Functions that make handlers, or servers, of a function. */
const WRAPS = /^(?:asyncHandler|catchAsync|wrapAsync|asyncWrapper|asyncMiddleware|tryCatch|wrap|expressAsyncHandler|createServer|serve|defineEventHandler|eventHandler|withAuth|withAuthentication|withApiAuthRequired|onRequest|onCall|createMiddleware)$/;
/** Decorators of methods that answer a request or a message. */
const ROUTES = /^(?:Get|Post|Put|Patch|Delete|All|Head|Options|Query|Mutation|ResolveField|Subscription|MessagePattern|EventPattern|GrpcMethod|SubscribeMessage|HttpGet|HttpPost|HttpPut|HttpDelete|Route)$/;
/** Exports that Next, SvelteKit, Remix and the like call for each request. */
const ROUTE_EXPORTS = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|loader|action|getServerSideProps|onRequest(?:Get|Post)?)$/;
const MIDDLEWARE = /^(?:canActivate|intercept|use|resolve)$/;
/** Helpers of helpers are followed back this far. */
const MAX_DEPTH = 4;

/** One function on the way from a request to a place, and the place in it: the one that was asked for, or the call of the next function. */
export interface Step {
  readonly owner: ProjectFunction;
  readonly place: TSESTree.Node;
}

/** The functions that a place runs in, from the inside out, up to one that runs for every request; undefined where nothing says that it does. */
export function wayFromRequest(place: TSESTree.Node, file: SourceFile, reader: Reader, depth = 0): readonly Step[] | undefined {
  const passed: Step[] = [];
  for (let current = place.parent; current; current = current.parent) {
    if (!isFunction(current)) continue;
    const owner = current;
    passed.push({ owner, place });
    if (isRequestHandler(owner)) return passed;
    if (depth >= MAX_DEPTH || functionName(owner) === '') continue;
    for (const site of callSitesOf(owner, file, reader)) {
      // A function that calls itself is entered elsewhere.
      const way = isInside(site, owner) ? undefined : wayFromRequest(site, file, reader, depth + 1);
      if (way) return [...passed, ...way];
    }
  }
  return undefined;
}

/** Whether a function runs for every request that a program answers. */
export function isRequestHandler(owner: ProjectFunction): boolean {
  return isRegistered(owner) || takesRequest(owner) || isRouteMethod(owner) || isRouteExport(owner);
}

/** `app.get('/orders', owner)`, `asyncHandler(owner)`, `server.route({ handler: owner })`. */
function isRegistered(owner: ProjectFunction): boolean {
  const written = withLists(owner);
  const option = written.parent?.type === AST_NODE_TYPES.Property ? written.parent : undefined;
  if (option && !/^(?:handler|preHandler|onRequest|preValidation|fetch|request|method)$/.test(writtenName(option) ?? '')) return false;
  const inOptions = option !== undefined;
  const node = option ? withLists(option.parent) : written;
  const call = node.parent;
  if (call?.type !== AST_NODE_TYPES.CallExpression || !call.arguments.includes(node as TSESTree.CallExpressionArgument)) {
    // `export default { async fetch(request) { … } }`
    return inOptions && call?.type === AST_NODE_TYPES.ExportDefaultDeclaration;
  }
  const { callee } = call;
  if (callee.type !== AST_NODE_TYPES.MemberExpression) return WRAPS.test(lastName(call)) && (owner.params.length > 0 || inOptions);
  // A function that sees every request that a client sends.
  if (endName(callee) === 'use' && /\.interceptors\.request$/.test(calledName(call).replace(/\.use$/, ''))) return true;
  const method = endName(callee);
  const [first] = call.arguments;
  if (first?.type === AST_NODE_TYPES.Literal && ONCE.test(String(first.value))) return false;
  const receiver = withoutChain(calledName(call).slice(0, -method.length - 1));
  if (/^(?:query|mutation)$/.test(method)) return /procedure/i.test(receiver);
  return (REGISTERS.test(method) && REGISTRIES.test(receiver)) || WRAPS.test(method);
}

/** A node with the lists and casts around it. */
function withLists(node: TSESTree.Node): TSESTree.Node {
  const { parent } = node;
  return parent?.type === AST_NODE_TYPES.ArrayExpression || parent?.type === AST_NODE_TYPES.TSAsExpression ? withLists(parent) : node;
}

/** `app` of `app.use().get()`: registering gives back the same. */
function withoutChain(receiver: string): string {
  const before = receiver.replace(/\(\)$/, '');
  const [, rest = '', method = ''] = /^(.*)\.(\w+)$/.exec(before) ?? [];
  return before !== receiver && REGISTERS.test(method) ? withoutChain(rest) : before;
}

/** A first parameter that is a request or the context of one, and a second that answers or goes on. */
function takesRequest({ params }: ProjectFunction): boolean {
  const [first = '', second = ''] = params.map(parameterName);
  if (/^_?(?:req|request)$/i.test(first)) return /^_?(?:res|response|reply|resp|h|next|env|ctx|context|toolkit)$/i.test(second);
  if (/^_?(?:ctx|context|c)$/i.test(first)) return /^_?next$/i.test(second);
  return /^_?event$/i.test(first) && /^_?context$/i.test(second);
}

function parameterName(parameter: TSESTree.Node): string | undefined {
  const plain = parameter.type === AST_NODE_TYPES.AssignmentPattern ? parameter.left : parameter;
  return plain.type === AST_NODE_TYPES.Identifier ? plain.name : undefined;
}

/** A method of a Nest controller, resolver, guard, middleware or interceptor. */
function isRouteMethod({ parent }: ProjectFunction): boolean {
  if (parent.type !== AST_NODE_TYPES.MethodDefinition) return false;
  if (decoratorsOf(parent).some(({ expression }) => expression.type === AST_NODE_TYPES.CallExpression && ROUTES.test(lastName(expression)))) return true;
  const { parent: owner } = parent.parent;
  return MIDDLEWARE.test(parent.key.type === AST_NODE_TYPES.Identifier ? parent.key.name : '') && owner.implements.some(({ expression }) => /^(?:CanActivate|NestMiddleware|NestInterceptor)$/.test(endName(expression)));
}

function isRouteExport(owner: ProjectFunction): boolean {
  const declaration = owner.parent.type === AST_NODE_TYPES.VariableDeclarator ? owner.parent.parent : owner;
  const name = functionName(owner);
  if (declaration.parent?.type === AST_NODE_TYPES.ExportNamedDeclaration) return ROUTE_EXPORTS.test(name) || (/^(?:handler|middleware)$/.test(name) && owner.params.length > 0);
  const { parent } = owner;
  return parent.type === AST_NODE_TYPES.AssignmentExpression && parent.left.type === AST_NODE_TYPES.MemberExpression && endName(parent.left.object) === 'exports' && /^(?:handler|main)$/.test(name) && owner.params.length > 0;
}
