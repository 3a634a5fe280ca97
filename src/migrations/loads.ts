import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf } from '../analysis/call-nodes.ts';
import type { SourceFile } from '../analysis/source-file.ts';
import { variableOf } from '../analysis/variables.ts';

/** A place where a file loads a package. */
export type Load =
  | { readonly kind: 'import'; readonly node: TSESTree.ImportDeclaration; readonly specifier: string }
  | { readonly kind: 'import-equals'; readonly node: TSESTree.TSImportEqualsDeclaration; readonly specifier: string }
  | { readonly kind: 'require'; readonly node: TSESTree.CallExpression; readonly specifier: string }
  /** `import()`, `export … from`, `jest.mock()` and whatever else names the package in a call. */
  | { readonly kind: 'other'; readonly node: TSESTree.Node; readonly specifier: string };

/** Where a file loads one of some packages, in source order. */
export function loadsOf(file: SourceFile, isWanted: (specifier: string) => boolean): readonly Load[] {
  return nodesOf(file).flatMap((node): Load[] => {
    if (node.type !== AST_NODE_TYPES.Literal || typeof node.value !== 'string' || !isWanted(node.value)) return [];
    const { parent, value: specifier } = node;
    switch (parent.type) {
      case AST_NODE_TYPES.ImportDeclaration: return [{ kind: 'import', node: parent, specifier }];
      case AST_NODE_TYPES.TSExternalModuleReference: return [{ kind: 'import-equals', node: parent.parent as TSESTree.TSImportEqualsDeclaration, specifier }];
      case AST_NODE_TYPES.CallExpression:
        if (parent.callee.type === AST_NODE_TYPES.Identifier && parent.callee.name === 'require' && parent.arguments.length === 1) return [{ kind: 'require', node: parent, specifier }];
        return parent.arguments[0] === node && /(?:^|\.)(?:require|import|mock|unmock|doMock|requireActual|importActual)$/.test(file.sourceCode.getText(parent.callee as never)) ? [{ kind: 'other', node: parent, specifier }] : [];
      case AST_NODE_TYPES.ImportExpression:
      case AST_NODE_TYPES.ExportNamedDeclaration:
      case AST_NODE_TYPES.ExportAllDeclaration:
        return [{ kind: 'other', node: parent, specifier }];
      case AST_NODE_TYPES.TSLiteralType: return parent.parent.type === AST_NODE_TYPES.TSImportType ? [{ kind: 'other', node: parent.parent, specifier }] : [];
      default: return [];
    }
  });
}

/** The uses of a name that a declaration introduces, types included, without the declaration itself. */
export function usesOfName(identifier: TSESTree.Identifier, file: SourceFile): readonly TSESTree.Identifier[] {
  const declared = (file.sourceCode.scopeManager?.getDeclaredVariables((identifier.parent) as never) ?? []) as unknown as readonly TSESLint.Scope.Variable[];
  const variable = declared.find(({ name }) => name === identifier.name) ?? variableOf(identifier, file);
  return (variable?.references ?? []).map((reference) => reference.identifier as TSESTree.Identifier).filter((use) => use !== identifier);
}

/** Whether a name means nothing in the scopes of some places, so that it can be introduced at the top of the file. */
export function isFreeName(name: string, file: SourceFile): boolean {
  const scopes = file.sourceCode.scopeManager?.scopes ?? [];
  return scopes.every((scope) => !scope.set.has(name) || (scope.set.get(name)?.defs.length ?? 0) === 0) && !scopes.some((scope) => scope.through.some(({ identifier }) => identifier.name === name));
}

/** Whether nothing in a node is, or uses, something of a name. */
export function isUnusedWithin(name: string, node: TSESTree.Node, { sourceCode }: SourceFile): boolean {
  return sourceCode.ast.tokens.every((token) => token.value !== name || token.range[0] < node.range[0] || token.range[1] > node.range[1]);
}

/** Whether a file is held to types. */
export function isTypeScript({ filename }: SourceFile): boolean {
  return /\.[cm]?tsx?$/.test(filename);
}
