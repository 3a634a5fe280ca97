import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { isFreeName, usesOfName } from '../loads.ts';
import type { Rewriting } from '../rewriting.ts';

/** What `KeyLike` stood for. */
const KINDS = ['CryptoKey', 'KeyObject'] as const;

/** Writes `CryptoKey | KeyObject` for `KeyLike`, and imports both. */
export function rewriteKeyLike(local: TSESTree.Identifier, place: TSESTree.Node, rewriting: Rewriting): void {
  const taken = KINDS.find((name) => !isFreeName(name, rewriting.file) && name === 'KeyObject');
  if (taken !== undefined || place.type !== AST_NODE_TYPES.ImportSpecifier) {
    rewriting.refuse(place, `\`KeyLike\` is \`CryptoKey | KeyObject\` in version 6, and the name \`${taken ?? 'KeyObject'}\` means something else in this file.`);
    return;
  }
  const isType = place.importKind === 'type' || (place.parent as TSESTree.ImportDeclaration).importKind !== 'type' ? 'type ' : '';
  rewriting.replace(place.range, KINDS.map((name) => `${isType}${name}`).join(', '));
  for (const use of usesOfName(local, rewriting.file)) {
    if (use !== local) rewriteUse(use, rewriting);
  }
}

function rewriteUse(use: TSESTree.Identifier, rewriting: Rewriting): void {
  const reference = use.parent.type === AST_NODE_TYPES.TSTypeReference ? use.parent : use;
  const around = reference.parent;
  if (around?.type === AST_NODE_TYPES.TSTypeParameterInstantiation && (around.parent.type === AST_NODE_TYPES.CallExpression || around.parent.type === AST_NODE_TYPES.NewExpression)) {
    // The functions of version 6 say themselves which keys they give.
    if (around.params.length === 1) rewriting.replace(around.range, '');
    else rewriting.refuse(use, 'The functions of version 6 take no type of key.');
    return;
  }
  const binds = around?.type === AST_NODE_TYPES.TSArrayType || around?.type === AST_NODE_TYPES.TSIntersectionType || around?.type === AST_NODE_TYPES.TSTypeOperator;
  const text = KINDS.join(' | ');
  rewriting.replace(reference.range, binds ? `(${text})` : text);
}
