import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { writtenName } from './expressions.ts';
import { type InstantValue, primitive, type Provenance, unknownValue, type Value } from './value.ts';

/** Seconds in each unit of the vercel/ms grammar, by its first letters; a month is unknown to it. */
const SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001, msec: 0.001, msecs: 0.001, millisecond: 0.001, milliseconds: 0.001,
  s: 1, sec: 1, secs: 1, second: 1, seconds: 1,
  m: 60, min: 60, mins: 60, minute: 60, minutes: 60,
  h: 3600, hr: 3600, hrs: 3600, hour: 3600, hours: 3600,
  d: 86_400, day: 86_400, days: 86_400, w: 604_800, week: 604_800, weeks: 604_800,
  y: 31_557_600, yr: 31_557_600, yrs: 31_557_600, year: 31_557_600, years: 31_557_600,
};

/** Seconds of a duration in the vercel/ms grammar, where digits alone are milliseconds; undefined where the library throws. */
export function readMsText(text: string): number | undefined {
  const [, amount, unit] = /^(-?(?:\d+)?\.?\d+) *([a-z]+)?$/i.exec(text) ?? [];
  if (amount === undefined) return undefined;
  const factor = unit === undefined ? 0.001 : SECONDS[unit.toLowerCase()];
  return factor === undefined ? undefined : Number(amount) * factor;
}

/** Seconds of a duration in the jose grammar: a unit is mandatory, `ago` and `from now` may follow; undefined where jose throws. */
export function readJoseText(text: string): number | undefined {
  const [, sign, amount, unit, direction] = /^(\+|-)? ?(\d+|\d+\.\d+) ?(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)(?: (ago|from now))?$/i.exec(text) ?? [];
  const factor = SECONDS[(unit ?? '').toLowerCase()];
  if (factor === undefined || (direction && sign)) return undefined;
  return Number(amount) * factor * (sign === '-' || direction === 'ago' ? -1 : 1);
}

/** Seconds of a unit as date libraries name it; months and years are calendar averages there. */
function secondsOf(unit: string): number | undefined {
  if (/^(?:M|months?)$/.test(unit)) return 2_629_800;
  if (/^quarters?$/.test(unit)) return 3 * 2_629_800;
  return SECONDS[unit.toLowerCase()];
}

/** Arithmetic in which a point in time takes part; undefined where none does. */
export function addTimes(operator: string, left: Value, right: Value, at: Provenance): Value | undefined {
  if (left.kind !== 'instant' && right.kind !== 'instant') return undefined;
  if (left.kind === 'instant' && right.kind === 'instant') return unknownValue(at, 'it is a span between two times');
  const instant = (left.kind === 'instant' ? left : right) as InstantValue;
  const other = left.kind === 'instant' ? right : left;
  // A Date in arithmetic is its milliseconds; only `+` would make text of it.
  const unit = instant.unit === 'date' ? 'ms' : instant.unit;
  if (instant.unit === 'date' && operator === '+') return unknownValue(at, 'a date is added to text');
  const amount = other.kind === 'primitive' && typeof other.value === 'number' ? other.value : undefined;
  const base = { ...instant, ...at, unit };
  switch (operator) {
    case '+':
      if (other.kind === 'primitive' && typeof other.value === 'string') return undefined;
      return { ...base, offset: shifted(instant.offset, amount, unit, 1) };
    case '-':
      return left === instant ? { ...base, offset: shifted(instant.offset, amount, unit, -1) } : unknownValue(at, 'it is a span between two times');
    case '/':
      if (left !== instant || amount !== 1000) return unknownValue(at, 'it is computed from the time');
      return unit === 'ms' ? { ...base, unit: 's' } : unknownValue(at, 'it is computed from the time');
    case '*':
      return amount === 1000 && unit === 's' ? { ...base, unit: 'ms' } : amount === 0.001 && unit === 'ms' ? { ...base, unit: 's' } : unknownValue(at, 'it is computed from the time');
    case '|':
      return amount === 0 ? base : unknownValue(at, 'it is computed from the time');
    default:
      return unknownValue(at, 'it is compared with the time');
  }
}

