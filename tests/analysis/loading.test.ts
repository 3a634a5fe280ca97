import * as parser from '@typescript-eslint/parser';
import { AST_NODE_TYPES, type TSESLint } from '@typescript-eslint/utils';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { callsWithin, collectCalls, nodesOf } from '../../src/analysis/call-nodes.ts';
import { sourceFileOf } from '../../src/analysis/modules.ts';
import { inProject } from './project.ts';

describe('ways to load a library', () => {
  it.each<readonly [string, string]>([
    ['an import', "import library from 'jsonwebtoken';"],
    ['an import at run time', "const library = await import('jsonwebtoken');"],
    ['an import at run time, of a name in a constant', "const LIBRARY = 'jsonwebtoken';\nconst library = await import(LIBRARY);"],
    ['an import at run time, of a template', 'const library = await import(`jsonwebtoken`);'],
    ['require', "const library = require('jsonwebtoken');"],
    ['a function that is made', "import { createRequire } from 'node:module';\nconst library = createRequire(import.meta.url)('jsonwebtoken');"],
    ['a function that is made, with a name in a constant', "import { createRequire } from 'node:module';\nconst LIBRARY = 'jsonwebtoken';\nconst library = createRequire(import.meta.url)(LIBRARY);"],
    ['a function that is made and kept', "import { createRequire } from 'node:module';\nconst load = createRequire(import.meta.url);\nconst library = load('jsonwebtoken');"],
  ])('%s', (_, load) => {
    expect(inProject({ 'tokens.js': `${load}\nexport const issue = (sub) => library.sign({ sub }, key);\n` }, (operations) => operations.map(({ kind }) => kind))).toEqual(['sign']);
  });
});

describe('the calls of a file', () => {
  const linter = new Linter({ configType: 'flat' });
  linter.verify('first(second(third), new Fourth()).fifth(sixth());\nseventh();', [{ files: ['**/*.ts'], languageOptions: { parser: parser as never } }], { filename: 'case.ts' });
  const file = sourceFileOf(linter.getSourceCode() as unknown as TSESLint.SourceCode, 'case.ts');
  const text = (node: Parameters<typeof callsWithin>[0]): string => file.sourceCode.getText(node as never);
  const within = (part: string): readonly string[] => nodesOf(file).filter((node) => node.type !== AST_NODE_TYPES.ExpressionStatement && text(node) === part).slice(0, 1).flatMap((node) => callsWithin(node, file).map(text));

  it('stand in source order, outer ones first', () => {
    expect(collectCalls(file).map(text)).toEqual(['first(second(third), new Fourth()).fifth(sixth())', 'first(second(third), new Fourth())', 'second(third)', 'new Fourth()', 'sixth()', 'seventh()']);
  });

  it('are those of a node, the node included', () => {
    expect(within('second(third)')).toEqual(['second(third)']);
    expect(within('first(second(third), new Fourth())')).toEqual(['first(second(third), new Fourth())', 'second(third)', 'new Fourth()']);
    expect(within('first')).toEqual([]);
    expect(within('third')).toEqual([]);
    expect(within('seventh()')).toEqual(['seventh()']);
  });
});
