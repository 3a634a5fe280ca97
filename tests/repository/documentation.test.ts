import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { codemods } from '../../codemods/index.ts';
import { rules } from '../../rules/index.ts';
import { END_OF_HEADER, generatedDocs, pagesIn } from '../../scripts/generated-docs.ts';
import { applyRemedies } from '../../src/apply-remedies.ts';
import { packageInfo } from '../../src/package-info.ts';
import type { Settings } from '../../src/policy.ts';
import { codeBlocksOf, type CodeBlock } from './code-blocks.ts';

const { root } = packageInfo();
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const headingsOf = (page: string) => [...page.matchAll(/^## (.*)$/gm)].map(([, text]) => text);
const sectionOf = (page: string, heading: string) => (page.split(`\n## ${heading}\n`)[1] ?? '').split('\n## ')[0] ?? '';

const HEADINGS = ['Why it matters', '❌ Incorrect', '✅ Correct', 'Options', 'Notes per library', 'When not to use it', 'References'];

/** What the page's own rule reports on a block that stands in a file of its own, in an empty folder. */
function reportsOn(rule: (typeof rules)[number], block: CodeBlock): string[] {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'jwt-guard-docs-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const filename = join(folder, (block.values.get('filename') as string | undefined) ?? `block.${block.language}`);
  mkdirSync(dirname(filename), { recursive: true });
  writeFileSync(filename, block.code);
  const options = block.values.get('options') as Record<string, unknown> | undefined;
  const { left, fatal } = applyRemedies(block.code, filename, [{ rule, remedies: [], ...(options && { options }) }], (block.values.get('settings') as Settings | undefined) ?? {});
  if (fatal !== undefined) throw new Error(`line ${block.line}: ${fatal}`);
  return left.map(({ line, message }) => `${line}: ${message}`);
}

describe('pages of rules', () => {
  for (const rule of rules.filter(({ name }) => existsSync(join(root, 'docs/rules', `${name}.md`)))) {
    describe(rule.name, () => {
      const page = read(`docs/rules/${rule.name}.md`);
      const blocks = codeBlocksOf(page);

      it('has the headings of every page, in their order', () => {
        expect(headingsOf(page)).toEqual(HEADINGS);
        expect(page).toContain(END_OF_HEADER);
      });

      it('names every option, and every reference of the rule', () => {
        const options = Object.keys(rule.options.schema);
        for (const option of options) expect(sectionOf(page, 'Options'), option).toContain(`\`${option}\``);
        const references = sectionOf(page, 'References');
        for (const reference of rule.references) expect(references).toContain(reference);
      });

      it('shows bad and good code in the sections for them', () => {
        const kinds = (section: string) => codeBlocksOf(section).flatMap(({ words }) => words.filter((word) => word === 'bad' || word === 'good'));
        expect(new Set(kinds(sectionOf(page, '❌ Incorrect')))).toEqual(new Set(['bad']));
        expect(new Set(kinds(sectionOf(page, '✅ Correct')))).toEqual(new Set(['good']));
      });

      for (const block of blocks.filter(({ words }) => words.includes('bad'))) {
        it(`❌ line ${block.line} is reported`, () => {
          expect(reportsOn(rule, block)).not.toEqual([]);
        });
      }
      for (const block of blocks.filter(({ words }) => words.includes('good'))) {
        it(`✅ line ${block.line} is not`, () => {
          expect(reportsOn(rule, block)).toEqual([]);
        });
      }
    });
  }

  it('exist', () => {
    expect(pagesIn(root, 'docs/rules').length).toBeGreaterThan(0);
  });
});

describe('the documentation', () => {
  it('is in step with the code (npm run update)', () => {
    const outdated = [...generatedDocs(root, rules, codemods)].filter(([path, text]) => !existsSync(join(root, path)) || read(path) !== text).map(([path]) => path);
    expect(outdated).toEqual([]);
  });

  const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter((path) => path !== '' && existsSync(join(root, path)));

  it('links to files that are there', () => {
    const broken = tracked.filter((path) => path.endsWith('.md')).flatMap((path) => [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)]
      .filter(([, target = '']) => !existsSync(join(root, dirname(path), target)))
      .map(([, target]) => `${path}: ${target ?? ''}`));
    expect(broken).toEqual([]);
  });

  it('names npx jwt-guard only as what a local installation gives', () => {
    // The npm name jwt-guard belongs to somebody else: without an installation npx would fetch that.
    const careless = tracked.filter((path) => path.endsWith('.md')).filter((path) => /npx (?:--yes |-y )jwt-guard|npm (?:install|i)\b[^\n]* jwt-guard\b/.test(read(path)));
    expect(careless).toEqual([]);
  });

  it('knows no path of the machine that it was written on', () => {
    const machine = new RegExp(['', 'work', '(?:main|shared)'].join('/'));
    expect(tracked.filter((path) => /\.(?:md|[cm]?[jt]s|json|ya?ml)$/.test(path) && path !== 'package-lock.json' && machine.test(read(path)))).toEqual([]);
  });
});
