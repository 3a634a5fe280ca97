import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { walk } from './call-nodes.ts';
import { calledName, endName, writtenName } from './expressions.ts';
import type { JwtOperation } from './operation.ts';
import { enclosingFunction, isFunction, isInside } from './order.ts';
import type { SourceFile } from './source-file.ts';
import type { FunctionValue } from './value.ts';

/**
 * Whether the function around a verification (or its callback) compares a claim of the result itself: `payload.aud !== X`,
 * `payload.aud.includes(X)`. A mere read is no check.
 */
export function isCheckedByHand(operation: JwtOperation, claim: string): boolean {
  return isUsedByHand(operation, claim, isCompared);
}

/** Whether the function around a verification tests that the result carries a claim: `if (!payload.exp) throw …`, or compares it. */
export function isDemandedByHand(operation: JwtOperation, claim: string): boolean {
  return isUsedByHand(operation, claim, (expression) => isCompared(expression) || isTested(expression));
}

function isUsedByHand(operation: JwtOperation, claim: string, counts: (expression: TSESTree.Node) => boolean): boolean {
  const { node, file } = operation;
  const scope = enclosingFunction(node) ?? (file.sourceCode.ast as TSESTree.Node);
  return isInSchema(file, claim) || isLookedAt(scope, file, claim, counts, node.range[0]) || checkingFunctions(operation, scope).some((checker) => isLookedAt(checker.node, checker.file, claim, counts));
}

/** Whether a claim that is read in a function, behind an offset in its file, is put to a use that counts, also through a constant. */
function isLookedAt(scope: TSESTree.Node, file: SourceFile, claim: string, counts: (expression: TSESTree.Node) => boolean, behind = 0): boolean {
  const names = new Set<string>();
  let found = false;
  walk(scope, file.sourceCode.visitorKeys, (node) => {
    if (node.type === AST_NODE_TYPES.MemberExpression && writtenName(node) === claim && node.range[0] > behind) {
      const kept = keptIn(node);
      if (kept) names.add(kept);
      found ||= counts(node);
    }
    if (node.range[0] > behind && asksForProperty(node, claim)) found ||= counts(node);
    if (node.type === AST_NODE_TYPES.Property && node.parent.type === AST_NODE_TYPES.ObjectPattern && !node.computed && node.key.type === AST_NODE_TYPES.Identifier && node.key.name === claim && node.value.type === AST_NODE_TYPES.Identifier) names.add(node.value.name);
    if (node.type === AST_NODE_TYPES.Identifier && names.has(node.name) && node.parent.type !== AST_NODE_TYPES.Property) found ||= counts(node);
  });
  return found;
}

/** `'exp' in claims`, `Object.hasOwn(claims, 'exp')`, `claims.hasOwnProperty('exp')`. */
function asksForProperty(node: TSESTree.Node, claim: string): boolean {
  const isClaim = (one: TSESTree.Node | undefined) => one?.type === AST_NODE_TYPES.Literal && one.value === claim;
  if (node.type === AST_NODE_TYPES.BinaryExpression) return node.operator === 'in' && isClaim(node.left);
  return node.type === AST_NODE_TYPES.CallExpression && /(?:^|\.)hasOwn(?:Property(?:\.call)?)?$/.test(calledName(node)) && isClaim(node.arguments.at(-1));
}

/** The constant that a claim, or a list made of it, is put in before it is looked at. */
function keptIn(claim: TSESTree.MemberExpression): string | undefined {
  let node: TSESTree.Node = claim;
  for (let parent: TSESTree.Node | undefined = node.parent; parent; node = parent, parent = node.parent) {
    if (parent.type === AST_NODE_TYPES.VariableDeclarator) return parent.init === node && parent.id.type === AST_NODE_TYPES.Identifier ? parent.id.name : undefined;
    const wraps = parent.type === AST_NODE_TYPES.CallExpression && parent.callee !== node && WRAPPING.test(endName(parent.callee));
    const same = parent.type === AST_NODE_TYPES.ChainExpression || parent.type === AST_NODE_TYPES.TSAsExpression || parent.type === AST_NODE_TYPES.TSNonNullExpression || parent.type === AST_NODE_TYPES.ConditionalExpression || parent.type === AST_NODE_TYPES.ArrayExpression;
    if (!wraps && !same) return undefined;
  }
  return undefined;
}

