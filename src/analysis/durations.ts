import type { Place } from '../libraries/descriptor.ts';
import { quote } from '../remedies/style.ts';
import type { SourceFile } from './source-file.ts';
import { readJoseText, readMsText } from './time.ts';
import type { Value } from './value.ts';

/** Seconds of a length of time as its place reads it; undefined where the value is not known, or the library does not take it. */
export function secondsAt(place: Place, value: Value): number | undefined {
  if (value.kind !== 'primitive' || !place.time) return undefined;
  const { number, text } = place.time;
  if (typeof value.value === 'number') {
    if (number === 'duration-s') return value.value;
    return number === 'duration-ms' ? value.value / 1000 : undefined;
  }
  if (typeof value.value !== 'string') return undefined;
  switch (text) {
    case 'ms': return readMsText(value.value);
    case 'jose': return readJoseText(value.value);
    case 'number': {
      const read = Number(value.value);
      return value.value.trim() === '' || Number.isNaN(read) ? undefined : number === 'duration-ms' ? read / 1000 : read;
    }
    default: return undefined;
  }
}

/** Seconds of a duration of the policy, such as `15m`; undefined where it is not one. */
export function policySeconds(text: string): number | undefined {
  return /[a-z]/i.test(text) ? readMsText(text) : undefined;
}

/** Seconds as an expression that the place reads right; as text where asked for and where the place takes text. */
export function writeSeconds(seconds: number, { time }: Place, file: SourceFile, asText: boolean): string | undefined {
  if (!time) return undefined;
  if (asText || time.number === 'rejected' || time.number === 'ignored') {
    if (time.text === 'number') return quote(String(seconds), file);
    if (time.text === 'ms' || time.text === 'jose') return quote(`${seconds}s`, file);
  }
  if (time.number === 'duration-s') return String(seconds);
  return time.number === 'duration-ms' ? String(seconds * 1000) : undefined;
}
