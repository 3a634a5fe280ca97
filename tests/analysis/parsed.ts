import * as parser from '@typescript-eslint/parser';
import { AST_NODE_TYPES, type TSESLint, type TSESTree } from '@typescript-eslint/utils';
import { Linter } from 'eslint';
import { collectCalls } from '../../src/analysis/call-nodes.ts';
import { calledName } from '../../src/analysis/expressions.ts';
import { analyse, type FileAnalysis } from '../../src/analysis/operations.ts';
import type { SourceFile } from '../../src/analysis/source-file.ts';

/** A program that is parsed and analysed as the linter does it, without a place on disk. */
export function analysed(code: string, filename = 'case.ts'): FileAnalysis {
  const linter = new Linter({ configType: 'flat' });
  const messages = linter.verify(code, [{ files: ['**/*.{ts,tsx}'], languageOptions: { parser: parser as never, sourceType: 'module' } }], { filename });
  const fatal = messages.find((message) => message.fatal);
  if (fatal) throw new Error(`${fatal.message} in ${code}`);
  return analyse(linter.getSourceCode() as unknown as TSESLint.SourceCode, { filename });
}

/** The first argument of the call of `here` in a program. */
export function hereIn(file: SourceFile): TSESTree.Node {
  for (const call of collectCalls(file)) {
    const [argument] = call.arguments;
    if (calledName(call) === 'here' && argument && argument.type !== AST_NODE_TYPES.SpreadElement) return argument;
  }
  throw new Error('a program says `here(…)`');
}
