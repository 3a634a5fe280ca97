import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf } from './call-nodes.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { possibilities } from './value.ts';
import { variableOf } from './variables.ts';

/** A time claim (RFC 7519: seconds) that is compared with, or subtracted from, the time in milliseconds. */
export interface UnitClash {
  /** `decoded.exp`, as written. */
  readonly claim: TSESTree.Node;
  readonly name: string;
  readonly comparison: TSESTree.BinaryExpression;
}

const OPERATORS = new Set(['<', '>', '<=', '>=', '-']);
/** Names of what holds claims; `exp` of anything else may be a cookie's or a game's. */
const HOLDER = /decod|payload|claim|token|jwt|pars|user|session|auth|data|res(?:ult|ponse)?$|body|info|verif|identity|me$/i;

/** Comparisons of `exp`, `nbf` or `iat` with `Date.now()` in which the unit of one side is wrong. `reads` are the calls that give claims. */
export function* unitClashes(file: SourceFile, reader: Reader, reads: ReadonlySet<TSESTree.Node>): Iterable<UnitClash> {
  const found: UnitClash[] = [];
  const written = new Map<string, boolean>();
  // A file that makes its own `exp` in milliseconds compares a thing of its own, no claim of RFC 7519.
  const isWrittenInMilliseconds = (name: string): boolean => {
    const known = written.get(name) ?? writesMilliseconds(name, file, reader);
    written.set(name, known);
    return known;
  };
  nodesOf(file).forEach((node) => {
    if (node.type !== AST_NODE_TYPES.BinaryExpression || !OPERATORS.has(node.operator)) return;
    for (const [side, other] of [[node.left, node.right], [node.right, node.left]] as const) {
      const claim = claimOf(side, file, reads);
      if (claim === undefined || isWrittenInMilliseconds(claim)) continue;
      const times = possibilities(reader.evaluate(other, file));
      if (times.length > 0 && times.every((time) => time.kind === 'instant' && time.unit !== 's')) found.push({ claim: side, name: claim, comparison: node });
    }
  });
  yield* found;
}

function writesMilliseconds(name: string, file: SourceFile, reader: Reader): boolean {
  let found = false;
  nodesOf(file).forEach((node) => {
    if (found || node.type !== AST_NODE_TYPES.Property || node.computed || node.key.type !== AST_NODE_TYPES.Identifier || node.key.name !== name || node.parent.type !== AST_NODE_TYPES.ObjectExpression) return;
    const times = possibilities(reader.evaluate(node.value, file));
    found = times.length > 0 && times.every((time) => time.kind === 'instant' && time.unit === 'ms');
  });
  return found;
}

/** The name of the claim that an expression is, with nothing done to it. */
function claimOf(node: TSESTree.Node, file: SourceFile, reads: ReadonlySet<TSESTree.Node>): string | undefined {
  switch (node.type) {
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.ChainExpression:
      return claimOf(node.expression, file, reads);
    case AST_NODE_TYPES.LogicalExpression:
      return claimOf(node.left, file, reads);
    case AST_NODE_TYPES.MemberExpression:
      return !node.computed && node.property.type === AST_NODE_TYPES.Identifier && isTimeClaim(node.property.name) && (HOLDER.test(lastName(node.object)) || isRead(node.object, file, reads)) ? node.property.name : undefined;
    case AST_NODE_TYPES.Identifier: {
      // `const { exp } = decode(token)`
      const [definition] = variableOf(node, file)?.defs ?? [];
      const declaration = definition?.node as TSESTree.Node | undefined;
      if (declaration?.type !== AST_NODE_TYPES.VariableDeclarator || !declaration.init) return undefined;
      if (declaration.id.type === AST_NODE_TYPES.ObjectPattern) return isTimeClaim(node.name) && /decod|verify|payload|claim|token|jwt|parse/i.test(lastName(unawaited(declaration.init))) ? node.name : undefined;
      return declaration.parent.kind === 'const' && declaration.init.type === AST_NODE_TYPES.MemberExpression ? claimOf(declaration.init, file, reads) : undefined;
    }
    default: return undefined;
  }
}

/** Whether an identifier is what a call that gives claims returned. */
function isRead(node: TSESTree.Node, file: SourceFile, reads: ReadonlySet<TSESTree.Node>): boolean {
  if (node.type !== AST_NODE_TYPES.Identifier) return reads.has(unawaited(node));
  const declaration = variableOf(node, file)?.defs[0]?.node as TSESTree.Node | undefined;
  return declaration?.type === AST_NODE_TYPES.VariableDeclarator && declaration.init !== null && reads.has(unawaited(declaration.init));
}

function isTimeClaim(name: string): boolean {
  return name === 'exp' || name === 'nbf' || name === 'iat';
}

function unawaited(node: TSESTree.Node): TSESTree.Node {
  return node.type === AST_NODE_TYPES.AwaitExpression ? node.argument : node.type === AST_NODE_TYPES.TSAsExpression || node.type === AST_NODE_TYPES.TSNonNullExpression ? unawaited(node.expression) : node;
}

function lastName(node: TSESTree.Node): string {
  switch (node.type) {
    case AST_NODE_TYPES.Identifier: return node.name;
    case AST_NODE_TYPES.MemberExpression: return !node.computed && node.property.type === AST_NODE_TYPES.Identifier ? node.property.name : '';
    case AST_NODE_TYPES.CallExpression: return lastName(node.callee);
    case AST_NODE_TYPES.ChainExpression:
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.TSAsExpression: return lastName(node.expression);
    case AST_NODE_TYPES.AwaitExpression: return lastName(node.argument);
    default: return '';
  }
}