/** Functions of the project that are handed the result of the verification: `assertAudience(claims)`. */
function checkingFunctions(operation: JwtOperation, scope: TSESTree.Node): readonly FunctionValue[] {
  const { node, file } = operation;
  const results = new Set<string>();
  const found: FunctionValue[] = [];
  walk(scope, file.sourceCode.visitorKeys, (inner) => {
    if (inner.type === AST_NODE_TYPES.VariableDeclarator && inner.init && isInside(node, inner.init)) {
      if (inner.id.type === AST_NODE_TYPES.Identifier) results.add(inner.id.name);
      if (inner.id.type === AST_NODE_TYPES.ObjectPattern) for (const property of inner.id.properties) if (property.type === AST_NODE_TYPES.Property && property.value.type === AST_NODE_TYPES.Identifier) results.add(property.value.name);
    }
    if (isFunction(inner) && node.arguments.includes(inner as TSESTree.CallExpressionArgument)) for (const parameter of inner.params) if (parameter.type === AST_NODE_TYPES.Identifier) results.add(parameter.name);
    if (inner.type !== AST_NODE_TYPES.CallExpression || inner === node) return;
    const handed = inner.arguments.some((argument) => isHanded(argument, results) || (argument.type !== AST_NODE_TYPES.SpreadElement && !isFunction(argument) && isInside(node, argument)));
    const target = handed ? operation.evaluate(inner.callee) : undefined;
    if (target?.kind === 'function') found.push(target);
  });
  return found;
}

function isHanded(argument: TSESTree.Node, results: ReadonlySet<string>): boolean {
  if (argument.type === AST_NODE_TYPES.TSAsExpression) return isHanded(argument.expression, results);
  return argument.type === AST_NODE_TYPES.MemberExpression ? isHanded(argument.object, results) : argument.type === AST_NODE_TYPES.Identifier && results.has(argument.name);
}

/** Whether an expression decides a condition by being there, or by being before or after another. */
function isTested(expression: TSESTree.Node): boolean {
  let node = expression;
  for (let parent = node.parent; parent; node = parent, parent = node.parent) {
    switch (parent.type) {
      case AST_NODE_TYPES.IfStatement:
      case AST_NODE_TYPES.ConditionalExpression:
        return parent.test === node;
      case AST_NODE_TYPES.BinaryExpression:
        if (['<', '>', '<=', '>='].includes(parent.operator)) return true;
        continue;
      case AST_NODE_TYPES.LogicalExpression:
      case AST_NODE_TYPES.UnaryExpression:
      case AST_NODE_TYPES.ChainExpression:
      case AST_NODE_TYPES.TSNonNullExpression:
      case AST_NODE_TYPES.TSAsExpression:
        continue;
      default:
        return false;
    }
  }
  return false;
}

const WRAPPING = /^(?:concat|of|from|String|Number|flat|castArray|Set)$/;

/** Whether an expression is compared, tested for membership, or handed to a function that tests. */
function isCompared(expression: TSESTree.Node): boolean {
  let node = expression;
  for (let parent = node.parent; parent; node = parent, parent = node.parent) {
    switch (parent.type) {
      case AST_NODE_TYPES.SwitchStatement:
        return parent.discriminant === node;
      case AST_NODE_TYPES.BinaryExpression:
        return ['===', '!==', '==', '!=', 'in'].includes(parent.operator);
      case AST_NODE_TYPES.MemberExpression:
        if (parent.object !== node || parent.parent.type !== AST_NODE_TYPES.CallExpression) return false;
        return parent.property.type === AST_NODE_TYPES.Identifier && /^(?:includes|some|every|has|indexOf|startsWith|equals)$/.test(parent.property.name);
      case AST_NODE_TYPES.CallExpression:
        // `[].concat(aud).includes(…)`, `String(iss) === …`: still the claim.
        if (parent.callee !== node && WRAPPING.test(endName(parent.callee))) continue;
        return parent.arguments.includes(node as TSESTree.CallExpressionArgument) && /(?:includes|has|test|equals?|assert|match|check|verify|valid|isArray|expect)\w*$/i.test(endName(parent.callee));
      case AST_NODE_TYPES.ChainExpression:
      case AST_NODE_TYPES.TSNonNullExpression:
      case AST_NODE_TYPES.TSAsExpression:
      case AST_NODE_TYPES.UnaryExpression:
      case AST_NODE_TYPES.ConditionalExpression:
      case AST_NODE_TYPES.ArrayExpression:
        continue;
      default:
        return false;
    }
  }
  return false;
}

/** Whether a schema of the file names the claim with a rule of its own: `z.object({ aud: z.literal('api') })`. */
function isInSchema({ sourceCode }: JwtOperation['file'], claim: string): boolean {
  if (!sourceCode.text.includes(claim)) return false;
  let found = false;
  walk(sourceCode.ast as TSESTree.Node, sourceCode.visitorKeys, (node) => {
    if (node.type !== AST_NODE_TYPES.Property || node.computed || node.key.type !== AST_NODE_TYPES.Identifier || node.key.name !== claim || node.value.type !== AST_NODE_TYPES.CallExpression) return;
    const call = node.parent.parent;
    found ||= call?.type === AST_NODE_TYPES.CallExpression && /^(?:object|Object|strictObject|looseObject|struct|shape|keys|type)$/.test(endName(call.callee));
  });
  return found;
}
