import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codemods } from '../../codemods/index.ts';
import { rules } from '../../rules/index.ts';
import { pagesIn } from '../../scripts/generated-docs.ts';
import type { Codemod } from '../../src/codemod.ts';
import type { AnyRule } from '../../src/define-rule.ts';
import { packageInfo } from '../../src/package-info.ts';
import { presetNames } from '../../src/presets.ts';
import { sentencesOf } from './sentences.ts';

const { root } = packageInfo();

/** Names of a folder's modules, without the index. */
function modulesIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder)).filter((name) => name.endsWith(ending) && name !== 'index.ts').map((name) => name.slice(0, -ending.length)).sort();
}

const bindingOf = (name: string) => name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name);

describe('every rule has its file, its test, its page and its line in the index', () => {
  const names = rules.map(({ name }) => name);

  it('index', () => {
    expect(names, 'one entry per file, in alphabetical order').toEqual(modulesIn('rules', '.ts'));
    expect(new Set(names).size).toBe(names.length);
  });

  it('tests', () => {
    expect(modulesIn('tests/rules', '.test.ts').filter((name) => name !== 'run-rule')).toEqual(names);
  });

  it('pages', () => {
    expect(pagesIn(root, 'docs/rules')).toEqual(names);
  });

  it('exported under its own name', async () => {
    for (const rule of rules) {
      const module = (await import(`../../rules/${rule.name}.ts`)) as Record<string, AnyRule>;
      expect(module[bindingOf(rule.name)], rule.name).toBe(rule);
    }
  });
});

describe('every codemod has its file, its page and its line in the index', () => {
  const names = codemods.map(({ name }) => name);

  it('index', () => {
    expect(names, 'one entry per file, in alphabetical order').toEqual(modulesIn('codemods', '.ts'));
  });

  it('pages', () => {
    expect(pagesIn(root, 'docs/codemods')).toEqual(names);
  });

  it('the transform is the default export, where jscodeshift looks for it', async () => {
    for (const codemod of codemods) {
      const module = (await import(`../../codemods/${codemod.name}.ts`)) as Record<string, Codemod> & { default: unknown };
      expect(module[bindingOf(codemod.name)], codemod.name).toBe(codemod);
      expect(module.default, codemod.name).toBe(codemod.transform);
    }
  });

  it('names remedies that exist', () => {
    for (const { name, repairs, phases, migration } of codemods) {
      const remedies = repairs.flatMap((repair) => repair.remedies);
      for (const repair of repairs) {
        if (migration) expect(rules, name).not.toContain(repair.rule);
        else expect(rules, name).toContain(repair.rule);
        expect(Object.keys(repair.rule.remedies as object), name).toEqual(expect.arrayContaining([...repair.remedies]));
      }
      expect(remedies, name).toEqual(expect.arrayContaining(Object.keys(phases ?? {})));
      expect(sentencesOf(codemods.find((one) => one.name === name)?.description ?? ''), name).toHaveLength(1);
    }
  });
});

describe('rules speak in one style', () => {
  for (const rule of rules) {
    const messages = Object.entries(rule.messages as Record<string, string>);
    const remedies = Object.entries(rule.remedies as Record<string, string>);

    describe(rule.name, () => {
      it('is named and described like the others', () => {
        expect(rule.name).toMatch(/^(?:no|require|prefer|valid)-[a-z]+(?:-[a-z]+)*$/);
        expect(sentencesOf(rule.description), rule.description).toHaveLength(1);
        expect(rule.description).toMatch(/^[A-Z][^!]*\.$/);
      });

      it('says in three sentences at most what happens and what to do', () => {
        expect(messages.length).toBeGreaterThan(0);
        for (const [id, text] of messages) {
          // A last sentence may come whole in a placeholder; `runRule` looks at how the message then ends.
          expect(text, id).toMatch(/^(?:[A-Z`]|\{\{)[^!]*(?:\.|\}\})$/);
          expect(sentencesOf(text).length, `${id}: ${text}`).toBeLessThanOrEqual(3);
          expect(text, id).not.toMatch(/\s{2}|\bplease\b|CVE-|—/i);
        }
      });

      it('describes each remedy in one sentence', () => {
        for (const [id, text] of remedies) {
          expect(text, id).toMatch(/^[A-Z][^!]*\.$/);
          expect(sentencesOf(text), `${id}: ${text}`).toHaveLength(1);
        }
      });

      it('keeps messages and remedies apart, and their placeholders in camel case', () => {
        expect(messages.map(([id]) => id).filter((id) => remedies.some(([other]) => other === id))).toEqual([]);
        for (const [id, text] of [...messages, ...remedies]) {
          expect(id).toMatch(/^[a-z][A-Za-z0-9-]*$/);
          for (const name of placeholders(text)) expect(name, id).toMatch(/^[a-z][A-Za-z0-9]*$/);
        }
      });

      it('has references to an RFC and a CWE, and default values for its options', () => {
        for (const reference of rule.references) expect(reference).toMatch(/^(?:RFC \d+(?: (?:section|appendix) [\dA-Z]+(?:\.\d+)*)?|CWE-\d+|[A-Z][^!]+)$/);
        expect(rule.references.some((reference) => reference.startsWith('CWE-')), 'a CWE').toBe(true);
        expect(rule.references.some((reference) => reference.startsWith('RFC ')), 'an RFC').toBe(true);
        expect(Object.keys(rule.options.defaults as object).filter((name) => !(name in rule.options.schema))).toEqual([]);
        for (const [name, schema] of Object.entries(rule.options.schema)) expect(schema.description ?? '', `option ${name}`).toMatch(/\.$/);
      });

      it('is in a preset', () => {
        const held = presetNames.filter((preset) => rule.presets[preset] !== undefined);
        expect(held.length).toBeGreaterThan(0);
        expect(Object.keys(rule.presets).filter((preset) => !presetNames.some((name) => name === preset))).toEqual([]);
      });
    });
  }

  it('needs at least one rule', () => {
    expect(rules.length).toBeGreaterThan(0);
  });
});

describe('the test command', () => {
  it('is the one of the README, in CI too', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [first, second] = [...readme.matchAll(/^```sh\n([^`]*)```$/gm)].flatMap(([, text]) => (text ?? '').trim().split('\n'));
    expect(first).toBe('npm ci && npm run demo');
    expect(second).toBe('npm test');
    expect(existsSync(join(root, '.ci/run'))).toBe(true);
    expect(readFileSync(join(root, '.ci/run'), 'utf8').trim().split('\n').slice(-2)).toEqual(['npm ci', second]);
  });
});
