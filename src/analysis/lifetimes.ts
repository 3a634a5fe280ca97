import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { SettingName } from '../libraries/descriptor.ts';
import { nodesOf } from './call-nodes.ts';
import type { JwtOperation, SetSetting } from './operation.ts';
import type { SourceFile } from './source-file.ts';
import { readJoseText, readMsText } from './time.ts';
import { possibilities, type Value } from './value.ts';

/** Numbers below are no point in time of this century, whether in seconds or in milliseconds (a length of time was meant). */
const FIRST_INSTANT = 1_000_000_000;
/** Seconds since the epoch stay below for three thousand years; milliseconds have been above since 1973. */
const FIRST_MILLISECONDS = 100_000_000_000;

/** How a library reads what is written for a time, where that is not what it says. */
export type TimeMistake =
  /** milliseconds where seconds are read: the time is a thousand times as long */
  | 'milliseconds'
  /** seconds where milliseconds are read: the time is a thousandth */
  | 'seconds'
  /** a text of digits alone, which is milliseconds */
  | 'digits'
  /** a length of time where a point in time is read: it lies in 1970 */
  | 'duration'
  /** a point in time where a length of time is read: it ends in decades */
  | 'instant'
  /** a value that the library refuses */
  | 'rejected'
  /** a value that the library does not check */
  | 'ignored';

/** One of the times that a setting may be, as the library reads it. */
export interface Lifetime {
  readonly value: Value;
  readonly setting: SetSetting;
  /** The text that gives it in the linted file: the value's own place, or the setting where that stands in another file. */
  readonly node: TSESTree.Node;
  /** Seconds from the issuing on, as the library reads it; undefined where it is not known or misread. */
  readonly seconds: number | undefined;
  readonly mistake: TimeMistake | undefined;
  /** Seconds that the author meant, where a mistake leaves no doubt. */
  readonly meant: number | undefined;
}

/** Every time that a setting may be; for libraries in which one place overrides another, those of all places. */
export function lifetimesOf(operation: JwtOperation, name: SettingName = 'expiration'): readonly Lifetime[] {
  return operation.settingsAt(name).flatMap((setting) => possibilities(setting.value).map((value): Lifetime => ({
    value, setting, node: nodeIn(operation.file, value, setting), ...(value !== setting.value && isToldApart(value) ? UNKNOWN : readTime(value, setting)),
  })));
}

/** One of several values that the program asks for by itself, as in `if (lifetime !== 'never')`: it need not come as far as the call. */
function isToldApart(value: Value): boolean {
  if (value.kind !== 'primitive') return false;
  const plain = (one: unknown) => (typeof one === 'string' ? one.toLowerCase() : one);
  const isValue = (node: TSESTree.Node | null) => node?.type === AST_NODE_TYPES.Literal && plain(node.value) === plain(value.value);
  return nodesOf(value.file).some((node) => {
    if (node.type === AST_NODE_TYPES.SwitchCase) return isValue(node.test);
    return node.type === AST_NODE_TYPES.BinaryExpression && /^[!=]==?$/.test(node.operator) && (isValue(node.left) || isValue(node.right));
  });
}

function nodeIn(file: SourceFile, value: Value, setting: SetSetting): TSESTree.Node {
  return value.file === file && setting.file === file && value.node.range[1] > value.node.range[0] ? value.node : setting.node;
}

type TimeRead = Pick<Lifetime, 'seconds' | 'mistake' | 'meant'>;
const UNKNOWN: TimeRead = { seconds: undefined, mistake: undefined, meant: undefined };
const wrong = (mistake: TimeMistake, meant?: number): TimeRead => ({ seconds: undefined, mistake, meant });
const right = (seconds: number): TimeRead => ({ seconds, mistake: undefined, meant: undefined });

