import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { collectCalls } from './call-nodes.ts';
import { endName, writtenName } from './expressions.ts';
import { type Evidence, tokenIn } from './token-evidence.ts';
import { possibilities } from './value.ts';

const METHODS = /^(?:log|info|warn|error|debug|trace|fatal|verbose|silly|http|notice|critical|dir|table|success)$/;
const LOGGERS = /^(?:console|log|logs|logger|_logger|winston|pino|bunyan|signale|consola|log4js|logging|\$log|fastify\.log|app\.log)$|(?:^|[._])log(?:ger)?$|Logger$|Log$/;
/** Names of keys and secrets; what a variable of the environment is called says it too. */
const SECRET = /(?:^|[_a-z])(?:jwt|token|auth|access|refresh|session|client|signing|private|app|hmac)?_?(?:secret(?:_?key)?|private_?key|signing_?key)$/i;

/** Something in a call of a logger that nobody may read there. */
export interface LoggedSecret {
  readonly kind: 'token' | 'secret';
  readonly node: TSESTree.Node;
}

/** The first token or secret in each call of a logger. */
export function* loggedSecrets(evidence: Evidence): Iterable<LoggedSecret> {
  const { file } = evidence;
  for (const call of collectCalls(file)) {
    if (call.type !== AST_NODE_TYPES.CallExpression || !isLogging(call, file.sourceCode.text)) continue;
    for (const argument of call.arguments) {
      const found = secretOf(argument, evidence);
      if (!found) continue;
      yield found;
      break;
    }
  }
}

function secretOf(argument: TSESTree.Node, evidence: Evidence): LoggedSecret | undefined {
  const parts = [...printed(argument)];
  const token = tokenIn(argument, evidence) ?? parts.find(isAuthorization);
  if (token) return { kind: 'token', node: token };
  const secret = parts.find((part) => isSecret(part, evidence));
  return secret && { kind: 'secret', node: secret };
}

function isLogging({ callee }: TSESTree.CallExpression, text: string): boolean {
  if (callee.type === AST_NODE_TYPES.Identifier) return callee.name === 'debug' && /['"]debug['"]/.test(text);
  if (callee.type !== AST_NODE_TYPES.MemberExpression || callee.property.type !== AST_NODE_TYPES.Identifier || !METHODS.test(callee.property.name)) return false;
  return LOGGERS.test(endName(callee.object).replace(/^#/, ''));
}

/** The header that carries the token: `req.headers.authorization`, `c.req.header('Authorization')`. */
function isAuthorization(node: TSESTree.Node): boolean {
  if (node.type === AST_NODE_TYPES.MemberExpression) return writtenName(node)?.toLowerCase() === 'authorization' && endName(node.object) === 'headers';
  if (node.type !== AST_NODE_TYPES.CallExpression || node.callee.type !== AST_NODE_TYPES.MemberExpression) return false;
  const [name] = node.arguments;
  const named = name?.type === AST_NODE_TYPES.Literal && typeof name.value === 'string' && name.value.toLowerCase() === 'authorization';
  return named && /^(?:get|header)$/.test(endName(node.callee)) && /^(?:req|request|headers)$/.test(endName(node.callee.object));
}

function isSecret(node: TSESTree.Node, evidence: Evidence): boolean {
  if (node.type === AST_NODE_TYPES.Identifier) return SECRET.test(node.name) && !isLabel(node, evidence);
  return node.type === AST_NODE_TYPES.MemberExpression && SECRET.test(endName(node).replace(/^#/, ''));
}

/** The expressions whose values an argument prints. */
function* printed(node: TSESTree.Node): Iterable<TSESTree.Node> {
  switch (node.type) {
    case AST_NODE_TYPES.ChainExpression:
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.TSAsExpression: return yield* printed(node.expression);
    case AST_NODE_TYPES.TemplateLiteral:
      for (const expression of node.expressions) yield* printed(expression);
      return;
    case AST_NODE_TYPES.BinaryExpression:
    case AST_NODE_TYPES.LogicalExpression:
      if (node.type === AST_NODE_TYPES.BinaryExpression && node.operator !== '+') return;
      yield* printed(node.left);
      yield* printed(node.right);
      return;
    case AST_NODE_TYPES.ObjectExpression:
      for (const property of node.properties) yield* printed(property.type === AST_NODE_TYPES.SpreadElement ? property.argument : property.value);
      return;
    default: yield node;
  }
}

/** A function or an object under such a name is no secret's text. */
function isLabel(node: TSESTree.Node, { reader, file }: Evidence): boolean {
  return possibilities(reader.evaluate(node, file)).every((one) => one.kind === 'function' || one.kind === 'class' || one.kind === 'object' || (one.kind === 'primitive' && typeof one.value !== 'string'));
}
