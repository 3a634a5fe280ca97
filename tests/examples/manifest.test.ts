import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { eslintRule } from '../../src/eslint-rule.ts';

/** A planted mistake, as `examples/README.md` describes it. */
interface Planted {
  readonly rule: string;
  readonly file: string;
  readonly anchor: string;
  /** Where the finding stands, if not where the mistake does: a cause in another module is reported where it is used. */
  readonly reportedAt?: readonly { readonly file: string; readonly anchor: string }[];
  /** Why no rule can see it, for the few that only an attack shows. */
  readonly unseen?: string;
  readonly supersededBy?: string;
}

const root = fileURLToPath(new URL('../../examples/', import.meta.url));
const mistakes = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8')) as readonly Planted[];
const plugin = { rules: Object.fromEntries(rules.map((rule) => [rule.name, eslintRule(rule, (name) => name)])) };
const catalogue = new Set(rules.map((rule) => rule.name));

interface Reported { readonly rule: string; readonly file: string; readonly line: number; readonly endLine: number; readonly message: string }

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['node_modules', 'dist', 'attacks'].includes(entry.name) ? [] : sources(path);
    return /\.[cm]?[jt]s$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

const linter = new Linter({ configType: 'flat', cwd: root });

const reported: readonly Reported[] = sources(root).flatMap((path) => linter.verify(readFileSync(path, 'utf8'), [{
  files: ['**/*.{js,cjs,mjs,ts}'],
  plugins: { 'jwt-guard': plugin as never },
  languageOptions: { parser: parser as never, sourceType: 'module' },
  rules: Object.fromEntries(rules.map((rule) => [`jwt-guard/${rule.name}`, 'error'])),
}], { filename: path }).map((message) => ({
  rule: (message.ruleId ?? 'fatal').replace('jwt-guard/', ''), file: relative(root, path).replaceAll('\\', '/'), line: message.line, endLine: message.endLine ?? message.line, message: message.message,
})));

const planted = mistakes.filter(({ rule, supersededBy, unseen }) => unseen === undefined && catalogue.has(rule) && !(supersededBy !== undefined && catalogue.has(supersededBy))).map((mistake) => {
  const places = (mistake.reportedAt ?? [mistake]).map(({ file, anchor }) => ({ file, line: lineOf(file, anchor) }));
  return { ...mistake, line: lineOf(mistake.file, mistake.anchor), places };
});

/** Line of a unique snippet, from 1; 0 where it does not stand there once. */
function lineOf(file: string, anchor: string): number {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const found = lines.flatMap((line, index) => (line.includes(anchor) ? [index + 1] : []));
  return found.length === 1 ? found[0] ?? 0 : 0;
}

const reportedAt = (place: { readonly file: string; readonly line: number }, rule: string, finding: Reported): boolean => finding.rule === rule && finding.file === place.file && finding.line <= place.line && place.line <= finding.endLine;
const matches = (mistake: (typeof planted)[number], finding: Reported): boolean => mistake.places.some((place) => reportedAt(place, mistake.rule, finding));

describe('the planted mistakes', () => {
  it('stand where the manifest says', () => {
    expect(planted.filter(({ line, places }) => line === 0 || places.some((place) => place.line === 0)).map(({ rule, file, anchor }) => `${file} ${rule} ${anchor}`)).toEqual([]);
  });

  it('show every rule of the catalogue', () => {
    expect([...catalogue].filter((rule) => !planted.some((mistake) => mistake.rule === rule))).toEqual([]);
  });

  it('are all reported', () => {
    expect(planted.filter((mistake) => !mistake.places.every((place) => reported.some((finding) => reportedAt(place, mistake.rule, finding)))).map(({ rule, file, line }) => `${file}:${line} ${rule}`)).toEqual([]);
  });

  it('are all that is reported', () => {
    expect(reported.filter((finding) => !planted.some((mistake) => matches(mistake, finding))).map(({ rule, file, line, message }) => `${file}:${line} ${rule}: ${message}`)).toEqual([]);
  });
});
