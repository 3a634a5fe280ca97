import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { type UnitClash, unitClashes } from '../src/analysis/claim-comparisons.ts';
import { durationInWords, type Lifetime, lifetimesOf, type TimeMistake } from '../src/analysis/lifetimes.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { readerOf } from '../src/analysis/operations.ts';
import { isInside } from '../src/analysis/order.ts';
import { optionName } from '../src/analysis/option-names.ts';
import { otherPlace } from '../src/analysis/other-place.ts';
import { isUsedOnce } from '../src/analysis/uses.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Exploitability, SettingName } from '../src/libraries/descriptor.ts';
import { secondsText } from '../src/remedies/lifetimes.ts';

/** Mistakes after which the token lives longer than was meant; after the others it is dead at once or never made. */
const LONGER: ReadonlySet<TimeMistake> = new Set(['milliseconds', 'instant', 'ignored']);
/** Longest lifetime that is written for a person to confirm. */
const DAY = 86_400;

/** A lifetime in the wrong unit is a thousand times too long, or none at all. */
export const validExpiration = defineRule({
  name: 'valid-expiration',
  description: 'Require times in the unit that the library reads.',
  messages: {
    milliseconds: '`{{option}}` is read in seconds here and gets milliseconds{{place}}, so that {{effect}}. Divide by 1000.',
    seconds: '`{{option}}` is read in milliseconds here and gets seconds{{place}}, so that the token is dead at once. Multiply by 1000.',
    digits: 'Digits alone as `{{option}}` are read as milliseconds{{place}}, so that the token is dead after {{effect}}. Add a unit, or pass a number.',
    duration: '`{{option}}` is a point in time here and gets a length of time{{place}}, which as a point in time lies in 1970, so that the token is dead at once. Pass the time of expiry, or text with a unit.',
    instant: '`{{option}}` is a length of time from now, and gets a point in time{{place}}, so that the token lives for decades. Pass the length alone.',
    rejected: '`{{name}}` refuses this `{{option}}`{{place}} and issues no token. Pass {{accepted}}.',
    ignored: '`{{option}}` must be a number here; anything else{{place}} is not checked, so that the token never expires. Pass {{accepted}}.',
    twice: '`{{name}}` refuses `{{option}}` together with `exp` in the payload. Set one of the two.',
    compared: '`{{claim}}` is in seconds and is compared with milliseconds, so that {{effect}}. Multiply it by 1000, or divide the time by 1000.',
  },
  remedies: {
    'correct-unit': 'Write `{{text}}`.',
    'write-out': 'Write `{{text}}`, if that is the lifetime that was meant.',
  },
  references: ['RFC 7519 section 2', 'RFC 7519 section 4.1.4', 'CWE-682', 'CWE-613'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *check(operation, { file }) {
    yield* mistakesIn(operation, 'expiration');
    // `iat` in milliseconds moves a relative expiry with it; `nbf` locks the token for ever.
    yield* mistakesIn(operation, 'issuedAt');
    yield* mistakesIn(operation, 'notBefore');
    const settings = operation.settingsAt('expiration').filter(({ definite }) => definite);
    const [first] = settings.filter(({ place, file: where }) => where === file && settings.some((other) => place.excludes?.includes(other.place.at)));
    if (first) yield { message: 'twice', node: first.node, file, exploitability: 'hardening', data: { name: operation.name, option: optionName(first.place) } };
  },
  *checkFile({ file, operations }) {
    for (const clash of unitClashes(file, readerOf(file), new Set(operations.filter(({ kind }) => kind === 'verify' || kind === 'decode').map(({ node }) => node)))) {
      const { claim, comparison } = clash;
      const text = file.sourceCode.getText(claim as never);
      const operand = claim.type === AST_NODE_TYPES.LogicalExpression ? `(${text}) * 1000` : `${text} * 1000`;
      yield {
        message: 'compared', node: comparison, file, exploitability: 'hardening', data: { claim: text, effect: effectOf(clash) },
        remedies: [{ id: 'correct-unit', safety: 'review', edits: [{ file, range: claim.range, text: operand }], data: { text: operand } }],
      };
    }
  },
});

function effectOf({ name, comparison }: UnitClash): string {
  if (name === 'exp') return comparison.operator === '-' ? 'the time that is left is wrong' : 'every token counts as expired';
  return name === 'nbf' ? 'every token counts as valid already' : 'every token counts as old';
}

function* mistakesIn(operation: JwtOperation, name: SettingName) {
  for (const lifetime of lifetimesOf(operation, name)) {
    const { mistake, setting, value, node, meant } = lifetime;
    if (mistake === undefined || setting.place.at.startsWith('configuration.')) continue;
    // Other settings are read only for the mistake that is one beyond doubt.
    if (name !== 'expiration' && mistake !== 'milliseconds') continue;
    const { file } = operation;
    const common = {
      node, file, exploitability: (LONGER.has(mistake) ? operation.exploitabilityOf('expiration') : 'hardening') satisfies Exploitability,
      cause: value, remedies: name === 'expiration' ? corrections(operation, lifetime, mistake) : [],
    } as const;
    const data = { option: optionName(setting.place), place: otherPlace(value, file) };
    switch (mistake) {
      case 'milliseconds': yield { ...common, message: mistake, data: { ...data, effect: name === 'expiration' ? tooLong(lifetime) : name === 'notBefore' ? 'the token is never valid' : 'everything that is counted from it is wrong' } } as const; break;
      case 'digits': yield { ...common, message: mistake, data: { ...data, effect: durationInWords((meant ?? 0) / 1000) } } as const; break;
      case 'rejected': yield { ...common, message: mistake, data: { ...data, name: operation.name, accepted: acceptedBy(lifetime) } } as const; break;
      case 'ignored': yield { ...common, message: mistake, data: { ...data, accepted: acceptedBy(lifetime) } } as const; break;
      default: yield { ...common, message: mistake, data } as const;
    }
  }
}

function tooLong({ meant, value }: Lifetime): string {
  return meant === undefined || value.kind === 'instant' ? 'the token never expires' : `the token lives for ${durationInWords(meant * 1000)} instead of ${durationInWords(meant)}`;
}

function acceptedBy({ setting: { place: { time } } }: Lifetime): string {
  if (time?.text === 'jose' || !time?.number.startsWith('instant')) return 'text with a unit, such as `15m`, or a whole number';
  return time.number === 'instant-ms' ? 'milliseconds since 1970' : 'seconds since 1970';
}

/** The same lifetime in the unit that is read: without a doubt where the token then lives shorter, for a person to confirm where longer. */
function corrections({ file }: JwtOperation, { node, value, setting, meant }: Lifetime, mistake: TimeMistake): readonly Remedy<'correct-unit' | 'write-out'>[] {
  if (!setting.owned || value.file !== file) return [];
  // A constant that is named for its unit stays what its name says.
  const named = setting.node.type === AST_NODE_TYPES.Identifier && /MS$|[a-z]Ms$|milli/i.test(setting.node.name);
  const target = isInside(node, setting.node) || (!named && isUsedOnce(node, file)) ? node : setting.node;
  if (target !== node && setting.value.kind === 'union') return [];
  const source = file.sourceCode.getText(target as never);
  if (mistake === 'milliseconds') {
    // Seconds were added to milliseconds: the sum is written anew.
    const mixed = value.kind === 'instant' && meant !== undefined && meant !== value.offset && Number.isInteger(meant) ? secondsText(setting.place, meant) : undefined;
    const text = mixed ?? inSeconds(target, source, value.kind === 'primitive' ? Number(value.value) : undefined);
    return [{ id: 'correct-unit', safety: 'stricter', edits: [{ file, range: target.range, text }], data: { text } }];
  }
  if (meant === undefined || !Number.isInteger(meant)) return [];
  const text = mistake === 'digits' && setting.place.time?.number === 'duration-ms' ? undefined : secondsText(setting.place, meant);
  if (text === undefined) return [];
  if (mistake === 'instant' || mistake === 'ignored') return [{ id: 'correct-unit', safety: 'stricter', edits: [{ file, range: target.range, text }], data: { text } }];
  return meant <= DAY ? [{ id: 'write-out', safety: 'review', edits: [{ file, range: target.range, text }], data: { text } }] : [];
}

/** The expression without its factor of 1000, or divided by it. */
function inSeconds(node: TSESTree.Node, source: string, amount: number | undefined): string {
  if (node.type === AST_NODE_TYPES.Literal && amount !== undefined && amount % 1000 === 0) return String(amount / 1000);
  const factor = /^(.*\S)\s*\*\s*(?:1000|1_000|1e3)$/s.exec(source);
  if (amount !== undefined && factor?.[1] !== undefined && /^[\w\s*.]+$/.test(factor[1])) return factor[1];
  if (amount !== undefined && amount % 1000 === 0) return `${node.type === AST_NODE_TYPES.BinaryExpression && !/^[\s\w*.]+$/.test(source) ? `(${source})` : source} / 1000`;
  return node.type === AST_NODE_TYPES.BinaryExpression ? `Math.floor((${source}) / 1000)` : `Math.floor(${source} / 1000)`;
}