function readTime(value: Value, { place, node, file }: SetSetting): TimeRead {
  const { time } = place;
  if (!time || time.number === 'ignored') return UNKNOWN;
  const texts = textsAround(value, node, file);
  switch (value.kind) {
    case 'instant':
      if (time.number === 'duration-s' || time.number === 'duration-ms' || time.number === 'rejected') return value.unit === 'date' ? wrong('rejected', value.offset) : wrong('instant', plausible(value.offset));
      return readInstant(value.unit, value.offset, time.number, time.text);
    case 'duration-text':
      return time.text === 'rejected' || time.text === 'ignored' ? wrong(time.text) : UNKNOWN;
    case 'primitive':
      if (typeof value.value === 'string') return readText(value.value, time.text, time.number);
      if (typeof value.value === 'number') return readNumber(value.value, time.number, texts);
      // `null` and booleans are no time; `undefined` is an absent one.
      return value.value === undefined || place.at.startsWith('payload.') || place.at.startsWith('.') ? UNKNOWN : wrong('rejected');
    case 'object': case 'array': case 'function': case 'regexp':
      return wrong('rejected');
    default:
      return UNKNOWN;
  }
}

function readInstant(unit: 's' | 'ms' | 'date', offset: number | undefined, reads: 'instant-s' | 'instant-ms', textual: string | undefined): TimeRead {
  if (unit === 'date') {
    // A Date goes through JSON as text where no setter takes it.
    if (reads === 'instant-s' && (textual === 'rejected' || textual === 'ignored')) return wrong(textual, plausible(offset));
    return offset === undefined ? UNKNOWN : right(offset);
  }
  if (reads === 'instant-s' && unit === 'ms') return wrong('milliseconds', offset === undefined ? undefined : isSecondsAsMilliseconds(offset * 1000) ? offset * 1000 : offset);
  if (reads === 'instant-ms' && unit === 's') return wrong('seconds', plausible(offset));
  if (offset === undefined) return UNKNOWN;
  // Added to milliseconds, a factor of 1000 is in its place; added to seconds only the amount can tell.
  if (unit === 's' && isMilliseconds(offset, NO_TEXT)) return wrong('milliseconds', offset / 1000);
  if (offset > 0 && offset < 60 && isSecondsAsMilliseconds(offset * 1000)) return wrong('seconds', offset * 1000);
  return right(offset);
}

function readText(written: string, grammar: string | undefined, number: string): TimeRead {
  switch (grammar) {
    case 'ms': {
      const seconds = readMsText(written);
      if (seconds === undefined) return wrong('rejected');
      // A token that is dead at once on purpose is so in any unit.
      if (seconds <= 0) return right(seconds);
      // The library's own numbers are milliseconds too: nothing was misread unless the amount is absurd.
      if (/^\s*-?\d*\.?\d+\s*$/.test(written)) return number === 'duration-ms' && !isSecondsAsMilliseconds(Number(written)) ? right(seconds) : wrong('digits', digitsMean(Number(written)));
      return right(seconds);
    }
    case 'jose': {
      const seconds = readJoseText(written);
      return seconds === undefined ? wrong('rejected') : right(seconds);
    }
    case 'number': return Number.isFinite(Number(written)) ? right(Number(written)) : wrong('rejected');
    case 'rejected': case 'ignored': return wrong(grammar, plausible(readMsText(written)));
    default: return UNKNOWN;
  }
}

function digitsMean(amount: number): number {
  return isMilliseconds(amount, NO_TEXT) ? amount / 1000 : amount;
}

