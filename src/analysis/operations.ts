import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { NO_SETTINGS, type Settings } from '../policy.ts';
import { collectCalls, type AnyCall } from './call-nodes.ts';
import { configurationsFor } from './configurations.ts';
import { discover, type Discovery, type Site } from './discovery.ts';
import { LibraryOperation } from './library-operation.ts';
import { sourceFileOf } from './modules.ts';
import type { JwtOperation } from './operation.ts';
import { catalogueFor } from './prefilter.ts';
import { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { wrappedOperations } from './wrappers.ts';

/** Everything that is found about one file, shared by all rules. */
export interface FileAnalysis {
  readonly reader: Reader;
  readonly file: SourceFile;
  readonly operations: readonly JwtOperation[];
}

const analyses = new WeakMap<object, { readonly settings: Settings; readonly analysis: FileAnalysis }>();

export interface AnalysisOptions {
  /** Absolute path, so that imports and installed versions can be looked up. */
  readonly filename: string;
  readonly settings?: Settings;
}

/** Every use of a JWT library in a source, in source order. One pass per file, whatever the number of rules. */
export function operationsOf(sourceCode: Readonly<TSESLint.SourceCode>, options: AnalysisOptions): readonly JwtOperation[] {
  return analyse(sourceCode, options).operations;
}

/** The analysis behind `operationsOf`, for rules that follow values besides operations. */
export function analyse(sourceCode: Readonly<TSESLint.SourceCode>, { filename, settings = NO_SETTINGS }: AnalysisOptions): FileAnalysis {
  const known = analyses.get(sourceCode);
  if (known?.settings === settings) return known.analysis;
  const file = sourceFileOf(sourceCode, filename);
  const reader = new Reader(catalogueFor(settings), settings, file);
  const operations: JwtOperation[] = [];
  const discovery = discover(reader, file, collectCalls(file));
  for (const site of discovery.sites) operations.push(operationAt(reader, site, discovery));
  operations.push(...wrappedOperations(reader, discovery, (at, frame, inner) => operationAt(reader, { ...at, frame }, inner)));
  operations.sort((a, b) => a.node.range[0] - b.node.range[0] || a.node.range[1] - b.node.range[1]);
  const analysis = { reader, file, operations };
  analyses.set(sourceCode, { settings, analysis });
  return analysis;
}

/** The analysis that has already been made of a file, whatever its settings were. */
export function analysisOf(file: SourceFile): FileAnalysis | undefined {
  return analyses.get(file.sourceCode)?.analysis;
}

/** The reader of a file whose operations are known, for rules that follow values besides operations. Throws where nobody has analysed the file. */
export function readerOf(file: SourceFile): Reader {
  const analysis = analysisOf(file);
  if (!analysis) throw new Error(`${file.filename} has not been analysed.`);
  return analysis.reader;
}

function operationAt(reader: Reader, site: Site, discovery: Discovery): LibraryOperation {
  return new LibraryOperation(reader, site, discovery, (library, member) => configurationsFor(reader, library, discovery, member));
}

/** Whether a call node is an operation's own call or `super(…)`. */
export function isCallNode(node: TSESTree.Node): node is AnyCall {
  return node.type === AST_NODE_TYPES.CallExpression || node.type === AST_NODE_TYPES.NewExpression;
}
