import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
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
  const factor = unit === undefined ? undefined : SECONDS[unit.toLowerCase()];
  if (amount === undefined || factor === undefined || (direction && sign)) return undefined;
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
    default: return /^(?:get|diff|is|to)/.test(method) ? unknownValue(at, 'it is a part of a date') : { ...instant, ...at, offset: undefined };
  }
}

function plus(offset: number | undefined, seconds: number | undefined, sign: 1 | -1): number | undefined {
  return offset === undefined || seconds === undefined ? undefined : offset + sign * seconds;
}

/** Seconds that `add(7, 'days')`, `add('days', 7)`, `plus({ hours: 1 })` or `plus(ms)` mean. */
function span(args: readonly Value[]): number | undefined {
  const [first, second] = args;
  if (first?.kind === 'object') {
    let total = 0;
    for (const [unit, entry] of first.entries) {
      const factor = secondsOf(unit);
      if (factor === undefined || entry.value.kind !== 'primitive' || typeof entry.value.value !== 'number') return undefined;
      total += factor * entry.value.value;
    }
    return first.open ? undefined : total;
  }
  if (first?.kind !== 'primitive') return undefined;
  if (second === undefined) return typeof first.value === 'number' ? first.value / 1000 : undefined;
  if (second.kind !== 'primitive') return undefined;
  const [amount, unit] = typeof first.value === 'string' && secondsOf(first.value) !== undefined ? [second.value, first.value] : [first.value, second.value];
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
export function callTimeLibrary(library: string, path: string, args: readonly Value[], at: Provenance, makers: () => readonly Value[] = () => []): Value | undefined {
  const length = lengthOf(library, path, args, at, makers);
  if (length) return length;
  const now: InstantValue = { kind: 'instant', ...at, unit: 'date', offset: 0 };
  if (CLOCKS[library]?.includes(`${path}()`)) {
    const [first] = args;
    if (first === undefined || (library === 'luxon' && path !== 'DateTime.fromMillis')) return now;
    return first.kind === 'instant' ? { ...first, ...at, unit: 'date' } : undefined;
  }
  if (library === 'ms' && path === '' && args[0]?.kind === 'primitive' && typeof args[0].value === 'string') {
    const seconds = readMsText(args[0].value);
    return seconds === undefined ? undefined : primitive(at, seconds * 1000);
  }
  if (library.startsWith('date-fns')) return callDateFns(path.replace(/^default\.?/, ''), args, at);
  return undefined;
}

/** A length of time as an object of moment, dayjs or luxon, asked for its amount: `moment.duration(7, 'days').asSeconds()`. `makers` gives what it was made of. */
function lengthOf(library: string, path: string, args: readonly Value[], at: Provenance, makers: () => readonly Value[]): Value | undefined {
  if (!/^(?:moment|dayjs|luxon)/.test(library)) return undefined;
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
  Date: 86_400, UTCDate: 86_400, Hours: 3600, UTCHours: 3600, Minutes: 60, UTCMinutes: 60, Seconds: 1, UTCSeconds: 1, Milliseconds: 0.001,
  Month: 2_629_800, UTCMonth: 2_629_800, FullYear: 31_557_600, UTCFullYear: 31_557_600, Time: 0.001,
};

/** The shift in seconds that `d.setDate(d.getDate() + 60)` makes, undefined where it sets something absolute. `amount` reads the added expression. */
export function setterShift(call: TSESTree.CallExpression, variable: string, amount: (node: TSESTree.Node) => number | undefined): number | undefined {
  const name = call.callee.type === AST_NODE_TYPES.MemberExpression && call.callee.property.type === AST_NODE_TYPES.Identifier ? call.callee.property.name : '';
  const unit = name.slice('set'.length);
  const factor = DATE_SETTERS[unit];
  const [argument] = call.arguments;
  if (factor === undefined || argument?.type !== AST_NODE_TYPES.BinaryExpression || (argument.operator !== '+' && argument.operator !== '-')) return undefined;
  const { left, right } = argument;
  const reads = left.type === AST_NODE_TYPES.CallExpression && left.callee.type === AST_NODE_TYPES.MemberExpression && left.callee.property.type === AST_NODE_TYPES.Identifier && left.callee.property.name === `get${unit}`
    && ((left.callee.object.type === AST_NODE_TYPES.Identifier && left.callee.object.name === variable) || left.callee.object.type === AST_NODE_TYPES.NewExpression || left.callee.object.type === AST_NODE_TYPES.Identifier);
  const shift = reads ? amount(right) : undefined;
  return shift === undefined ? undefined : shift * factor * (argument.operator === '+' ? 1 : -1);
}
