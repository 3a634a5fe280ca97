/** The parts of the documentation that follow from the catalogues. Pure: files in, files out. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Codemod } from '../src/codemod.ts';
import type { AnyRule, PresetName } from '../src/define-rule.ts';
import { presetNames, rulesOfPreset } from '../src/presets.ts';

/** Everything above this line of a page is written by `npm run update`. */
export const END_OF_HEADER = '<!-- Everything above is written by `npm run update`. -->';

/** Path, relative to the project's folder, to the text that the file should hold. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** The generated files, and the pages with generated parts, as they should be. */
export function generatedDocs(root: string, rules: readonly AnyRule[], codemods: readonly Codemod[]): GeneratedFiles {
  const files = new Map<string, string>();
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  files.set('README.md', withPart(withPart(read('README.md'), 'rules', ruleTable(rules, codemods, 'docs/')), 'codemods', codemodTable(codemods, 'docs/')));
  files.set('docs/rules/README.md', `# Rules\n\n${presetLegend(rules)}\n\n${ruleTable(rules, codemods, '../')}\n`);
  files.set('docs/codemods/README.md', `# Codemods\n\nEach runs as \`jwt-guard fix --only NAME\` and through jscodeshift; those that repair findings also as the suggestion of their rule in an editor.\n\n${codemodTable(codemods, '../')}\n`);
  for (const rule of rules) {
    const path = `docs/rules/${rule.name}.md`;
    if (existsSync(join(root, path))) files.set(path, withHeader(read(path), ruleHeader(rule, codemods)));
  }
  for (const codemod of codemods) {
    const path = `docs/codemods/${codemod.name}.md`;
    if (existsSync(join(root, path))) files.set(path, withHeader(read(path), codemodHeader(codemod)));
  }
  return files;
}

/** Names of the pages in a folder of the documentation, without the index. */
export function pagesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder)).filter((name) => name.endsWith('.md') && name !== 'README.md').map((name) => name.slice(0, -'.md'.length)).sort();
}

function ruleTable(rules: readonly AnyRule[], codemods: readonly Codemod[], docs: string): string {
  const rows = [...rules].sort(byName).map((rule) => [
    `[${rule.name}](${docs}rules/${rule.name}.md)`,
    rule.description.replace(/\.$/, ''),
    levelIn(rules, rule, 'recommended'),
    presetNames.filter((preset) => preset !== 'recommended' && rule.presets[preset] !== undefined).join(', '),
    codemodsOf(rule, codemods).map(({ name }) => `[${name}](${docs}codemods/${name}.md)`).join(', '),
  ]);
  return table(['rule', 'what it reports', 'recommended', 'other presets', 'codemods'], rows);
}

function codemodTable(codemods: readonly Codemod[], docs: string): string {
  const rows = [...codemods].sort(byName).map((codemod) => [
    `[${codemod.name}](${docs}codemods/${codemod.name}.md)`,
    codemod.description.replace(/\.$/, ''),
    codemod.migration ? 'none: it is a migration' : codemod.follows ? 'every rule that is switched on' : [...new Set(codemod.repairs.map(({ rule }) => rule.name))].map((name) => `[${name}](${docs}rules/${name}.md)`).join(', '),
  ]);
  return table(['codemod', 'what it does', 'repairs findings of'], rows);
}

function presetLegend(rules: readonly AnyRule[]): string {
  const sentences = {
    recommended: 'what every project wants',
    strict: 'recommended, and what hardens',
    service: 'strict, tighter limits, and rules for services that call one another',
    browser: 'tokens in front-end code',
  } satisfies Record<PresetName, string>;
  return presetNames.map((preset) => `- \`${preset}\` (${rulesOfPreset(rules, preset).size} rules): ${sentences[preset]}`).join('\n');
}

function ruleHeader(rule: AnyRule, codemods: readonly Codemod[]): string {
  const presets = presetNames.filter((preset) => rule.presets[preset] !== undefined).map((preset) => `\`${preset}\` (${levelIn([rule], rule, preset)})`);
  const remedies = Object.values(rule.remedies as Readonly<Record<string, string>>);
  const own = codemodsOf(rule, codemods);
  return [
    `# ${rule.name}`,
    rule.description,
    presets.length > 0 ? `In the presets ${listed(presets)}.` : 'In no preset.',
    ...(remedies.length > 0 ? [`Suggestions in an editor:\n\n${remedies.map((text) => `- ${text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, '*$1*')}`).join('\n')}`] : []),
    ...(own.length > 0 ? [`Repaired over many files by ${listed(own.map(({ name }) => `[${name}](../codemods/${name}.md)`))}.`] : []),
  ].join('\n\n');
}

function codemodHeader(codemod: Codemod): string {
  const rules = [...new Set(codemod.repairs.map(({ rule }) => rule.name))].map((name) => `[${name}](../rules/${name}.md)`);
  return [
    `# ${codemod.name}`,
    codemod.description,
    ...(codemod.migration ? ['It is a migration: it runs only when it is named, and a file is carried over whole or not at all.'] : codemod.follows ? ['It applies what the rules that are switched on suggest.'] : rules.length > 0 ? [`It applies what the rule${rules.length > 1 ? 's' : ''} ${listed(rules)} suggest${rules.length > 1 ? '' : 's'}.`] : []),
    ['```sh', `npx jwt-guard fix --only ${codemod.name} src`, '```'].join('\n'),
    'Or through jscodeshift:',
    ['```sh', `npx jscodeshift --no-babel --fail-on-error --extensions=js,jsx,mjs,cjs,ts,tsx,mts,cts -t node_modules/eslint-plugin-jwt-guard/codemods/${codemod.name}.js src`, '```'].join('\n'),
  ].join('\n\n');
}

function codemodsOf(rule: AnyRule, codemods: readonly Codemod[]): Codemod[] {
  return codemods.filter(({ follows, repairs }) => !follows && repairs.some((repair) => repair.rule.name === rule.name)).sort(byName);
}

function levelIn(rules: readonly AnyRule[], rule: AnyRule, preset: PresetName): string {
  const entry = rulesOfPreset(rules, preset).get(rule.name);
  return entry === undefined ? '' : typeof entry === 'string' ? entry : entry[0];
}

/** Puts the generated part in the place of whatever stands above the mark, or above the first section where there is no mark yet. */
function withHeader(page: string, header: string): string {
  const mark = page.indexOf(END_OF_HEADER);
  const firstSection = page.search(/^## /m);
  const rest = mark >= 0 ? page.slice(mark + END_OF_HEADER.length) : firstSection >= 0 ? page.slice(firstSection) : '';
  return `${header}\n\n${END_OF_HEADER}\n\n${rest.trimStart()}`;
}

function withPart(page: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name}: written by \`npm run update\` -->`, `<!-- end of ${name} -->`];
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The page has no part between ${start} and ${end}.`);
  return `${page.slice(0, from + start.length)}\n\n${text}\n\n${page.slice(to)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
