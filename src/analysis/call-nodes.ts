import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { endName } from './expressions.ts';
import { onceFor } from './once-for.ts';
import type { SourceFile } from './source-file.ts';

export type AnyCall = TSESTree.CallExpression | TSESTree.NewExpression;

/** A `require('jose')`, `import('jose')` or the like: a call that is given the name of a module. */
export interface DynamicImport {
  readonly node: TSESTree.CallExpression | TSESTree.ImportExpression;
  /** The name as written, or the node that computes it. */
  readonly source: string | TSESTree.Node;
}

interface Collected {
  readonly calls: readonly AnyCall[];
  readonly dynamicImports: readonly DynamicImport[];
}

const collections = new WeakMap<SourceFile, Collected>();

/** Every call and construction of a file in source order, collected once. */
export function collectCalls(file: SourceFile): readonly AnyCall[] {
  return collect(file).calls;
}

/** Every place where a file loads a module besides its import declarations. */
export function collectDynamicImports(file: SourceFile): readonly DynamicImport[] {
  return collect(file).dynamicImports;
}

function collect(file: SourceFile): Collected {
  return onceFor(collections, file, () => readCalls(file));
}

function readCalls(file: SourceFile): Collected {
  const calls: AnyCall[] = [];
  const dynamicImports: DynamicImport[] = [];
  nodesOf(file).forEach((node) => {
    if (node.type === AST_NODE_TYPES.CallExpression || node.type === AST_NODE_TYPES.NewExpression) calls.push(node);
    if (node.type === AST_NODE_TYPES.ImportExpression) dynamicImports.push({ node, source: written(node.source) });
    // `require`, whatever it is called, and what a function makes: `createRequire(import.meta.url)('jose')`.
    if (node.type === AST_NODE_TYPES.CallExpression && node.arguments[0] && loads(node)) dynamicImports.push({ node, source: written(node.arguments[0]) });
  });
  // Decorators and the like may be visited out of order.
  calls.sort((a, b) => a.range[0] - b.range[0] || b.range[1] - a.range[1]);
  return { calls, dynamicImports };
}

function written(source: TSESTree.Node): string | TSESTree.Node {
  if (source.type === AST_NODE_TYPES.Literal) return String(source.value);
  return source.type === AST_NODE_TYPES.TemplateLiteral && source.expressions.length === 0 ? source.quasis[0]?.value.cooked ?? source : source;
}

function loads({ callee }: TSESTree.CallExpression): boolean {
  return /require|import/i.test(endName(callee)) || callee.type === AST_NODE_TYPES.CallExpression;
}

/** The calls of a file that stand in a node, that node included. */
export function callsWithin(node: TSESTree.Node, file: SourceFile): readonly AnyCall[] {
  const [start, end] = node.range;
  const all = collectCalls(file);
  return all.slice(firstFrom(all, start), firstFrom(all, end)).filter((call) => call.range[1] <= end);
}

/** Index of the first call that starts at an offset or behind it. */
function firstFrom(all: readonly AnyCall[], start: number): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((all[middle]?.range[0] ?? Infinity) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

const nodes = new WeakMap<SourceFile, readonly TSESTree.Node[]>();

/** Every node of a file, parents before children, collected once. */
export function nodesOf(file: SourceFile): readonly TSESTree.Node[] {
  return onceFor(nodes, file, () => {
    const all: TSESTree.Node[] = [];
    walk(file.sourceCode.ast as TSESTree.Node, file.sourceCode.visitorKeys, (node) => all.push(node));
    return all;
  });
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
