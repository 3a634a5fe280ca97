import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf } from './call-nodes.ts';
import { calledName, decoratorsOf, endName, unwrapped, writtenName } from './expressions.ts';
import { isInside } from './order.ts';
import type { Step } from './request-handlers.ts';
import type { SourceFile } from './source-file.ts';
import type { ProjectFunction } from './value.ts';
import { variableOf } from './variables.ts';

/** What things that keep values are called. */
const CACHE = /cache|memo|redis|valkey|lru|ttl|keyv|\bkv\b|session|store[ds]?\b|throttle|debounce|dedupe|singleton|\bonce\b|unstable_cache|\bswr\b|bottleneck/i;
/** Constructions that hold what a request is made of, and are no caches. */
const FORMS = /^(?:URLSearchParams|Headers|FormData|URL|Request)$/;
/** Options of a request by which its answer is kept. */
const KEEPS_ANSWER = /^(?:revalidate|cacheTtl|cacheEverything|maxAge|ttl|cache|tags)$/;

/**
 * Whether what a request is answered with may be kept from one time to the next, by anything that the functions on the
 * way to it do: they write to something that outlives them, ask a cache, or look at a time of expiry first.
 */
export function isKept(steps: readonly Step[], file: SourceFile): boolean {
  const way = steps.map(({ owner }) => owner);
  return steps.some(({ owner, place }) => isFallback(place, owner) || isWrapped(owner) || nodesOf(file).some((one) => isInside(one, owner.body) && keeps(one, way, file)));
}

/** `known ?? (await request())`: something else comes first. */
function isFallback(place: TSESTree.Node, owner: ProjectFunction): boolean {
  for (let child = place, current = place.parent; current && current !== owner; child = current, current = current.parent) {
    if (current.type === AST_NODE_TYPES.LogicalExpression && current.right === child && current.operator !== '&&') return true;
  }
  return false;
}

/** `memoize(async () => …)`, and a method with a decorator that caches it. */
function isWrapped({ parent }: ProjectFunction): boolean {
  if (parent.type === AST_NODE_TYPES.CallExpression && CACHE.test(calledName(parent))) return true;
  return parent.type === AST_NODE_TYPES.MethodDefinition && decoratorsOf(parent).some(({ expression }) => expression.type === AST_NODE_TYPES.CallExpression && CACHE.test(`${calledName(expression)} ${expression.arguments.map(endName).join(' ')}`));
}

function keeps(node: TSESTree.Node, way: readonly ProjectFunction[], file: SourceFile): boolean {
  switch (node.type) {
    case AST_NODE_TYPES.AssignmentExpression: return outlives(node.left, way, file);
    case AST_NODE_TYPES.CallExpression: return CACHE.test(calledName(node)) || isMapAccess(node, way, file);
    case AST_NODE_TYPES.IfStatement:
    case AST_NODE_TYPES.ConditionalExpression: return /expir|\bexp\b|Date\.now|new Date|cached|(?:valid|fresh|stale)\w*token|token\w*(?:valid|fresh|stale)/i.test(file.sourceCode.getText(node.test as never));
    case AST_NODE_TYPES.Property: return KEEPS_ANSWER.test(writtenName(node) ?? '') && !(node.value.type === AST_NODE_TYPES.Literal && /^(?:no-store|no-cache|reload|false|0)$/.test(String(node.value.value)));
    default: return false;
  }
}

/** Whether a write goes to something that is there after the function is done: a field, a variable of the module, the session. */
function outlives(target: TSESTree.Node, way: readonly ProjectFunction[], file: SourceFile): boolean {
  if (target.type === AST_NODE_TYPES.MemberExpression) {
    if (/\.(?:defaults\.)?headers\b/.test(file.sourceCode.getText(target as never))) return false;
    let root: TSESTree.Node = target;
    while (root.type === AST_NODE_TYPES.MemberExpression) root = unwrapped(root.object);
    return root.type === AST_NODE_TYPES.ThisExpression || CACHE.test(file.sourceCode.getText(target as never)) || /\blocals\b|^(?:global|globalThis|process|app)\b/.test(file.sourceCode.getText(target as never)) || (root.type === AST_NODE_TYPES.Identifier && isDeclaredOutside(root, way, file));
  }
  return target.type === AST_NODE_TYPES.Identifier && isDeclaredOutside(target, way, file);
}

/** A variable of the module, or of a function that returned long before. */
function isDeclaredOutside(identifier: TSESTree.Identifier, way: readonly ProjectFunction[], file: SourceFile): boolean {
  const name = variableOf(identifier, file)?.defs[0]?.name as TSESTree.Node | undefined;
  return name !== undefined && !way.some((owner) => isInside(name, owner));
}

/** `tokens.get(key)` and `tokens.set(key, token)` of a map that outlives the function. */
function isMapAccess(call: TSESTree.CallExpression, way: readonly ProjectFunction[], file: SourceFile): boolean {
  if (call.callee.type !== AST_NODE_TYPES.MemberExpression || !/^(?:get|set|has|getItem|setItem|put|fetch|wrap|getOrSet)$/.test(endName(call.callee))) return false;
  const receiver = unwrapped(call.callee.object);
  if (receiver.type !== AST_NODE_TYPES.Identifier || !isDeclaredOutside(receiver, way, file)) return false;
  const declarator = variableOf(receiver, file)?.defs[0]?.node as TSESTree.Node | undefined;
  return declarator?.type === AST_NODE_TYPES.VariableDeclarator && declarator.init?.type === AST_NODE_TYPES.NewExpression && !FORMS.test(endName(declarator.init.callee));
}
