import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf } from '../../analysis/call-nodes.ts';
import { writtenName } from '../../analysis/expressions.ts';
import { quote } from '../../remedies/style.ts';
import type { Rewriting } from '../rewriting.ts';
import type { NeededNames } from './names.ts';

/** The classes of errors that jsonwebtoken throws; all of them are kinds of the first. */
export const ERROR_CLASSES = ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** Messages by which programs tell its errors apart. */
const MESSAGE = /^(?:jwt (?:expired|malformed|not active|must be provided|must be a string|signature is required|audience invalid|issuer invalid|subject invalid)|invalid (?:signature|token|algorithm)|maxAge exceeded)/;

export function isErrorClass(name: string | undefined): name is ErrorClass {
  return ERROR_CLASSES.some((one) => one === name);
}

/** Rewrites `error instanceof TokenExpiredError`; any other use of a class is refused. */
export function rewriteErrorClass(use: TSESTree.Node, name: ErrorClass, names: NeededNames, rewriting: Rewriting): void {
  const { parent } = use;
  if (parent?.type !== AST_NODE_TYPES.BinaryExpression || parent.operator !== 'instanceof' || parent.right !== use) {
    rewriting.refuse(use, `\`${name}\` is used for more than \`instanceof\`.`);
    return;
  }
  const errors = names.jose('errors');
  if (name === 'TokenExpiredError') rewriting.replace(use.range, `${errors}.JWTExpired`);
  else if (name === 'JsonWebTokenError') rewriting.replace(use.range, `${errors}.JOSEError`);
  else rewriting.replace(parent.range, `(${rewriting.text(parent.left)} instanceof ${errors}.JWTClaimValidationFailed && ${rewriting.text(parent.left)}.claim === ${quote('nbf', rewriting.file)})`);
}

/** Rewrites `error.name === 'TokenExpiredError'`; names and messages of errors in any other place are refused. */
export function rewriteErrorNames(names: NeededNames, rewriting: Rewriting): void {
  for (const node of nodesOf(rewriting.file)) {
    if (node.type === AST_NODE_TYPES.MemberExpression && writtenName(node) === 'expiredAt') rewriting.refuse(node, 'Errors of jose do not say `expiredAt`.');
    if (node.type !== AST_NODE_TYPES.Literal || typeof node.value !== 'string') continue;
    const { parent } = node;
    if (isErrorClass(node.value)) {
      if (!rewriteComparison(parent, node.value, names, rewriting)) rewriting.refuse(node, `Errors are told apart by the name \`${node.value}\` in a way that is not carried over.`);
    } else if (MESSAGE.test(node.value) && isCompared(parent, node)) {
      rewriting.refuse(node, 'Errors are told apart by the text of their messages, which is another one in jose.');
    }
  }
}

function isCompared(parent: TSESTree.Node, literal: TSESTree.Node): boolean {
  if (parent.type === AST_NODE_TYPES.BinaryExpression) return /^[!=]==?$/.test(parent.operator);
  if (parent.type === AST_NODE_TYPES.SwitchCase) return parent.test === literal;
  return parent.type === AST_NODE_TYPES.CallExpression && parent.callee.type === AST_NODE_TYPES.MemberExpression && writtenName(parent.callee) === 'includes';
}

function rewriteComparison(comparison: TSESTree.Node, name: ErrorClass, names: NeededNames, rewriting: Rewriting): boolean {
  if (comparison.type !== AST_NODE_TYPES.BinaryExpression || !/^[!=]==?$/.test(comparison.operator) || comparison.left.type !== AST_NODE_TYPES.MemberExpression || writtenName(comparison.left) !== 'name') return false;
  const { left, operator } = comparison;
  const error = rewriting.text(left.object);
  const isNot = operator.startsWith('!');
  const code = (text: string) => `${error}.code ${isNot ? '!==' : '==='} ${quote(text, rewriting.file)}`;
  if (name === 'TokenExpiredError') {
    rewriting.replace([left.property.range[0], comparison.range[1]], code('ERR_JWT_EXPIRED').slice(error.length + 1));
  } else if (name === 'JsonWebTokenError') {
    // The name is that of the class itself: an expired token has another one.
    const all = `${error} instanceof ${names.jose('errors')}.JOSEError && ${error}.code !== ${quote('ERR_JWT_EXPIRED', rewriting.file)}`;
    rewriting.replace(comparison.range, isNot ? `!(${all})` : isOperand(comparison) ? `(${all})` : all);
  } else {
    const all = `${error}.code === ${quote('ERR_JWT_CLAIM_VALIDATION_FAILED', rewriting.file)} && ${error}.claim === ${quote('nbf', rewriting.file)}`;
    rewriting.replace(comparison.range, isNot ? `!(${all})` : isOperand(comparison) ? `(${all})` : all);
  }
  return true;
}

/** Whether an expression stands in another, where `&&` would bind differently. */
function isOperand({ parent }: TSESTree.Node): boolean {
  return parent?.type === AST_NODE_TYPES.LogicalExpression || parent?.type === AST_NODE_TYPES.UnaryExpression || parent?.type === AST_NODE_TYPES.BinaryExpression || parent?.type === AST_NODE_TYPES.ConditionalExpression;
}
