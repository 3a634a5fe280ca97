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
  const token = tokenIn(argument, evidence) ?? authorizationIn(argument);
  if (token) return { kind: 'token', node: token };
  const secret = secretIn(argument, evidence);
  return secret && { kind: 'secret', node: secret };
}

function isLogging({ callee }: TSESTree.CallExpression, text: string): boolean {
  if (callee.type === AST_NODE_TYPES.Identifier) return callee.name === 'debug' && /['"]debug['"]/.test(text);
  if (callee.type !== AST_NODE_TYPES.MemberExpression || callee.property.type !== AST_NODE_TYPES.Identifier || !METHODS.test(callee.property.name)) return false;
  return LOGGERS.test(endName(callee.object));
}

/** The header that carries the token: `req.headers.authorization`, `c.req.header('Authorization')`. */
function authorizationIn(node: TSESTree.Node): TSESTree.Node | undefined {
  const first = (nodes: readonly TSESTree.Node[]) => nodes.map(authorizationIn).find((one) => one !== undefined);
  switch (node.type) {
    case AST_NODE_TYPES.MemberExpression: return writtenName(node)?.toLowerCase() === 'authorization' && endName(node.object) === 'headers' ? node : undefined;
    case AST_NODE_TYPES.CallExpression: {
      const [name] = node.arguments;
      const named = name?.type === AST_NODE_TYPES.Literal && typeof name.value === 'string' && name.value.toLowerCase() === 'authorization';
      return named && node.callee.type === AST_NODE_TYPES.MemberExpression && /^(?:get|header)$/.test(endName(node.callee)) && /^(?:req|request|headers)$/.test(endName(node.callee.object)) ? node : undefined;
    }
    case AST_NODE_TYPES.ChainExpression:
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.TSAsExpression: return authorizationIn(node.expression);
    case AST_NODE_TYPES.TemplateLiteral: return first(node.expressions);
    case AST_NODE_TYPES.BinaryExpression: return node.operator === '+' ? first([node.left, node.right]) : undefined;
    case AST_NODE_TYPES.ObjectExpression: return first(node.properties.map((property) => (property.type === AST_NODE_TYPES.SpreadElement ? property.argument : property.value)));
    default: return undefined;
  }
}

function secretIn(node: TSESTree.Node, evidence: Evidence): TSESTree.Node | undefined {
  const inner = (one: TSESTree.Node) => secretIn(one, evidence);
  const first = (nodes: readonly TSESTree.Node[]) => nodes.map(inner).find((one) => one !== undefined);
  switch (node.type) {
    case AST_NODE_TYPES.Identifier: return SECRET.test(node.name) && !isLabel(node, evidence) ? node : undefined;
    case AST_NODE_TYPES.MemberExpression: return node.property.type === AST_NODE_TYPES.Identifier && !node.computed && SECRET.test(node.property.name) ? node : undefined;
    case AST_NODE_TYPES.ChainExpression:
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.TSAsExpression: return inner(node.expression);
    case AST_NODE_TYPES.TemplateLiteral: return first(node.expressions);
    case AST_NODE_TYPES.BinaryExpression: return node.operator === '+' ? first([node.left, node.right]) : undefined;
    case AST_NODE_TYPES.LogicalExpression: return first([node.left, node.right]);
    case AST_NODE_TYPES.ObjectExpression: return first(node.properties.map((property) => (property.type === AST_NODE_TYPES.SpreadElement ? property.argument : property.value)));
    default: return undefined;
  }
}

/** A function or an object under such a name is no secret's text. */
function isLabel(node: TSESTree.Node, { reader, file }: Evidence): boolean {
  return possibilities(reader.evaluate(node, file)).every((one) => one.kind === 'function' || one.kind === 'class' || one.kind === 'object' || (one.kind === 'primitive' && typeof one.value !== 'string'));
}
