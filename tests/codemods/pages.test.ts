import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codemods } from '../../codemods/index.ts';
import { packageInfo } from '../../src/package-info.ts';
import { TestProject } from '../cli/project.ts';
import { codeBlocksOf } from '../repository/code-blocks.ts';

const { root } = packageInfo();
/** Values for the pages' examples; a page shows only what is written with these or with none. */
const policy = { audience: 'api://orders', issuer: 'https://login.example.com', lifetimes: { access: '15m' }, keyId: 'issuer-2024', httpsHosts: ['login.example'] };

const pages = codemods.map((codemod) => {
  const blocks = codeBlocksOf(readFileSync(join(root, 'docs/codemods', `${codemod.name}.md`), 'utf8'));
  const at = (word: string) => blocks.filter(({ words }) => words.includes(word));
  return { codemod, before: at('before'), after: at('after') };
});

describe('examples on the pages of codemods', () => {
  for (const { codemod, before, after } of pages) {
    for (const [index, block] of before.entries()) {
      it(`${codemod.name}, line ${block.line}`, () => {
        const project = new TestProject({ 'package.json': '{}' });
        const path = join(project.root, `example.${block.language}`);
        expect(after).toHaveLength(before.length);
        expect(codemod.transform({ path, source: block.code }, {}, { policy })).toBe(after[index]!.code);
        expect(codemod.transform({ path, source: after[index]!.code }, {}, { policy })).toBeUndefined();
      });
    }
  }

  it('are there', () => {
    expect(pages.flatMap(({ before }) => before).length).toBeGreaterThan(0);
  });
});
