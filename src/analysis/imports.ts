import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { LibraryDescriptor } from '../libraries/descriptor.ts';
import { nodesOf } from './call-nodes.ts';
import { canonicalSpecifier } from './catalogue.ts';
import type { SourceFile } from './source-file.ts';

/** The text of the first module specifier in a file that names a library: in an import, an `import()` or a `require`. */
export function importOf(library: LibraryDescriptor, file: SourceFile): TSESTree.Node | undefined {
  let found: TSESTree.Node | undefined;
  nodesOf(file).forEach((node) => {
    if (found || node.type !== AST_NODE_TYPES.Literal || typeof node.value !== 'string' || !(canonicalSpecifier(node.value) in library.modules)) return;
    const { parent } = node;
    const isImport = parent.type === AST_NODE_TYPES.ImportDeclaration || parent.type === AST_NODE_TYPES.ImportExpression || parent.type === AST_NODE_TYPES.TSExternalModuleReference
      || (parent.type === AST_NODE_TYPES.CallExpression && parent.callee.type === AST_NODE_TYPES.Identifier && parent.callee.name === 'require');
    if (isImport) found = node;
  });
  return found;
}
