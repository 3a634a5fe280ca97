import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { isExit } from './invocations.ts';
import { endName } from './expressions.ts';
import { effectOf } from './order.ts';
import { nodesOf } from './call-nodes.ts';
import type { SourceFile } from './source-file.ts';
import type { Value } from './value.ts';

/** Marks readings of the environment or a configuration as certain, where the program refuses to go on without them. */
export function guaranteed(value: Value): Value {
  if (value.kind === 'environment' || value.kind === 'configuration') return { ...value, guaranteed: true };
  if (value.kind !== 'union') return value;
  // An empty fallback only keeps the types quiet: the check refuses it too.
  const kept = value.how === 'fallback' ? value.members.filter((member) => !(member.kind === 'primitive' && (member.value === '' || member.value === undefined || member.value === null))) : value.members;
  return { ...value, members: (kept.length > 0 ? kept : value.members).map(guaranteed) };
}

export function needsGuarantee(value: Value): boolean {
  if (value.kind === 'environment' || value.kind === 'configuration') return !value.guaranteed;
  return value.kind === 'union' && value.members.some(needsGuarantee);
}

/** Whether a variable is tested before a use, in a way that leaves when it is missing. */
export function isGuardedVariable(variable: TSESLint.Scope.Variable, use: TSESTree.Node): boolean {
  return variable.references.some((reference) => {
    const identifier = reference.identifier as TSESTree.Node;
    const guard = identifier === use ? undefined : guardAround(identifier);
    return guard !== undefined && effectOf(guard, use) !== 'never';
  });
}

const guardedNames = new WeakMap<SourceFile, ReadonlySet<string>>();

/** Names of environment variables that the file checks at its top level: `if (!process.env.JWT_SECRET) throw …`. */
export function guardedEnvironment(file: SourceFile): ReadonlySet<string> {
  const known = guardedNames.get(file);
  if (known) return known;
  const names = new Set<string>();
  nodesOf(file).forEach((node) => {
    if (node.type !== AST_NODE_TYPES.MemberExpression || node.object.type !== AST_NODE_TYPES.MemberExpression) return;
    const name = node.computed ? (node.property.type === AST_NODE_TYPES.Literal ? String(node.property.value) : undefined) : (node.property as TSESTree.Identifier).name;
    if (name !== undefined && /^(?:process|Bun)\.env$|^import\.meta\.env$/.test(file.sourceCode.getText(node.object as never)) && guardAround(node)) names.add(name);
  });
  guardedNames.set(file, names);
  return names;
}

/** The statement that leaves when an expression is missing, if the expression stands in such a test. */
export function guardAround(expression: TSESTree.Node): TSESTree.Node | undefined {
  let test = expression;
  let negated = false;
  for (let parent = test.parent; parent; test = parent, parent = test.parent) {
    switch (parent.type) {
      case AST_NODE_TYPES.UnaryExpression:
        if (parent.operator === '!') negated = !negated;
        else if (parent.operator !== 'typeof') return undefined;
        continue;
      case AST_NODE_TYPES.BinaryExpression: {
        const other = parent.left === test ? parent.right : parent.left;
        if (parent.operator === '===' || parent.operator === '==') negated = isMissingLiteral(other);
        else if (parent.operator === '<' || parent.operator === '<=') negated = true;
        else return undefined;
        continue;
      }
      case AST_NODE_TYPES.MemberExpression:
        if (parent.object !== test || !(parent.property.type === AST_NODE_TYPES.Identifier && parent.property.name === 'length')) return undefined;
        continue;
      case AST_NODE_TYPES.LogicalExpression:
        if (parent.operator === '||' && negated) continue;
        return undefined;
      case AST_NODE_TYPES.IfStatement:
        return parent.test === test && negated && leaves(parent.consequent) ? parent : undefined;
      case AST_NODE_TYPES.CallExpression:
        return parent.arguments[0] === test && !negated && /(?:^|\.)(?:assert|ok|invariant|strict|check|required?)$/.test(endName(parent.callee)) ? parent : undefined;
      case AST_NODE_TYPES.ChainExpression:
      case AST_NODE_TYPES.TSNonNullExpression:
        continue;
      default:
        return undefined;
    }
  }
  return undefined;
}

function isMissingLiteral(node: TSESTree.Node): boolean {
  return (node.type === AST_NODE_TYPES.Identifier && node.name === 'undefined') || (node.type === AST_NODE_TYPES.Literal && (node.value === null || node.value === '' || node.value === 'undefined'));
}

/** Whether a statement does not let control go on: it throws, returns, or ends the process. */
export function leaves(statement: TSESTree.Statement): boolean {
  switch (statement.type) {
    case AST_NODE_TYPES.ThrowStatement:
    case AST_NODE_TYPES.ReturnStatement:
    case AST_NODE_TYPES.ContinueStatement: return true;
    case AST_NODE_TYPES.BlockStatement: return statement.body.some(leaves);
    case AST_NODE_TYPES.ExpressionStatement: return isExit(statement.expression);
    default: return false;
  }
}
