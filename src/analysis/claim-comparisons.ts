import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf } from './call-nodes.ts';
import { endName, initialValue, lastName, unwrapped, writtenName } from './expressions.ts';
import { isInside } from './order.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { possibilities, type TimeUnit, type Value } from './value.ts';
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
/** Names of calls and objects that an `exp` is taken out of as a claim. */
const FROM_TOKEN = /decod|verify|payload|claim|token|jwt|parse/i;

/** Comparisons of `exp`, `nbf` or `iat` with `Date.now()` in which the unit of one side is wrong. `reads` are the calls that give claims. */
export function* unitClashes(file: SourceFile, reader: Reader, reads: ReadonlySet<TSESTree.Node>): Iterable<UnitClash> {
  for (const node of nodesOf(file)) {
    if (node.type !== AST_NODE_TYPES.BinaryExpression || !OPERATORS.has(node.operator)) continue;
    for (const [side, other] of [[node.left, node.right], [node.right, node.left]] as const) {
      const name = claimOf(side, file, reads);
      // A file that makes its own `exp` in milliseconds compares a thing of its own, no claim of RFC 7519.
      if (name === undefined || writesMilliseconds(name, file, reader)) continue;
      if (isInstant(reader.evaluate(other, file), ['ms', 'date'])) yield { claim: side, name, comparison: node };
    }
  }
}

function writesMilliseconds(name: string, file: SourceFile, reader: Reader): boolean {
  return nodesOf(file).some((node) => node.type === AST_NODE_TYPES.Property && node.parent.type === AST_NODE_TYPES.ObjectExpression && writtenName(node) === name && isInstant(reader.evaluate(node.value, file), ['ms']));
}

/** Whether a value is surely a point in time, in one of these units. */
function isInstant(value: Value, units: readonly TimeUnit[]): boolean {
  const times = possibilities(value);
  return times.length > 0 && times.every((time) => time.kind === 'instant' && units.includes(time.unit));
}

/** The name of the claim that an expression is, with nothing done to it. */
function claimOf(expression: TSESTree.Node, file: SourceFile, reads: ReadonlySet<TSESTree.Node>): string | undefined {
  const node = unwrapped(expression);
  switch (node.type) {
    case AST_NODE_TYPES.LogicalExpression: return claimOf(node.left, file, reads);
    case AST_NODE_TYPES.MemberExpression: return HOLDER.test(holderName(node.object)) || isRead(node.object, file, reads) ? timeClaim(node) : undefined;
    case AST_NODE_TYPES.Identifier: {
      const [definition] = variableOf(node, file)?.defs ?? [];
      const declaration = definition?.node as TSESTree.Node | undefined;
      if (declaration?.type !== AST_NODE_TYPES.VariableDeclarator || !declaration.init || declaration.parent.kind !== 'const') return undefined;
      const init = unwrapped(declaration.init);
      if (declaration.id.type !== AST_NODE_TYPES.ObjectPattern) return init.type === AST_NODE_TYPES.MemberExpression ? claimOf(init, file, reads) : undefined;
      // `const { exp: expiry } = decode(token)`
      const taken = declaration.id.properties.find((property) => property.type === AST_NODE_TYPES.Property && isInside(definition?.name as TSESTree.Node, property.value));
      return taken?.type === AST_NODE_TYPES.Property && (FROM_TOKEN.test(holderName(init)) || isRead(init, file, reads)) ? timeClaim(taken) : undefined;
    }
    default: return undefined;
  }
}

/** Whether an expression is what a call that gives claims returned. */
function isRead(node: TSESTree.Node, file: SourceFile, reads: ReadonlySet<TSESTree.Node>): boolean {
  return reads.has(unwrapped(node.type === AST_NODE_TYPES.Identifier ? initialValue(node, file) ?? node : node));
}

function timeClaim(node: TSESTree.MemberExpression | TSESTree.Property): string | undefined {
  const name = writtenName(node);
  return name === 'exp' || name === 'nbf' || name === 'iat' ? name : undefined;
}

/** What holds a claim is called so, or is called. */
function holderName(node: TSESTree.Node): string {
  const plain = unwrapped(node);
  return plain.type === AST_NODE_TYPES.CallExpression ? lastName(plain) : endName(plain);
}
