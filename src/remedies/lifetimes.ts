import type { SourceFile } from '../analysis/source-file.ts';
import { readMsText } from '../analysis/time.ts';
import type { TokenKind } from '../analysis/token-kind.ts';
import type { Place } from '../libraries/descriptor.ts';
import type { Policy } from '../policy.ts';
import { quote } from './style.ts';

/** The lifetime that the policy gives tokens of a kind, as `15m`; undefined where it says nothing. */
export function policyLifetime(policy: Policy, kind: TokenKind): string | undefined {
  const lifetime = policy.lifetimes?.[kind];
  return lifetime !== undefined && (readMsText(lifetime) ?? 0) > 0 ? lifetime : undefined;
}

/**
 * A lifetime as a place reads it: text where it takes text, unless a number is wanted; else a number in its unit, counted
 * from now where it takes a point in time.
 */
export function lifetimeText(place: Place, lifetime: string, file: SourceFile, { asNumber = false } = {}): string | undefined {
  const seconds = readMsText(lifetime);
  if (!place.time || seconds === undefined) return undefined;
  if (!asNumber && (place.time.text === 'ms' || place.time.text === 'jose')) return quote(lifetime, file);
  return secondsText(place, seconds);
}

/** A number of seconds as a place reads it. */
export function secondsText(place: Place, seconds: number): string | undefined {
  switch (place.time?.number) {
    case 'duration-s': return String(seconds);
    case 'duration-ms': return String(seconds * 1000);
    case 'instant-s': return place.time.text === 'jose' ? `'${seconds}s'` : `Math.floor(Date.now() / 1000) + ${seconds}`;
    case 'instant-ms': return `Date.now() + ${seconds * 1000}`;
    default: return undefined;
  }
}
