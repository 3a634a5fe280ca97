import type { TSESTree } from '@typescript-eslint/utils';
import type { SourceFile } from '../analysis/source-file.ts';

/** Writes text as a string literal with the quotes that the file mostly uses. */
export function quote(text: string, file: SourceFile): string {
  const source = file.sourceCode.text;
  const double = source.split('"').length > source.split("'").length;
  const json = JSON.stringify(text);
  return double ? json : `'${json.slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}

/** Line ending of the file. */
export function lineBreak(file: SourceFile): '\r\n' | '\n' {
  return file.sourceCode.text.includes('\r\n') ? '\r\n' : '\n';
}

/** White space at the start of the line that a node starts on. */
export function indentationOf(node: TSESTree.Node, file: SourceFile): string {
  const line = file.sourceCode.lines[node.loc.start.line - 1] ?? '';
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** Whether statements in the file end with semicolons. */
export function usesSemicolons(file: SourceFile): boolean {
  return (file.sourceCode.text.match(/;[ \t]*(?:\/\/.*)?\r?$/gm)?.length ?? 0) * 2 >= (file.sourceCode.text.match(/[)\]'"`\w][ \t]*\r?$/gm)?.length ?? 0) || !/\n/.test(file.sourceCode.text.trim());
}

/** One step of indentation: what the file's first indented line starts with. */
export function indentStep(file: SourceFile): string {
  const first = file.sourceCode.lines.find((line) => /^[ \t]+\S/.test(line) && !/^\s+\*/.test(line));
  return first?.startsWith('\t') ? '\t' : /^ +/.exec(first ?? '  ')?.[0].slice(0, 4) ?? '  ';
}