function readNumber(amount: number, reads: string, texts: Texts): TimeRead {
  if (!Number.isFinite(amount)) return wrong('rejected');
  switch (reads) {
    case 'duration-s':
      if (amount >= FIRST_MILLISECONDS) return wrong('milliseconds', plausible(amount / 1000));
      if (isMilliseconds(amount, texts)) return wrong('milliseconds', amount / 1000);
      return Number.isInteger(amount) ? right(amount) : wrong('rejected', plausible(Math.round(amount)));
    case 'duration-ms':
      return isSecondsAsMilliseconds(amount) && !saysMilliseconds(texts) ? wrong('seconds', amount) : right(amount / 1000);
    case 'instant-s':
      if (amount >= FIRST_MILLISECONDS) return wrong('milliseconds');
      return amount >= 30 && amount < FIRST_INSTANT ? wrong('duration', isMilliseconds(amount, texts) ? amount / 1000 : amount) : UNKNOWN;
    case 'instant-ms':
      return amount >= 30 && amount < FIRST_MILLISECONDS ? wrong('duration', isMilliseconds(amount, texts) ? amount / 1000 : amount) : UNKNOWN;
    case 'rejected': return wrong('rejected', amount);
    default: return UNKNOWN;
  }
}

/** An offset that can be the lifetime of a token at all. */
function plausible(offset: number | undefined): number | undefined {
  return offset !== undefined && offset > 0 && offset < 10 * 31_557_600 ? offset : undefined;
}

/** Whether the text says that a number is milliseconds: a factor of 1000, the `ms` function, a name that ends in MS. */
function saysMilliseconds({ own, around }: Texts): boolean {
  const text = `${own}\n${around}`;
  return !/\/\s*(?:1000|1_000|1e3)\b/.test(text) && /\*\s*(?:1000|1_000|1e3)\b|\b(?:1000|1_000|1e3)\s*\*|\bms\s*\(|(?:_MS|[a-z]M[sS]|_MILLIS\w*|[mM]illi(?:s|seconds?)?)\b/.test(text);
}

/** Whether the text says that a number is seconds: the seconds of an hour or a day as a factor, a name with seconds in it. */
function saysSeconds({ own }: Texts): boolean {
  return /\b(?:3_?600|86_?400)\b|\b60\s*\*\s*60\b|(?<!milli)seconds?(?![a-z])|(?:_SECS?|[a-z]Secs?)\b/i.test(own);
}

/**
 * Whether a number of what should be seconds is milliseconds: the text says so, or the number is whole minutes when
 * read as milliseconds and no length that anybody writes when read as seconds (3600000 is an hour, or 41 days and 16 hours).
 */
function isMilliseconds(amount: number, texts: Texts): boolean {
  if (amount < 1000) return false;
  if (saysMilliseconds(texts)) return true;
  if (saysSeconds(texts)) return false;
  return amount >= 300_000 && amount % 60_000 === 0;
}

/** Whether a number of what should be milliseconds is seconds: 900 or 86400 are quarters of an hour and days, no milliseconds. */
function isSecondsAsMilliseconds(amount: number): boolean {
  if (amount <= 0) return false;
  if (amount < 1000) return amount >= 30;
  return amount % 60 === 0 && amount % 30_000 !== 0 && (amount % 1000 !== 0 || amount % 3600 === 0);
}

/** Where a unit may be named: the text of a value's own expression, and of the one that the setting is given. */
interface Texts {
  readonly own: string;
  readonly around: string;
}

const NO_TEXT: Texts = { own: '', around: '' };

function textsAround(value: Value, node: TSESTree.Node, file: SourceFile): Texts {
  return { own: value.file.sourceCode.getText(value.node as never).slice(0, 400), around: file.sourceCode.getText(node as never).slice(0, 400) };
}

/** A length of time in words: `41 days`, `1 hour`. */
export function durationInWords(seconds: number): string {
  for (const [name, length] of [['year', 31_536_000], ['day', 86_400], ['hour', 3600], ['minute', 60]] as const) {
    if (seconds < length) continue;
    const amount = Math.round((seconds / length) * 10) / 10;
    return `${amount} ${name}${amount === 1 ? '' : 's'}`;
  }
  const amount = Number(seconds.toPrecision(2));
  return `${amount} second${amount === 1 ? '' : 's'}`;
}
