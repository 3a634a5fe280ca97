import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { AnyCall } from './call-nodes.ts';
import type { SourceFile } from './source-file.ts';
import type { ProjectFunction } from './value.ts';
import { variableOf } from './variables.ts';

/** The expression a variable is declared with, or the only one assigned to it. */
export function initialValue(identifier: TSESTree.Identifier, file: SourceFile): TSESTree.Node | undefined {
  const variable = variableOf(identifier, file);
  const declarator = variable?.defs[0]?.node as TSESTree.Node | undefined;
  if (!variable || declarator?.type !== AST_NODE_TYPES.VariableDeclarator || declarator.id.type !== AST_NODE_TYPES.Identifier) return undefined;
  const writes = variable.references.filter((reference) => reference.isWrite() && !reference.init);
  if (declarator.init && writes.length === 0) return declarator.init;
  const [only] = writes;
  if (declarator.init || writes.length !== 1 || !only) return undefined;
  const { parent } = only.identifier as TSESTree.Node;
  return parent?.type === AST_NODE_TYPES.AssignmentExpression && parent.operator === '=' ? parent.right : undefined;
}

/** An expression without `await`, casts, `!` and optional chaining around it. */
export function unwrapped(node: TSESTree.Node): TSESTree.Node {
  switch (node.type) {
    case AST_NODE_TYPES.AwaitExpression: return unwrapped(node.argument);
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.TSSatisfiesExpression:
    case AST_NODE_TYPES.TSTypeAssertion:
    case AST_NODE_TYPES.ChainExpression: return unwrapped(node.expression);
    default: return node;
  }
}

/** What a call names, as dotted text: `JSON.parse`, `this.users.findOne`; calls on the way are kept as `()`. */
export function calledName(call: AnyCall): string {
  return dottedName(call.callee);
}

function dottedName(node: TSESTree.Node): string {
  const plain = unwrapped(node);
  switch (plain.type) {
    case AST_NODE_TYPES.Identifier: return plain.name;
    case AST_NODE_TYPES.ThisExpression: return 'this';
    case AST_NODE_TYPES.MemberExpression: {
      const property = plain.computed ? (plain.property.type === AST_NODE_TYPES.Literal ? String(plain.property.value) : '[]') : endName(plain);
      return `${dottedName(plain.object)}.${property}`;
    }
    case AST_NODE_TYPES.CallExpression: return `${dottedName(plain.callee)}()`;
    case AST_NODE_TYPES.NewExpression: return `${dottedName(plain.callee)}()`;
    default: return '';
  }
}

/** The last name in what a call names: `findOne` of `this.users.findOne`. */
export function lastName(call: AnyCall): string {
  return /[^.]*$/.exec(calledName(call))?.[0] ?? '';
}

/** The name that an expression ends in as it is written: `set` of `storage.set`, `#key` of `this.#key`; empty where it ends in no name. */
export function endName(node: TSESTree.Node): string {
  switch (node.type) {
    case AST_NODE_TYPES.Identifier: return node.name;
    case AST_NODE_TYPES.PrivateIdentifier: return `#${node.name}`;
    case AST_NODE_TYPES.MemberExpression: return node.computed ? '' : endName(node.property);
    default: return '';
  }
}

/** Name of a property or member where it is written plainly; undefined where it is computed. */
export function writtenName(node: TSESTree.MemberExpression | TSESTree.Property): string | undefined {
  const key = node.type === AST_NODE_TYPES.Property ? node.key : node.property;
  if (key.type === AST_NODE_TYPES.Literal) return String(key.value);
  return node.computed ? undefined : endName(key);
}

/** The decorators of a node; parsers of plain JavaScript know none. */
export function decoratorsOf(node: TSESTree.Node): readonly TSESTree.Decorator[] {
  return (node as { readonly decorators?: readonly TSESTree.Decorator[] | null }).decorators ?? [];
}

/** The name that a function is declared or kept under, as calls end in it; empty where it has none, or is handed on where it is written. */
export function functionName(owner: ProjectFunction): string {
  if (owner.id) return owner.id.name;
  const { parent } = owner;
  switch (parent.type) {
    case AST_NODE_TYPES.VariableDeclarator: return endName(parent.id);
    case AST_NODE_TYPES.AssignmentExpression: return parent.left.type === AST_NODE_TYPES.MemberExpression ? writtenName(parent.left) ?? '' : endName(parent.left);
    case AST_NODE_TYPES.MethodDefinition:
    case AST_NODE_TYPES.PropertyDefinition:
    case AST_NODE_TYPES.Property: return endName(parent.key);
    default: return '';
  }
}
