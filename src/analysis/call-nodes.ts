import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { SourceFile } from './source-file.ts';

export type AnyCall = TSESTree.CallExpression | TSESTree.NewExpression;

const calls = new WeakMap<SourceFile, readonly AnyCall[]>();

/** Every call and construction of a file in source order, collected once. */
export function collectCalls(file: SourceFile): readonly AnyCall[] {
  const known = calls.get(file);
  if (known) return known;
  const found: AnyCall[] = [];
  walk(file.sourceCode.ast as TSESTree.Node, file.sourceCode.visitorKeys, (node) => {
    if (node.type === AST_NODE_TYPES.CallExpression || node.type === AST_NODE_TYPES.NewExpression) found.push(node);
  });
  calls.set(file, found);
  return found;
}

/** Visits a node and everything below it, in the parser's own order of keys. */
export function walk(node: TSESTree.Node, keys: Readonly<Record<string, readonly string[] | undefined>>, visit: (node: TSESTree.Node) => void): void {
  visit(node);
  for (const key of keys[node.type] ?? []) {
    const child = (node as unknown as Readonly<Record<string, unknown>>)[key];
    if (Array.isArray(child)) {
      for (const one of child) if (one !== null && typeof one === 'object') walk(one as TSESTree.Node, keys, visit);
    } else if (child !== null && typeof child === 'object') {
      walk(child as TSESTree.Node, keys, visit);
    }
  }
}
