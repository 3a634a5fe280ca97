import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { isExit } from './invocations.ts';
import { endName, writtenName } from './expressions.ts';
import { effectOf, isInside } from './order.ts';
import { nodesOf } from './call-nodes.ts';
import { onceFor } from './once-for.ts';
import type { SourceFile } from './source-file.ts';
import type { PrimitiveValue, UnionValue, Value } from './value.ts';

/** Marks readings of the environment or a configuration as certain, where the program refuses to go on without them. */
export function guaranteed(value: Value): Value {
  if (value.kind === 'environment' || value.kind === 'configuration') return { ...value, guaranteed: true };
  if (value.kind !== 'union') return value;
  // An empty fallback only keeps the types quiet: the check refuses it too.
  return { ...value, members: value.members.filter((member) => !isEmptyFallback(value, member)).map(guaranteed) };
}

export function needsGuarantee(value: Value): boolean {
  if (value.kind === 'environment' || value.kind === 'configuration') return !value.guaranteed;
  return value.kind === 'union' && value.members.some(needsGuarantee);
}

function isEmptyFallback({ how }: UnionValue, member: Value): member is PrimitiveValue {
  return (how === 'fallback' || how === 'default') && member.kind === 'primitive' && (member.value === '' || member.value === undefined || member.value === null);
}

/** Whether the program has left before a use of a variable where its value is missing, or does not come to the use then. */
export function isGuardedVariable(variable: TSESLint.Scope.Variable, use: TSESTree.Node, value: Value): boolean {
  const empty = value.kind === 'union' ? value.members.flatMap((member) => (isEmptyFallback(value, member) ? [member.value] : [])) : [];
  return variable.references.some((reference) => {
    const identifier = reference.identifier as TSESTree.Node;
    return identifier !== use && (empty.length > 0 ? empty : [undefined]).every((missing) => isGuard(identifier, missing, use));
  });
}

function isGuard(tested: TSESTree.Node, missing: Missing, use: TSESTree.Node): boolean {
  const guard = guardAround(tested, missing);
  if (guard) return effectOf(guard, use) !== 'never';
  const test = testAround(tested, missing);
  return test !== undefined && isInBranch(use, test);
}

/** `if (secret) { … }`: the branch that is only taken where the value is there. */
function isInBranch(use: TSESTree.Node, { parent, gives }: MissingTest): boolean {
  if (parent.type !== AST_NODE_TYPES.IfStatement && parent.type !== AST_NODE_TYPES.ConditionalExpression) return false;
  const branch = gives ? parent.alternate : parent.consequent;
  return branch !== null && isInside(use, branch);
}

const guardedNames = new WeakMap<SourceFile, ReadonlySet<string>>();

/** Names of environment variables that the file checks at its top level: `if (!process.env.JWT_SECRET) throw …`. */
export function guardedEnvironment(file: SourceFile): ReadonlySet<string> {
  return onceFor(guardedNames, file, () => new Set(nodesOf(file).flatMap((node) => {
    if (node.type !== AST_NODE_TYPES.MemberExpression || !/^(?:process|Bun)\.env$|^import\.meta\.env$/.test(file.sourceCode.getText(node.object as never))) return [];
    const name = writtenName(node);
    return name !== undefined && guardAround(node) ? [name] : [];
  })));
}

/** What stands in the place of a value that is missing, or what a test makes of it. */
type Missing = PrimitiveValue['value'];

/** A test of a value that may be missing: the expression that is asked, what asks it, and what it gives where the value is missing. */
interface MissingTest {
  readonly node: TSESTree.Node;
  readonly parent: TSESTree.Node;
  readonly gives: Missing;
}

/** The statement that leaves when an expression is missing, if the expression stands in such a test. */
export function guardAround(expression: TSESTree.Node, missing?: Missing): TSESTree.Node | undefined {
  const test = testAround(expression, missing);
  if (!test) return undefined;
  const { node, parent, gives } = test;
  switch (parent.type) {
    case AST_NODE_TYPES.IfStatement: {
      const taken = gives ? parent.consequent : parent.alternate;
      return taken && leaves(taken) ? parent : undefined;
    }
    case AST_NODE_TYPES.CallExpression:
      return parent.arguments[0] === node && !gives && /^(?:assert|ok|invariant|strict|check|required?)$/.test(endName(parent.callee)) ? parent : undefined;
    default:
      return undefined;
  }
}

/** Follows what is made of a missing value up to what asks for it; undefined where that depends on something else. */
function testAround(node: TSESTree.Node, gives: Missing, inChain = false): MissingTest | undefined {
  const { parent } = node;
  switch (parent?.type) {
    case AST_NODE_TYPES.ChainExpression:
    case AST_NODE_TYPES.TSNonNullExpression:
      return testAround(parent, gives);
    case AST_NODE_TYPES.UnaryExpression:
      if (parent.operator === '!') return testAround(parent, !gives);
      return parent.operator === 'typeof' ? testAround(parent, typeof gives) : undefined;
    case AST_NODE_TYPES.BinaryExpression: {
      const outcome = compared(parent, node, gives);
      return outcome === undefined ? undefined : testAround(parent, outcome);
    }
    case AST_NODE_TYPES.LogicalExpression: {
      const isLeft = parent.left === node;
      const decides = parent.operator === '||' ? Boolean(gives) : parent.operator === '&&' ? !gives : isLeft && gives !== undefined && gives !== null;
      if (decides) return testAround(parent, gives);
      const other = literalIn(parent.right);
      return other && testAround(parent, other.value);
    }
    case AST_NODE_TYPES.MemberExpression: {
      // Behind `?.` the rest of the chain is not read; without it the program ends here, as it does where the text is empty.
      const isSkipped = gives === undefined && (parent.optional || inChain);
      const name = parent.object === node ? writtenName(parent) : undefined;
      if (name === 'length') return testAround(parent, isSkipped ? undefined : 0);
      return name === 'trim' ? testAround(parent, isSkipped ? undefined : '') : undefined;
    }
    case AST_NODE_TYPES.CallExpression:
      if (parent.callee === node) return testAround(parent, gives, true);
      return endName(parent.callee) === 'Boolean' ? testAround(parent, Boolean(gives)) : { node, parent, gives };
    default:
      return parent && { node, parent, gives };
  }
}

/** What a comparison gives; a length is compared with one that is more than nothing. */
function compared({ left, right, operator }: TSESTree.BinaryExpression, node: TSESTree.Node, gives: Missing): boolean | undefined {
  const other = literalIn(left === node ? right : left);
  const same = other && (operator === '==' || operator === '!=' ? (gives ?? undefined) === (other.value ?? undefined) : gives === other.value);
  switch (operator) {
    case '===': case '==': return same;
    case '!==': case '!=': return same === undefined ? undefined : !same;
    case '<': case '<=': return left === node && gives === 0;
    case '>': case '>=': return right === node && gives === 0;
    default: return undefined;
  }
}

function literalIn(node: TSESTree.Node): { readonly value: Missing } | undefined {
  if (node.type === AST_NODE_TYPES.Identifier && node.name === 'undefined') return { value: undefined };
  return node.type === AST_NODE_TYPES.Literal && !(node.value instanceof RegExp) ? { value: node.value } : undefined;
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
