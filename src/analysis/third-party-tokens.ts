import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { endName, unwrapped } from './expressions.ts';
import { isFunction } from './order.ts';
import type { SourceFile } from './source-file.ts';
import type { Evidence } from './token-evidence.ts';
import { possibilities, type Value } from './value.ts';
import { variableOf } from './variables.ts';

/** An address of another host, which no relative path and no loopback is. */
const ELSEWHERE = /^(?:https?|wss?):\/\/(?!localhost\b|127\.|\[::1\]|0\.0\.0\.0)/i;
const MENTIONS_ELSEWHERE = /['"`](?:https?|wss?):\/\/(?!localhost\b|127\.|\[::1\]|0\.0\.0\.0)/i;
/** Names of objects that hold what an account with another service needs. */
const ACCOUNT = /^(?:config\w*|settings?|options?|opts|env|credentials?|notification|integration|channel|account|auth_?data|provider|connection)$/i;

/**
 * Whether a token in an address is one that another service gave to this program for its own interface: it comes from
 * the configuration, from the settings of an account or from an answer of another host, and goes to another host.
 */
export function isOfThirdParty(token: TSESTree.Node, address: TSESTree.Node, evidence: Evidence): boolean {
  return isOfAccount(token, evidence) && goesElsewhere(token, address, evidence);
}

function isOfAccount(token: TSESTree.Node, { reader, file }: Evidence): boolean {
  const plain = unwrapped(token);
  const values = possibilities(reader.evaluate(plain, file));
  if (values.every(({ kind }) => kind === 'environment' || kind === 'configuration' || kind === 'primitive')) return true;
  if (plain.type === AST_NODE_TYPES.MemberExpression && ACCOUNT.test(endName(unwrapped(plain.object)))) return true;
  return isAnsweredElsewhere(plain, file);
}

/** `const { access_token } = await axios.get('https://…')`, and members of such an answer. */
function isAnsweredElsewhere(node: TSESTree.Node, file: SourceFile): boolean {
  if (node.type === AST_NODE_TYPES.MemberExpression) return isAnsweredElsewhere(unwrapped(node.object), file);
  const declarator = node.type === AST_NODE_TYPES.Identifier ? variableOf(node, file)?.defs[0]?.node as TSESTree.Node | undefined : undefined;
  if (declarator?.type !== AST_NODE_TYPES.VariableDeclarator || !declarator.init) return false;
  const initial = unwrapped(declarator.init);
  if (initial.type === AST_NODE_TYPES.CallExpression) return MENTIONS_ELSEWHERE.test(file.sourceCode.getText(initial as never));
  return initial.type === AST_NODE_TYPES.MemberExpression && isAnsweredElsewhere(initial, file);
}

function goesElsewhere(token: TSESTree.Node, address: TSESTree.Node, { reader, file }: Evidence): boolean {
  if (ELSEWHERE.test(beginningOf(reader.evaluate(address, file)))) return true;
  // The host stands in the function that is handed the path, or beside the token in the settings.
  const call = callAround(address);
  if (call && possibilities(reader.evaluate(call.callee, file)).some((one) => one.kind === 'function' && MENTIONS_ELSEWHERE.test(one.file.sourceCode.getText(one.node as never)))) return true;
  const plain = unwrapped(token);
  return plain.type === AST_NODE_TYPES.MemberExpression && isBuiltFrom(address, `${file.sourceCode.getText(plain.object as never)}.`, file);
}

function beginningOf(value: Value): string {
  const first = value.kind === 'text' ? value.parts[0] : value;
  return first?.kind === 'primitive' ? String(first.value) : '';
}

function isBuiltFrom(address: TSESTree.Node, holder: string, file: SourceFile): boolean {
  const initial = address.type === AST_NODE_TYPES.Identifier ? variableOf(address, file)?.defs[0]?.node as TSESTree.Node | undefined : address;
  const text = initial ? file.sourceCode.getText(initial as never) : '';
  return text.split(holder).length > (address.type === AST_NODE_TYPES.Identifier ? 1 : 2);
}

function callAround(node: TSESTree.Node): TSESTree.CallExpression | undefined {
  for (let child = node, parent = node.parent; parent && !isFunction(parent); child = parent, parent = parent.parent) {
    if (parent.type === AST_NODE_TYPES.CallExpression) return parent.arguments.includes(child as TSESTree.CallExpressionArgument) ? parent : undefined;
  }
  return undefined;
}
