import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { familyOf, isMixed } from '../algorithms.ts';
import { initialValue, lastName, unwrapped } from './expressions.ts';
import { leaves } from './guards.ts';
import type { SourceFile } from './source-file.ts';

/** What a test compares an expression with, as far as it is written out. */
type Allowed = readonly string[];

/**
 * Whether the algorithm that an expression gives has been compared with the accepted ones on every way to it, so that
 * its origin no longer decides anything. A list that mixes HMAC with others, or holds `none`, settles nothing.
 */
export function isCheckedAlgorithm(expression: TSESTree.Node, file: SourceFile): boolean {
  const node = unwrapped(expression);
  if (node.type === AST_NODE_TYPES.ArrayExpression) return node.elements.every((element) => element !== null && (element.type === AST_NODE_TYPES.Literal || isBounded(element, file)));
  return isBounded(node, file);
}

function isBounded(expression: TSESTree.Node, file: SourceFile): boolean {
  const name = textOf(expression, file);
  for (let node: TSESTree.Node = expression; node.parent; node = node.parent) {
    const { parent } = node;
    if ((parent.type === AST_NODE_TYPES.IfStatement || parent.type === AST_NODE_TYPES.ConditionalExpression) && parent.consequent === node && settles(allowedBy(parent.test, name, true, file))) return true;
    if (parent.type === AST_NODE_TYPES.LogicalExpression && parent.operator === '&&' && parent.right === node && settles(allowedBy(parent.left, name, true, file))) return true;
    if (parent.type !== AST_NODE_TYPES.BlockStatement && parent.type !== AST_NODE_TYPES.Program) continue;
    for (const statement of parent.body.slice(0, parent.body.indexOf(node as TSESTree.Statement))) {
      if (statement.type === AST_NODE_TYPES.IfStatement && leaves(statement.consequent) && settles(allowedBy(statement.test, name, false, file))) return true;
    }
  }
  return false;
}

function settles(allowed: Allowed | undefined): boolean {
  return allowed !== undefined && !isMixed(allowed) && !allowed.some((text) => familyOf(text) === 'none');
}

/** The values, as far as they are written out, that an expression can still have where a test gave `outcome`; undefined where the test does not bound it. */
function allowedBy(test: TSESTree.Node, name: string, outcome: boolean, file: SourceFile): Allowed | undefined {
  const node = unwrapped(test);
  switch (node.type) {
    case AST_NODE_TYPES.UnaryExpression: return node.operator === '!' ? allowedBy(node.argument, name, !outcome, file) : undefined;
    case AST_NODE_TYPES.LogicalExpression: {
      const sides = [node.left, node.right].map((side) => allowedBy(side, name, outcome, file));
      // Both sides hold where `&&` is true or `||` is false: one bound is enough.
      if ((node.operator === '&&') === outcome) return sides.find(settles);
      const [left, right] = sides;
      return left && right ? [...left, ...right] : undefined;
    }
    case AST_NODE_TYPES.BinaryExpression: return allowedByComparison(node, name, outcome, file);
    case AST_NODE_TYPES.CallExpression: return outcome && /^(?:includes|has)$/.test(lastName(node)) ? membersOf(node, name, file) : undefined;
    default: return undefined;
  }
}

function allowedByComparison({ left, right, operator }: TSESTree.BinaryExpression, name: string, outcome: boolean, file: SourceFile): Allowed | undefined {
  const equal = operator === '===' || operator === '==';
  const unequal = operator === '!==' || operator === '!=';
  const call = unwrapped(left);
  if (call.type === AST_NODE_TYPES.CallExpression && lastName(call) === 'indexOf') {
    const limit = file.sourceCode.getText(right as never);
    const absent = (equal && limit === '-1') || (operator === '<' && limit === '0');
    const present = (unequal && limit === '-1') || (operator === '>=' && limit === '0') || (operator === '>' && limit === '-1');
    return (outcome ? present : absent) ? membersOf(call, name, file) : undefined;
  }
  if (!(outcome ? equal : unequal)) return undefined;
  const other = textOf(left, file) === name ? unwrapped(right) : textOf(right, file) === name ? unwrapped(left) : undefined;
  if (other?.type === AST_NODE_TYPES.Literal) return typeof other.value === 'string' ? [other.value] : undefined;
  // A name of something else may hold anything, but not what the token says.
  return other?.type === AST_NODE_TYPES.Identifier || (other?.type === AST_NODE_TYPES.MemberExpression && holderIn(textOf(other, file)) !== holderIn(name)) ? [] : undefined;
}

/** The members of the list or set that a call looks an expression up in. */
function membersOf(call: TSESTree.CallExpression, name: string, file: SourceFile): Allowed | undefined {
  const [argument] = call.arguments;
  if (!argument || textOf(argument, file) !== name || call.callee.type !== AST_NODE_TYPES.MemberExpression) return undefined;
  const list = unwrapped(call.callee.object);
  const written = list.type === AST_NODE_TYPES.Identifier ? unwrapped(initialValue(list, file) ?? list) : list;
  const array = written.type === AST_NODE_TYPES.NewExpression && written.arguments[0] ? unwrapped(written.arguments[0]) : written;
  if (array.type !== AST_NODE_TYPES.ArrayExpression) return holderIn(textOf(list, file)) === holderIn(name) ? undefined : [];
  return array.elements.flatMap((element) => (element?.type === AST_NODE_TYPES.Literal ? [String(element.value)] : []));
}

/** What a name starts with: `header` of `header.alg`, `this.header` of `this.header.alg`. */
function holderIn(name: string): string | undefined {
  return /^(?:this\.)?[^.]+/.exec(name)?.[0];
}

/** Optional chaining and `!` change nothing about what is named. */
function textOf(node: TSESTree.Node, file: SourceFile): string {
  return file.sourceCode.getText(unwrapped(node) as never).replace(/\?\./g, '.').replace(/!(?=\.|$)/g, '');
}
