import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { SourceFile } from '../analysis/source-file.ts';
import type { Edit, Remedy } from '../define-rule.ts';
import { failFastRead } from './environment.ts';

/**
 * Replaces a reading of the environment that has a literal fallback by one that refuses to start without the variable:
 * `process.env.S || 'x'`, `process.env.S ? process.env.S : 'x'`, `const { S = 'x' } = process.env`. No remedy for
 * readings of anything else.
 */
export function withoutFallback<Id extends string>(fallback: { readonly node: TSESTree.Node; readonly file: SourceFile }, id: Id): readonly Remedy<Id>[] {
  const { node, file } = fallback;
  const read = readingAround(node, file) ?? throwingReader(node, file);
  return read ? [{ id, safety: 'stricter', edits: read.edits, data: { variable: read.variable } }] : [];
}

interface Repair {
  readonly variable: string;
  readonly edits: readonly Edit[];
}

function readingAround(node: TSESTree.Node, file: SourceFile): Repair | undefined {
  const expression = outermost(node);
  const { parent } = expression;
  switch (parent?.type) {
    case AST_NODE_TYPES.LogicalExpression: {
      if (parent.right !== expression || parent.operator === '&&') return undefined;
      const variable = variableOf(parent.left, file);
      return variable === undefined ? undefined : replaced(parent, variable, file);
    }
    case AST_NODE_TYPES.ConditionalExpression: {
      const other = parent.consequent === expression ? parent.alternate : parent.consequent;
      const variable = variableOf(other, file);
      // Only where the test asks for the same variable: anything else is a decision of its own.
      if (variable === undefined || parent.test === expression || !file.sourceCode.getText(parent.test as never).includes(variable)) return undefined;
      return replaced(parent, variable, file);
    }
    case AST_NODE_TYPES.AssignmentPattern: return inPattern(parent, file);
    default: return undefined;
  }
}

/** Through casts and parentheses. */
function outermost(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  while (current.parent && (current.parent.type === AST_NODE_TYPES.TSAsExpression || current.parent.type === AST_NODE_TYPES.TSNonNullExpression || current.parent.type === AST_NODE_TYPES.TSSatisfiesExpression)) current = current.parent;
  return current;
}

function variableOf(expression: TSESTree.Node, file: SourceFile): string | undefined {
  let node = expression;
  while (node.type === AST_NODE_TYPES.TSNonNullExpression || node.type === AST_NODE_TYPES.TSAsExpression || node.type === AST_NODE_TYPES.ChainExpression) node = node.expression;
  return /^process\.env(?:\?)?(?:\.([A-Za-z_]\w*)|\[\s*(['"`])([A-Za-z_]\w*)\2\s*\])$/.exec(file.sourceCode.getText(node as never))?.slice(1).findLast((group) => group !== undefined && !/^['"`]$/.test(group));
}

function replaced(target: TSESTree.Node, variable: string, file: SourceFile): Repair | undefined {
  const read = failFastRead(variable, target, file);
  return read && { variable, edits: [{ file, range: target.range, text: read.text }, ...read.edits] };
}

/** `const { JWT_SECRET = 'x' } = process.env;` with nothing else in it. */
function inPattern(pattern: TSESTree.AssignmentPattern, file: SourceFile): Repair | undefined {
  const property = pattern.parent;
  const declarator = property.parent?.parent;
  if (property.type !== AST_NODE_TYPES.Property || property.computed || property.key.type !== AST_NODE_TYPES.Identifier || pattern.left.type !== AST_NODE_TYPES.Identifier) return undefined;
  if (declarator?.type !== AST_NODE_TYPES.VariableDeclarator || declarator.id.type !== AST_NODE_TYPES.ObjectPattern || !declarator.init || file.sourceCode.getText(declarator.init as never) !== 'process.env') return undefined;
  const variable = property.key.name;
  const read = failFastRead(variable, declarator.init, file);
  if (!read) return undefined;
  const { properties } = declarator.id;
  if (properties.length === 1) return { variable, edits: [{ file, range: declarator.range, text: `${pattern.left.name} = ${read.text}` }, ...read.edits] };
  // Beside other variables the default itself throws; an empty value passes, as it did before.
  return { variable, edits: [{ file, range: pattern.right.range, text: read.text }, ...read.edits] };
}

/** `config.get('JWT_SECRET', 'x')` and `config.get('JWT_SECRET') ?? 'x'` of @nestjs/config, whose `getOrThrow` refuses. */
function throwingReader(node: TSESTree.Node, file: SourceFile): Repair | undefined {
  if (!/['"]@nestjs\/config['"]/.test(file.sourceCode.text)) return undefined;
  const expression = outermost(node);
  const { parent } = expression;
  const call = parent?.type === AST_NODE_TYPES.CallExpression && parent.arguments[1] === expression ? parent : parent?.type === AST_NODE_TYPES.LogicalExpression && parent.right === expression ? parent.left : undefined;
  if (call?.type !== AST_NODE_TYPES.CallExpression || call.callee.type !== AST_NODE_TYPES.MemberExpression || file.sourceCode.getText(call.callee.property as never) !== 'get') return undefined;
  const [name] = call.arguments;
  if (name?.type !== AST_NODE_TYPES.Literal || typeof name.value !== 'string' || !parent) return undefined;
  const receiver = file.sourceCode.text.slice(call.range[0], call.callee.property.range[0]);
  const types = call.typeArguments ? file.sourceCode.getText(call.typeArguments as never) : '';
  return { variable: name.value, edits: [{ file, range: parent.range, text: `${receiver}getOrThrow${types}(${file.sourceCode.getText(name as never)})` }] };
}
