import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { instrument } from './instrument.ts';

/** A rule's check is covered by at least this many mutants. */
export const MUTANTS_PER_RULE = 5;
/** Of the analysis, every module has at least one mutant, and one more for each this many that are possible. */
const POSSIBLE_PER_SAMPLED = 60;

type Texts = ReadonlyMap<string, string>;

function keysOf(path: string, texts: Texts): readonly string[] {
  const keys: string[] = [];
  instrument(texts.get(path) ?? '', path, (_, key) => {
    keys.push(key);
    return undefined;
  });
  return keys;
}

/** The keys of all mutants of a module. */
export function mutantsOfModule(path: string, texts: Texts): ReadonlySet<string> {
  return new Set(keysOf(path, texts));
}

/**
 * The keys of a rule's mutants: all of its own file, and where those are few, all of the modules that hold its check, which are
 * the ones that it imports and at most one other rule.
 */
export function mutantsOfRule(name: string, texts: Texts): ReadonlySet<string> {
  const path = `rules/${name}.ts`;
  const own = keysOf(path, texts);
  if (own.length >= MUTANTS_PER_RULE) return new Set(own);
  const rules = [...texts.keys()].filter((one) => one.startsWith('rules/') && one !== 'rules/index.ts');
  const holding = importsOf(path, texts).filter((module) => rules.filter((rule) => importsOf(rule, texts).includes(module)).length <= 2);
  return new Set([...own, ...holding.flatMap((module) => keysOf(module, texts))]);
}

function importsOf(path: string, texts: Texts): readonly string[] {
  return [...(texts.get(path) ?? '').matchAll(/ from '(\..*)';$/gm)].map(([, specifier = '']) => posix.join(posix.dirname(path), specifier));
}

/** The keys of a share of the analysis' mutants: chosen by what each changes, so that a change elsewhere leaves the choice alone. */
export function sampledMutants(texts: Texts): ReadonlySet<string> {
  const modules = [...texts.keys()].filter((path) => path.startsWith('src/analysis/'));
  return new Set(modules.flatMap((path) => {
    const keys = keysOf(path, texts);
    return keys.map((key) => [createHash('sha256').update(key).digest('hex'), key] as const).sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, Math.ceil(keys.length / POSSIBLE_PER_SAMPLED)).map(([, key]) => key);
  }));
}