function shifted(offset: number | undefined, amount: number | undefined, unit: 's' | 'ms' | 'date', sign: 1 | -1): number | undefined {
  return offset === undefined || amount === undefined ? undefined : offset + (sign * amount) / (unit === 's' ? 1 : 1000);
}

/** A method call on a point in time: of `Date`, moment, dayjs, luxon or date-fns objects. */
export function callOnInstant(instant: InstantValue, method: string, args: readonly Value[], at: Provenance): Value {
  switch (method) {
    case 'getTime': case 'valueOf': case 'toMillis': case 'now': return { ...instant, ...at, unit: 'ms' };
    case 'unix': case 'toSeconds': case 'toUnixInteger': return { ...instant, ...at, unit: 's' };
    case 'toDate': case 'toJSDate': case 'clone': case 'utc': case 'local': case 'toUTC': case 'tz': case 'milliseconds': return { ...instant, ...at, unit: 'date' };
    case 'add': case 'plus': return { ...instant, ...at, offset: plus(instant.offset, span(args), 1) };
    case 'subtract': case 'minus': return { ...instant, ...at, offset: plus(instant.offset, span(args), -1) };
    case 'toString': case 'toISOString': case 'toJSON': case 'toLocaleString': case 'format': return unknownValue(at, 'it is a date as text');
    default:
      if (/^(?:get|diff|is|to)/.test(method)) return unknownValue(at, 'it is a part of a date');
      // Setters of `Date` give its milliseconds; everything else gives an object again.
      return { ...instant, ...at, unit: Object.hasOwn(DATE_SETTERS, method) ? 'ms' : instant.unit, offset: undefined };
  }
}

function plus(offset: number | undefined, seconds: number | undefined, sign: 1 | -1): number | undefined {
  return offset === undefined || seconds === undefined ? undefined : offset + sign * seconds;
}

/** Seconds that `add(7, 'days')`, `add('days', 7)`, `plus({ hours: 1 })` or `plus(ms)` mean. */
function span(args: readonly Value[]): number | undefined {
  const [first] = args;
  if (first?.kind === 'object') {
    let total = 0;
    for (const [unit, entry] of first.entries) {
      const factor = secondsOf(unit);
      if (factor === undefined || entry.value.kind !== 'primitive' || typeof entry.value.value !== 'number') return undefined;
      total += factor * entry.value.value;
    }
    return first.open ? undefined : total;
  }
  const [given, other] = args.map((argument) => (argument.kind === 'primitive' ? argument.value : undefined));
  if (args.length === 1) return typeof given === 'number' ? given / 1000 : undefined;
  const [amount, unit] = typeof given === 'string' && secondsOf(given) !== undefined ? [other, given] : [given, other];
  const factor = typeof unit === 'string' ? secondsOf(unit) : undefined;
  return factor === undefined || (typeof amount !== 'number' && typeof amount !== 'string') ? undefined : Number(amount) * factor;
}

const CLOCKS: Readonly<Record<string, readonly string[]>> = {
  moment: ['()', 'utc()', 'default()'], 'moment-timezone': ['()', 'utc()'], dayjs: ['()', 'utc()'], luxon: ['DateTime.now()', 'DateTime.utc()', 'DateTime.local()'],
};

/** Whether a package is one whose points and lengths of time are read. */
export function isTimeLibrary(library: string): boolean {
  return /^(?:moment|dayjs|luxon|date-fns|ms$)/.test(library);
}

