import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { unwrapped } from '../analysis/expressions.ts';
import type { JwtOperation } from '../analysis/operation.ts';
import { enclosingFunction, isFunction, isInside } from '../analysis/order.ts';
import { isDecode } from '../analysis/token-identity.ts';
import { variableOf } from '../analysis/variables.ts';
import type { Edit } from '../define-rule.ts';

/**
 * The verification that a file makes elsewhere, in place of a decoding: only where all verifications of the library in the
 * file use one key and the same options, the result has the shape of the decoding's, and a failure is handled.
 */
export function verifyInstead(decode: JwtOperation, operations: readonly JwtOperation[]): { readonly edit: Edit; readonly call: string } | undefined {
  const { file, node } = decode;
  const token = decode.argumentNode('token');
  if (decode.kind !== 'decode' || decode.wrapped || !token || !deliversClaims(decode) || decode.argument('options') !== undefined || !isFailureHandled(node)) return undefined;
  const verifications = operations.filter((operation) => operation.kind === 'verify' && !operation.wrapped && operation.library === decode.library && operation.file === file && !isDecode(operation) && operation.model.middleware !== true);
  const texts = new Set(verifications.map((operation) => argumentsAfterToken(operation)?.join('\n')));
  const [verify] = verifications;
  const rest = verify && argumentsAfterToken(verify);
  if (!verify || texts.size !== 1 || !rest || !argumentNodes(verify).every((argument) => isKnownAt(argument, node, decode))) return undefined;
  if (verifications.some((operation) => kindOf(operation) !== kindOf(decode))) return undefined;
  const callee = calleeText(verify, decode);
  if (callee === undefined) return undefined;
  const call = `${callee}(${[file.sourceCode.getText(token as never), ...rest].join(', ')})`;
  const text = inShape(call, verify, node);
  return text === undefined ? undefined : { edit: { file, range: node.range, text }, call: callee };
}

/** Tokens of different kinds have different keys: the token's own expression says which it is, if anything does. */
function kindOf(operation: JwtOperation): string | undefined {
  const token = operation.argumentNode('token');
  return token && /refresh|reset|invit|confirm|email|id_?token/i.exec(operation.file.sourceCode.getText(token as never))?.[0].toLowerCase();
}

function deliversClaims({ model }: JwtOperation): boolean {
  return model.result?.delivers === 'claims';
}

/** The verification's own arguments behind the token; undefined where its result comes through a callback or the token stands elsewhere. */
function argumentsAfterToken(verify: JwtOperation): readonly string[] | undefined {
  if (verify.callback !== undefined || verify.argumentNode('token') !== verify.node.arguments[0]) return undefined;
  return argumentNodes(verify).map((argument) => verify.file.sourceCode.getText(argument as never));
}

function argumentNodes(verify: JwtOperation): readonly TSESTree.Node[] {
  return verify.node.arguments.slice(1);
}

/** Whether every name in an argument means the same at another place of the file. */
function isKnownAt(argument: TSESTree.Node, place: TSESTree.Node, { file }: JwtOperation): boolean {
  let known = true;
  const visit = (node: TSESTree.Node): void => {
    if (isFunction(node)) known = false;
    if (node.type === AST_NODE_TYPES.Identifier && !(node.parent.type === AST_NODE_TYPES.MemberExpression && node.parent.property === node && !node.parent.computed) && !(node.parent.type === AST_NODE_TYPES.Property && node.parent.key === node && !node.parent.shorthand)) {
      const definition = variableOf(node, file)?.defs[0];
      const home = definition && enclosingFunction(definition.name as TSESTree.Node);
      if (home && !isInside(place, home)) known = false;
      if (home && definition.name.range[0] > place.range[0]) known = false;
    }
    for (const [key, child] of Object.entries(node)) {
      if (key === 'parent' || child === null || typeof child !== 'object') continue;
      for (const one of Array.isArray(child) ? (child as unknown[]) : [child]) if (typeof (one as TSESTree.Node | null)?.type === 'string') visit(one as TSESTree.Node);
    }
  };
  visit(argument);
  return known;
}

/** What to call: the verification's own callee, if it means the same where the decoding stands. */
function calleeText(verify: JwtOperation, decode: JwtOperation): string | undefined {
  const own = unwrapped(verify.node.callee);
  return isKnownAt(own, decode.node, decode) ? verify.file.sourceCode.getText(own as never) : undefined;
}

/** The call in the shape of the decoding's result: awaited, and the claims taken out of their holder. */
function inShape(call: string, verify: JwtOperation, place: TSESTree.Node): string | undefined {
  const { result } = verify.model;
  const delivers = result?.delivers ?? 'claims';
  if (delivers !== 'claims' && delivers !== 'holder') return undefined;
  if (result?.failure !== undefined && result.failure !== 'throws') return undefined;
  if (!verify.returnsPromise) return delivers === 'holder' ? `${call}.${result?.at ?? ''}` : call;
  const around = enclosingFunction(place);
  if (!isFunction(around) || !around.async) return undefined;
  if (delivers === 'holder') return result?.at === undefined ? undefined : `(await ${call}).${result.at}`;
  const { parent } = place;
  return parent?.type === AST_NODE_TYPES.MemberExpression || parent?.type === AST_NODE_TYPES.AwaitExpression ? `(await ${call})` : `await ${call}`;
}

/** Whether what a failed verification throws is caught around a place. */
function isFailureHandled(place: TSESTree.Node): boolean {
  for (let node: TSESTree.Node = place; node.parent && !isFunction(node.parent); node = node.parent) {
    if (node.parent.type === AST_NODE_TYPES.TryStatement && node.parent.block === node && node.parent.handler) return true;
  }
  return false;
}
