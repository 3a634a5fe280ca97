import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { familyOf } from '../algorithms.ts';
import { nodesOf } from './call-nodes.ts';
import { calledName, writtenName } from './expressions.ts';
import { isInside } from './order.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { possibilities } from './value.ts';
import { variableOf } from './variables.ts';

/** Headers with the algorithm `none` that a file encodes and puts into a token by hand; calls of libraries are left out. */
export function unsignedHeaders(reader: Reader, file: SourceFile, calls: readonly TSESTree.Node[]): readonly TSESTree.ObjectExpression[] {
  return nodesOf(file).filter((node) => node.type === AST_NODE_TYPES.ObjectExpression)
    .filter((node) => namesNone(node, reader, file) && !calls.some((call) => isInside(node, call)) && isPutIntoToken(node, false, reader, file, 0));
}

function namesNone({ properties }: TSESTree.ObjectExpression, reader: Reader, file: SourceFile): boolean {
  return properties.some((property) => {
    if (property.type !== AST_NODE_TYPES.Property || writtenName(property) !== 'alg') return false;
    const algorithm = reader.evaluate(property.value, file);
    return algorithm.kind === 'primitive' && typeof algorithm.value === 'string' && familyOf(algorithm.value) === 'none';
  });
}

/** Variables and calls are followed this deep. */
const MAX_DEPTH = 12;
const ENCODING = /(?:^|\.)(?:JSON\.stringify|stringify|btoa|Buffer\.from|encode\w*|\w*base64\w*|\w*b64\w*)$/i;
const ENCODER = /base64|btoa/i;

/** Whether an expression is encoded on its way into text with dots between its parts: `header.claims.`. */
function isPutIntoToken(node: TSESTree.Node, isEncoded: boolean, reader: Reader, file: SourceFile, depth: number): boolean {
  const { parent } = node;
  if (!parent || depth > MAX_DEPTH) return false;
  const goOn = (next: TSESTree.Node, encoded = isEncoded) => isPutIntoToken(next, encoded, reader, file, depth + 1);
  switch (parent.type) {
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.TSSatisfiesExpression:
    case AST_NODE_TYPES.TSNonNullExpression: return goOn(parent);
    case AST_NODE_TYPES.VariableDeclarator:
      return parent.init === node && parent.id.type === AST_NODE_TYPES.Identifier
        && (variableOf(parent.id, file)?.references ?? []).some((reference) => reference.isRead() && goOn(reference.identifier as TSESTree.Node));
    case AST_NODE_TYPES.CallExpression:
      return parent.arguments.includes(node as TSESTree.CallExpressionArgument) && encodes(parent, reader, file) && goOn(parent, true);
    case AST_NODE_TYPES.MemberExpression: {
      // `.toString('base64url')`, `.replace(/=+$/, '')`
      const call = parent.object === node ? parent.parent : undefined;
      return call?.type === AST_NODE_TYPES.CallExpression && call.callee === parent && goOn(call);
    }
    case AST_NODE_TYPES.TemplateLiteral: return isEncoded && parent.quasis.some(({ value }) => value.raw.startsWith('.'));
    case AST_NODE_TYPES.BinaryExpression: return parent.operator === '+' && isEncoded && (startsWithDot(parent.right) || goOn(parent));
    case AST_NODE_TYPES.ArrayExpression: return isEncoded && isJoinedByDots(parent);
    default: return false;
  }
}

/** Whether a call turns what it is given into text, by its name or by what a function of the project does. */
function encodes(call: TSESTree.CallExpression, reader: Reader, file: SourceFile): boolean {
  return ENCODING.test(calledName(call)) || possibilities(reader.evaluate(call.callee, file)).some((one) => one.kind === 'function' && ENCODER.test(one.file.sourceCode.getText(one.node as never)));
}

function startsWithDot(node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.Literal ? String(node.value).startsWith('.') : node.type === AST_NODE_TYPES.TemplateLiteral && node.quasis[0]?.value.raw.startsWith('.') === true;
}

/** `[header, claims, ''].join('.')` */
function isJoinedByDots({ parent }: TSESTree.ArrayExpression): boolean {
  if (parent.type !== AST_NODE_TYPES.MemberExpression || writtenName(parent) !== 'join' || parent.parent.type !== AST_NODE_TYPES.CallExpression) return false;
  const [separator] = parent.parent.arguments;
  return separator?.type === AST_NODE_TYPES.Literal && separator.value === '.';
}