/** Calls of date libraries that give or change a point in time. */
export function callTimeLibrary(library: string, path: string, args: readonly Value[], at: Provenance, makers: () => readonly Value[]): Value | undefined {
  const length = lengthOf(path, args, at, makers);
  if (length) return length;
  const now: InstantValue = { kind: 'instant', ...at, unit: 'date', offset: 0 };
  if (CLOCKS[library]?.includes(`${path}()`)) {
    const [first] = args;
    // Luxon takes settings of the zone and the language; parts of a date make another point in time.
    if (first === undefined || (library === 'luxon' && first.kind === 'object')) return now;
    return first.kind === 'instant' ? { ...first, ...at, unit: 'date' } : undefined;
  }
  if (library === 'ms') {
    const [text] = args;
    const seconds = text?.kind === 'primitive' && typeof text.value === 'string' ? readMsText(text.value) : undefined;
    return seconds === undefined ? undefined : primitive(at, seconds * 1000);
  }
  return callDateFns(path.replace(/^default\.?/, ''), args, at);
}

/** A length of time as an object of moment, dayjs or luxon, asked for its amount: `moment.duration(7, 'days').asSeconds()`. `makers` gives what it was made of. */
function lengthOf(path: string, args: readonly Value[], at: Provenance, makers: () => readonly Value[]): Value | undefined {
  const [, method] = /(?:\bduration|\bDuration\.(?:fromObject|fromMillis))\(\)[.#](as\w*|toMillis)$/.exec(path) ?? [];
  if (method === undefined) return undefined;
  const [unit] = args;
  const name = method === 'toMillis' ? 'milliseconds' : method === 'as' ? (unit?.kind === 'primitive' ? String(unit.value) : '') : method.slice(2).toLowerCase();
  const factor = secondsOf(name);
  const seconds = span(makers());
  return factor === undefined || seconds === undefined ? undefined : primitive(at, Math.round((seconds / factor) * 1e6) / 1e6);
}

function callDateFns(name: string, args: readonly Value[], at: Provenance): Value | undefined {
  const [first, second] = args;
  if (first?.kind !== 'instant') return undefined;
  if (name === 'getUnixTime') return { ...first, ...at, unit: 's' };
  if (name === 'getTime') return { ...first, ...at, unit: 'ms' };
  if (name === 'add' && second) return { ...first, ...at, offset: plus(first.offset, span([second]), 1) };
  const unit = /^(add|sub)(\w+)$/.exec(name);
  const factor = unit?.[2] === undefined ? undefined : secondsOf(unit[2].toLowerCase());
  if (factor === undefined || second?.kind !== 'primitive' || typeof second.value !== 'number') return unit ? { ...first, ...at, offset: undefined } : undefined;
  return { ...first, ...at, offset: plus(first.offset, factor * second.value, unit?.[1] === 'add' ? 1 : -1) };
}

const DATE_SETTERS: Readonly<Record<string, number>> = {
  setDate: 86_400, setUTCDate: 86_400, setHours: 3600, setUTCHours: 3600, setMinutes: 60, setUTCMinutes: 60, setSeconds: 1, setUTCSeconds: 1, setMilliseconds: 0.001,
  setMonth: 2_629_800, setUTCMonth: 2_629_800, setFullYear: 31_557_600, setUTCFullYear: 31_557_600, setTime: 0.001,
};

/** The shift in seconds that `d.setDate(d.getDate() + 60)` makes, undefined where it sets something absolute. `amount` reads the added expression. */
export function setterShift(call: TSESTree.CallExpression, method: string, amount: (node: TSESTree.Node) => number | undefined): number | undefined {
  const factor = DATE_SETTERS[method];
  const [argument] = call.arguments;
  if (factor === undefined || argument?.type !== AST_NODE_TYPES.BinaryExpression || (argument.operator !== '+' && argument.operator !== '-')) return undefined;
  const { left, right } = argument;
  const reads = left.type === AST_NODE_TYPES.CallExpression && left.callee.type === AST_NODE_TYPES.MemberExpression && writtenName(left.callee) === method.replace('set', 'get')
    && (left.callee.object.type === AST_NODE_TYPES.NewExpression || left.callee.object.type === AST_NODE_TYPES.Identifier);
  const shift = reads ? amount(right) : undefined;
  return shift === undefined ? undefined : shift * factor * (argument.operator === '+' ? 1 : -1);
}
