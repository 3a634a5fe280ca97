import { type Exclusion, exclusions } from './exclusions.ts';
import { type KeyInput, keys, readings } from './keys.ts';
import { type Origin, origins } from './origins.ts';
import type { Format, Fragment, Production } from './production.ts';
import { type Seed, seeds, type Variation } from './seeds.ts';
import { shapes } from './shapes.ts';
import { texts } from './texts.ts';

/** A generated program. */
export interface Program {
  readonly seed: Seed;
  readonly side: 'bad' | 'good';
  readonly format: Format;
  /** Names of the productions it was made with, by factor. */
  readonly parts: Readonly<Record<Factor, string>>;
  readonly code: string;
  readonly filename: string;
  readonly files: Readonly<Record<string, string>>;
}

export type Factor = 'origin' | 'shape' | 'text' | 'key' | 'reading';

const FORMATS: readonly Format[] = ['esm', 'cjs', 'ts'];

function at<T>(list: readonly T[], index: number): T {
  return list[((index % list.length) + list.length) % list.length] as T;
}

function originsFor(seed: Seed, format: Format): readonly Origin[] {
  return origins.filter((origin) => origin.formats.includes(format)
    && (seed.library === 'jsonwebtoken' || !origin.needsDefault)
    && (seed.function !== 'SignJWT' || origin.constructs)
    && (!origin.needsCallbackStyle || ['sign', 'verify'].includes(seed.function)));
}

function inFormat<Input>(productions: readonly Production<Input>[], format: Format): readonly Production<Input>[] {
  return productions.filter((production) => production.formats.includes(format));
}

/** Puts one program together. */
export function render(seed: Seed, side: 'bad' | 'good', format: Format, choice: { origin: Origin; shape: Production<string>; text: Production<string>; key: Production<KeyInput>; reading: (typeof readings)[number] }): Program {
  const variation: Variation = seed[side];
  const written: Fragment[] = [];
  const spell = (literal: string): string => {
    const fragment = choice.text.render(literal, format);
    written.push(fragment);
    return fragment.expression;
  };
  const tops: string[] = [];
  let keyFragment: Fragment | undefined;
  if (variation.key) {
    const plain = variation.key.secret === undefined && variation.key.reading === 'process.env.JWT_SECRET';
    if (plain && choice.reading.top) tops.push(choice.reading.top(format));
    keyFragment = choice.key.render(plain ? { secret: undefined, reading: choice.reading.expression } : variation.key, format);
  }
  let shapeFragment: Fragment | undefined;
  const args: string[] = [];
  let construct: string | undefined;
  if (variation.construct) {
    construct = variation.construct(spell).replace('KEY', keyFragment?.expression ?? 'key');
    args.push(variation.payload ?? '{}');
  } else {
    args.push(variation.payload ?? 'token');
    if (keyFragment) args.push(keyFragment.expression);
    if (variation.options) {
      shapeFragment = choice.shape.render(variation.options(spell), format);
      args.push(shapeFragment.expression);
    }
  }
  if (shapeFragment?.files) {
    // The text under test moved to another file with the object that holds it, and what it needs moves along.
    shapeFragment = { ...shapeFragment, files: withTexts(shapeFragment.files, written) };
    written.splice(0, written.length, ...written.map(({ files }) => ({ expression: '', ...(files && { files }) })));
  }
  const origin = choice.origin.render({ specifier: seed.library, name: seed.function, arguments: args, hasDefault: seed.library === 'jsonwebtoken', callbackStyle: true, ...(construct !== undefined && { construct }) }, format);
  const fragments = [...written, ...(keyFragment ? [keyFragment] : []), ...(shapeFragment ? [shapeFragment] : []), origin];
  for (const fragment of fragments) if (fragment.top) tops.push(fragment.top);
  const before = fragments.map((fragment) => fragment.before ?? '').filter((text) => text !== '');
  const use = variation.use ?? ((call: string) => `return ${call};`);
  let statement = [...before, use(origin.expression)].join('\n');
  for (const fragment of fragments) if (fragment.around && fragment !== origin) statement = fragment.around(statement);
  const handler = origin.around ? origin.around(statement) : `async function handler(token, user, req, res, next) {\n${statement}\n}`;
  // Imports have to stand before what uses them only for a reader; the productions' own order is kept.
  const strict = tops.filter((top) => top.startsWith('"use strict"'));
  const code = [...strict, ...tops.filter((top) => !strict.includes(top)), handler, ...(origin.around ? [] : [format === 'cjs' ? 'module.exports = { handler };' : 'export { handler };'])].join('\n');
  return {
    seed, side, format,
    parts: { origin: choice.origin.name, shape: shapeFragment ? choice.shape.name : 'none', text: choice.text.name, key: keyFragment ? choice.key.name : 'none', reading: variation.key?.secret === undefined && keyFragment ? choice.reading.name : 'none' },
    code: `${code}\n`,
    filename: format === 'ts' ? 'case.ts' : 'case.js',
    files: Object.assign({}, ...fragments.map((fragment) => fragment.files ?? {})) as Record<string, string>,
  };
}

