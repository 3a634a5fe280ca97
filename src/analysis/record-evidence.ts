import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { SettingName } from '../libraries/descriptor.ts';
import { initialValue, writtenName } from './expressions.ts';
import type { JwtOperation } from './operation.ts';
import { isFunction } from './order.ts';
import type { SourceFile } from './source-file.ts';
import { possibilities } from './value.ts';
import { variableOf } from './variables.ts';

/** Names under which people keep claims: what such an object holds is not guessed. */
const CLAIMS = /payload|claim|token|jwt|jws|body|content|data|input|info|obj|msg|message|option|opts|params|args|value|session|credential|decoded|config|props|attributes|identity|ctx|context|extra|custom/i;
/** Names of people, accounts and their identifiers; a record or id of those has no `exp`. */
const RECORD = /(?:^|[a-z_])(?:user|account|member|customer|admin|profile|person|employee|student|patient|seller|owner|player|driver|doc|document|record|row|entity|email|username|phone|uid|uuid)s?(?:doc|record|row|entity|model|name|json|dto|plain)?$|(?:^_?|[a-z_]|I)[iI]d$/i;
/** Methods that give a record's plain form. */
const PLAIN = /^(?:toJSON|toObject|toAuthJSON|get|lean|dataValues|serialize|toPlain\w*|toString|stringify|parse|valueOf|omit|pick|structuredClone)$/;

/**
 * Whether an expression that cannot be read is, by its names, a database record or an identifier of one: `user`,
 * `user.toJSON()`, `{ ...user }`, `rest` of `{ password, ...rest } = user`. Such an object carries no claims.
 */
export function isRecord(node: TSESTree.Node, file: SourceFile, depth = 0): boolean {
  if (depth > 6) return false;
  const inner = (one: TSESTree.Node) => isRecord(one, file, depth + 1);
  switch (node.type) {
    case AST_NODE_TYPES.AwaitExpression: return inner(node.argument);
    case AST_NODE_TYPES.ChainExpression:
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.TSTypeAssertion:
    case AST_NODE_TYPES.TSSatisfiesExpression: return inner(node.expression);
    case AST_NODE_TYPES.Identifier: return isRecordName(node, file, depth);
    case AST_NODE_TYPES.MemberExpression: {
      if (node.computed || node.property.type !== AST_NODE_TYPES.Identifier) return false;
      // The user of a request may be the claims of the token that came with it.
      if (/^(?:req|request|ctx|context|c|socket|res|event|state|locals|auth)$/i.test(nameOf(node.object)) && !/id$/i.test(node.property.name)) return false;
      return RECORD.test(node.property.name) || (node.property.name === 'dataValues' && inner(node.object));
    }
    case AST_NODE_TYPES.CallExpression: {
      const { callee } = node;
      const name = nameOf(callee);
      if (/^(?:assign|pick|omit|cloneDeep|clone|structuredClone|stringify|parse|String|plainToClass|plainToInstance|instanceToPlain|exclude\w*|sanitize\w*)$/.test(name) && node.arguments.length > 0) {
        const parts = name === 'assign' ? node.arguments.filter((argument) => argument.type !== AST_NODE_TYPES.ObjectExpression || argument.properties.length > 0) : node.arguments.slice(0, 1);
        return parts.length > 0 && parts.every((part) => part.type !== AST_NODE_TYPES.SpreadElement && inner(part));
      }
      return callee.type === AST_NODE_TYPES.MemberExpression && PLAIN.test(name) && inner(callee.object);
    }
    case AST_NODE_TYPES.ObjectExpression:
      return node.properties.every((property) => (property.type === AST_NODE_TYPES.SpreadElement ? inner(property.argument) : !property.computed && writtenName(property) !== 'exp'));
    default: return false;
  }
}

function isRecordName(node: TSESTree.Identifier, file: SourceFile, depth: number): boolean {
  const definition = variableOf(node, file)?.defs[0];
  const declaration = definition?.node as TSESTree.Node | undefined;
  if (declaration?.type === AST_NODE_TYPES.VariableDeclarator && declaration.init) {
    // What is left of a record after some properties are taken out is one still.
    if (declaration.id.type === AST_NODE_TYPES.ObjectPattern && declaration.id.properties.some((property) => property.type === AST_NODE_TYPES.RestElement && property.argument.type === AST_NODE_TYPES.Identifier && property.argument.name === node.name)) return isRecord(declaration.init, file, depth + 1);
    // A placeholder that another value takes the place of says nothing about that value.
    if (initialValue(node, file) === undefined && declaration.init.type === AST_NODE_TYPES.ObjectExpression) return false;
    if (declaration.init.type === AST_NODE_TYPES.ObjectExpression || (declaration.init.type === AST_NODE_TYPES.CallExpression && /^(?:toJSON|toObject|assign|pick|omit|stringify|parse)$/.test(nameOf(declaration.init.callee)))) return isRecord(declaration.init, file, depth + 1);
    return RECORD.test(node.name) && !CLAIMS.test(node.name);
  }
  return (declaration === undefined || isFunction(declaration) || declaration.type === AST_NODE_TYPES.CatchClause) ? RECORD.test(node.name) && !CLAIMS.test(node.name) : false;
}

function nameOf(node: TSESTree.Node): string {
  if (node.type === AST_NODE_TYPES.Identifier) return node.name;
  if (node.type === AST_NODE_TYPES.MemberExpression && !node.computed && node.property.type === AST_NODE_TYPES.Identifier) return node.property.name;
  return node.type === AST_NODE_TYPES.CallExpression ? nameOf(node.callee) : '';
}

/** Whether only the payload leaves a claim unknown, and by its names the payload is a record of the database, which carries none. */
export function bringsNoClaims(operation: JwtOperation, name: SettingName, operations: readonly JwtOperation[]): boolean {
  const places = operation.unknownPlaces(name);
  if (places.length === 0 || !places.every(({ at }) => at.startsWith('payload.') || at.startsWith('new(0).'))) return false;
  const payload = payloadNode(operation);
  if (!payload) return false;
  // The callers of this function in the same file say what it is given: they are asked instead.
  if (operations.some((other) => innermost(other) === operation.node && other.node !== operation.node)) return false;
  return isRequestBody(payload) || isRecord(payload, operation.file);
}

function isRequestBody(node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.MemberExpression && node.property.type === AST_NODE_TYPES.Identifier && node.property.name === 'body' && node.object.type === AST_NODE_TYPES.Identifier && /^req(?:uest)?$/.test(node.object.name);
}

function innermost(operation: JwtOperation): TSESTree.Node {
  return operation.wrapped ? innermost(operation.wrapped) : operation.node;
}

function payloadNode(operation: JwtOperation): TSESTree.Node | undefined {
  const argument = operation.argumentNode('payload');
  if (argument) return argument;
  const payload = operation.setting('payload');
  return payload.state === 'set' && payload.file === operation.file ? payload.node : undefined;
}

/** Whether claims can be added to what is signed: libraries refuse them for a payload that is no plain object. */
export function takesClaims(operation: JwtOperation): boolean {
  const payload = operation.argument('payload');
  if (!payload) return true;
  if (possibilities(payload).every((one) => one.kind === 'object')) return true;
  const node = operation.argumentNode('payload');
  return node?.type === AST_NODE_TYPES.CallExpression && node.callee.type === AST_NODE_TYPES.MemberExpression && node.callee.property.type === AST_NODE_TYPES.Identifier && /^to(?:JSON|Object)$/.test(node.callee.property.name);
}