function withTexts(files: Readonly<Record<string, string>>, written: readonly Fragment[]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => {
    const needed = written.filter(({ expression }) => content.includes(expression)).flatMap(({ top = '', before = '' }) => [top, before]).filter((text) => text !== '');
    const depth = name.includes('/') ? '../' : './';
    return [name, [...needed.map((text) => text.replace(/'\.\//g, `'${depth}`)), content].join('\n')];
  }));
}

/** Whether a program is left out, and by which exclusion. */
export function exclusionOf(program: Program): Exclusion | undefined {
  return exclusions.find((exclusion) => exclusion.applies(program));
}

type Choice = Parameters<typeof render>[3];

interface Lists {
  readonly origin: readonly Origin[];
  readonly shape: readonly Production<string>[];
  readonly text: readonly Production<string>[];
  readonly key: readonly Production<KeyInput>[];
  readonly reading: readonly (typeof readings)[number][];
}

function listsFor(seed: Seed, format: Format): Lists {
  return { origin: originsFor(seed, format), shape: inFormat(shapes, format), text: inFormat(texts, format), key: inFormat(keys, format), reading: readings.filter((reading) => reading.formats.includes(format)) };
}

/**
 * A walk along all factors with steps that are prime to one another, then programs for every production that has not met
 * every seed on both sides by then, then programs for every two productions of different factors that have not met.
 */
export function programs(wanted: (rule: string) => boolean): readonly Program[] {
  const made: Program[] = [];
  const chosen = seeds.filter((seed) => wanted(seed.rule));
  for (const [seedIndex, seed] of chosen.entries()) {
    for (const format of FORMATS) {
      const lists = listsFor(seed, format);
      for (const side of ['bad', 'good'] as const) {
        for (let index = 0; index < ROUNDS; index++) made.push(render(seed, side, format, turned(lists, index + seedIndex * 7, index * 11 + seedIndex * 5)));
      }
    }
  }
  const withSeeds = [...made, ...meetingSeeds(made, chosen)];
  return [...withSeeds, ...completing(withSeeds, chosen)];
}

/** Programs per seed, format and side in the first walk. */
const ROUNDS = 12;

/** Programs for the productions that a seed has not met yet. */
function meetingSeeds(made: readonly Program[], chosen: readonly Seed[]): readonly Program[] {
  const met = new Set(made.flatMap((program) => FACTORS.map((factor) => `${chosen.indexOf(program.seed)} ${program.side} ${factor} ${program.parts[factor]}`)));
  const added: Program[] = [];
  let turn = 0;
  for (const [seedIndex, seed] of chosen.entries()) {
    for (const format of FORMATS) {
      const lists = listsFor(seed, format);
      for (const factor of FACTORS) {
        for (const production of lists[factor]) {
          for (const side of ['bad', 'good'] as const) {
            if (met.has(`${seedIndex} ${side} ${factor} ${production.name}`)) continue;
            const program = render(seed, side, format, { ...turned(lists, turn++, turn * 3), [factor]: production });
            if (program.parts[factor] !== production.name) continue;
            for (const each of FACTORS) met.add(`${seedIndex} ${side} ${each} ${program.parts[each]}`);
            added.push(program);
          }
        }
      }
    }
  }
  return added;
}

/** One choice per factor, by position. */
function turned(lists: Lists, turn: number, second: number): Choice {
  return { origin: at(lists.origin, turn), shape: at(lists.shape, turn + second), text: at(lists.text, turn * 3 + second), key: at(lists.key, turn * 5 + second), reading: at(lists.reading, turn + second * 3) };
}

const FACTORS = ['origin', 'shape', 'text', 'key', 'reading'] as const satisfies readonly Factor[];

/** Programs for the pairs of productions that no program holds yet. */
function completing(made: readonly Program[], chosen: readonly Seed[]): readonly Program[] {
  const met = new Set<string>();
  const note = (program: Program): void => {
    for (const a of FACTORS) for (const b of FACTORS) met.add(pair(a, program.parts[a], b, program.parts[b]));
  };
  for (const program of made) note(program);
  const added: Program[] = [];
  const full = chosen.filter((seed) => seed.bad.options && seed.good.options && seed.bad.key && seed.good.key);
  let turn = 0;
  for (const format of FORMATS) {
    for (const [index, a] of FACTORS.entries()) {
      for (const b of FACTORS.slice(index + 1)) {
        for (const first of namesOf(a, format)) {
          for (const second of namesOf(b, format)) {
            if (met.has(pair(a, first, b, second))) continue;
            turn++;
            for (let attempt = 0; attempt < full.length; attempt++) {
              const seed = at(full, turn + attempt);
              const lists = listsFor(seed, format);
              const choice = { ...turned(lists, turn, turn * 3), [a]: lists[a].find(({ name }) => name === first), [b]: lists[b].find(({ name }) => name === second) };
              if (!choice[a] || !choice[b]) continue;
              const pairOf = (['bad', 'good'] as const).map((side) => render(seed, side, format, choice));
              if (!pairOf.some((program) => program.parts[a] === first && program.parts[b] === second)) continue;
              pairOf.forEach(note);
              added.push(...pairOf);
              break;
            }
          }
        }
      }
    }
  }
  return added;
}

function pair(a: Factor, first: string, b: Factor, second: string): string {
  return `${a}: ${first} + ${b}: ${second}`;
}

function namesOf(factor: Factor, format: Format): readonly string[] {
  const productions: Readonly<Record<Factor, readonly { readonly name: string; readonly formats: readonly Format[] }[]>> = { origin: origins, shape: shapes, text: texts, key: keys, reading: readings };
  return productions[factor].filter(({ formats }) => formats.includes(format)).map(({ name }) => name);
}
