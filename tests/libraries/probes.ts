/** For each setting of a verification: what an honest program writes, and which tokens then go through and which do not. */
import type { OperationModel, Place, SettingName, TimeReading, ValueType } from '../../src/libraries/descriptor.ts';
import type { TokenWish } from './adapter.ts';
import { AUDIENCE, ISSUER, now } from './forge.ts';

/** One thing to see: with this value (none: with the place left out) this token is accepted or not. */
export interface Observation {
  readonly what: string;
  readonly value?: unknown;
  readonly wish: TokenWish;
  readonly accepted: boolean;
  /** The request carries no token at all. */
  readonly withoutToken?: boolean;
}

/** A value for a length of time in the unit that the place reads. */
export function lengthOf(seconds: number, reading: TimeReading | undefined): number | string {
  switch (reading?.number) {
    case 'duration-ms': return seconds * 1000;
    case 'rejected': case 'ignored': return `${seconds}s`;
    default: return seconds;
  }
}

/** A point in time as a place reads it. */
export const instantOf = (at: number, place: Place): unknown => {
  switch (place.time?.number) {
    case 'instant-s': return at;
    case 'instant-ms': return at * 1000;
    default: return new Date(at * 1000);
  }
};

/** Text in the grammar that the place reads. */
const textOf = (seconds: number, reading: TimeReading | undefined): string => (reading?.text === 'number' ? String(seconds) : `${seconds}s`);

const loosening = (place: Place): unknown => ({ truthy: true, false: false, null: null })[place.on ?? 'truthy'];

const LONG_AGO = { claims: { iat: now() - 315_360_000, exp: now() - 315_000_000 } } as const;
export const EXPIRED: TokenWish = { claims: { iat: now() - 7200, exp: now() - 3600 } };

type Claim = 'aud' | 'iss' | 'sub' | 'jti' | 'nonce';

/** Claims that a setting compares with a value, the honest value and one that must be refused. */
export const COMPARED: Readonly<Partial<Record<SettingName, { readonly claim: Claim; readonly honest: string; readonly other: string }>>> = {
  audience: { claim: 'aud', honest: AUDIENCE, other: 'https://billing.example' },
  issuer: { claim: 'iss', honest: ISSUER, other: 'urn:somebody-else' },
  subject: { claim: 'sub', honest: 'alice', other: 'bob' },
  tokenId: { claim: 'jti', honest: 'id-1', other: 'id-2' },
  nonce: { claim: 'nonce', honest: 'nonce-1', other: 'nonce-2' },
};

/** A token that the check of a setting is there to refuse. */
export const REFUSED: Readonly<Partial<Record<SettingName, TokenWish>>> = {
  ...Object.fromEntries(Object.entries(COMPARED).map(([setting, { claim, other }]) => [setting, { claims: { [claim]: other } }])),
  type: { header: { typ: 'logout+jwt' } },
  algorithms: { sibling: 'algorithm' },
  keyManagementAlgorithms: { sibling: 'algorithm' },
  contentEncryptionAlgorithms: { sibling: 'contentEncryption' },
  maxAge: { claims: { iat: now() - 86_400, exp: undefined } },
  requiredClaims: { claims: { exp: undefined } },
};

/** What an honest program writes for a setting. */
export function honestValue(setting: SettingName, place: Place, algorithm: string): unknown {
  const compared = COMPARED[setting];
  if (compared) return place.shape === 'list' ? [compared.honest] : compared.honest;
  switch (setting) {
    case 'algorithms': return place.shape === 'single' ? algorithm : [algorithm];
    case 'type': return 'at+jwt';
    case 'requiredClaims': return ['exp'];
    case 'keyManagementAlgorithms': return ['dir'];
    case 'contentEncryptionAlgorithms': return ['A256GCM'];
    case 'maxAge': case 'clockTolerance': return lengthOf(100, place.time);
    default: return undefined;
  }
}

/** Settings that have no effect on which token is accepted: each library that has one shows it with a program of its own. */
export const OUTSIDE_THE_TOKEN: ReadonlySet<SettingName> = new Set(['url', 'tlsVerification', 'cache', 'cacheMaxAge', 'rateLimit', 'tokenSource']);

/** What there is to see about one place of a setting of a verification. */
export function observe(setting: SettingName, place: Place, algorithm: string, honest: unknown = honestValue(setting, place, algorithm)): readonly Observation[] {
  const compared = COMPARED[setting];
  const at = now();
  if (compared) {
    return [
      { what: 'the right value is accepted', value: honest, wish: {}, accepted: true },
      { what: 'another value is refused', value: honest, wish: { claims: { [compared.claim]: compared.other } }, accepted: false },
      {
        what: `a token without ${compared.claim} is ${place.missingClaim ?? 'rejected'}`, value: honest,
        wish: { claims: { [compared.claim]: undefined } }, accepted: place.missingClaim === 'accepted',
      },
    ];
  }
  switch (setting) {
    case 'type': return [
      { what: 'the right type is accepted', value: honest, wish: { header: { typ: 'at+jwt' } }, accepted: true },
      { what: 'another type is refused', value: honest, wish: { header: { typ: 'JWT' } }, accepted: false },
    ];
    case 'algorithms': return [
      { what: 'the algorithm is accepted', value: honest, wish: {}, accepted: true },
      { what: 'a sibling algorithm is refused', value: honest, wish: { sibling: 'algorithm' }, accepted: false },
    ];
    case 'keyManagementAlgorithms': return [
      { what: 'the algorithm is accepted', value: honest, wish: {}, accepted: true },
      { what: 'another algorithm is refused', value: honest, wish: { sibling: 'algorithm' }, accepted: false },
    ];
    case 'contentEncryptionAlgorithms': return [
      { what: 'the encryption is accepted', value: honest, wish: {}, accepted: true },
      { what: 'another encryption is refused', value: honest, wish: { sibling: 'contentEncryption' }, accepted: false },
    ];
    case 'requiredClaims': return [
      { what: 'a token with the claim is accepted', value: honest, wish: {}, accepted: true },
      { what: 'a token without the claim is refused', value: honest, wish: { claims: { exp: undefined } }, accepted: false },
    ];
    case 'maxAge': {
      const young = { claims: { iat: at - 50 } };
      const old = { claims: { iat: at - 300 } };
      const seen: Observation[] = [
        { what: `${String(honest)} accepts a token of 50 seconds`, value: honest, wish: young, accepted: true },
        { what: `${String(honest)} refuses a token of 300 seconds`, value: honest, wish: old, accepted: false },
        { what: `a token without iat is ${place.missingClaim ?? 'rejected'}`, value: honest, wish: { claims: { iat: undefined } }, accepted: place.missingClaim === 'accepted' },
      ];
      return [...seen, ...textObservations(place, { ok: young, not: old })];
    }
    case 'clockTolerance': {
      const late = { claims: { iat: at - 7200, exp: at - 50 } };
      const seen: Observation[] = [
        { what: `${String(honest)} lets 50 seconds pass`, value: honest, wish: late, accepted: true },
        { what: `${String(lengthOf(10, place.time))} does not let 50 seconds pass`, value: lengthOf(10, place.time), wish: late, accepted: false },
      ];
      const readsText = place.time?.text === 'jose' || place.time?.text === 'number' || place.time?.text === 'ms';
      if (readsText) seen.push({ what: 'the text of a length lets 50 seconds pass', value: textOf(100, place.time), wish: late, accepted: true });
      if (place.time?.text === 'rejected') seen.push({ what: 'a text is refused', value: '100s', wish: {}, accepted: false });
      return seen;
    }
    case 'currentTime': return [
      { what: 'a time at which the token was valid accepts it', value: instantOf(at - 5400, place), wish: EXPIRED, accepted: true },
      { what: 'the present refuses it', wish: EXPIRED, accepted: false },
    ];
    case 'ignoreExpiration': return [
      { what: 'an expired token is accepted', value: loosening(place), wish: EXPIRED, accepted: true },
      { what: 'left out, an expired token is refused', wish: EXPIRED, accepted: false },
    ];
    case 'ignoreNotBefore': return [
      { what: 'a token of the future is accepted', value: loosening(place), wish: { claims: { nbf: at + 1000 } }, accepted: true },
      { what: 'left out, a token of the future is refused', wish: { claims: { nbf: at + 1000 } }, accepted: false },
    ];
    case 'ignoreIssuedAt': return [
      { what: 'a token issued in the future is accepted', value: loosening(place), wish: { claims: { iat: at + 1000, exp: undefined } }, accepted: true },
      { what: 'left out, a token issued in the future is refused', wish: { claims: { iat: at + 1000, exp: undefined } }, accepted: false },
    ];
    case 'skipVerification': return [
      { what: 'a forged token is accepted', value: loosening(place), wish: { tampered: true }, accepted: true },
      { what: 'left out, a forged token is refused', wish: { tampered: true }, accepted: false },
    ];
    case 'optionalAuthentication': return [
      { what: 'a request without a token goes through', value: loosening(place), wish: {}, accepted: true, withoutToken: true },
      { what: 'left out, a request without a token is refused', wish: {}, accepted: false, withoutToken: true },
    ];
    case 'acceptExpired': return [
      { what: 'a handler that does not throw accepts an expired token', value: () => undefined, wish: EXPIRED, accepted: true },
      { what: 'left out, an expired token is refused', wish: EXPIRED, accepted: false },
    ];
    case 'embeddedKey': return [
      { what: 'a token that brings its own key is accepted', value: loosening(place), wish: { embedded: true }, accepted: true },
      { what: 'left out, a token that brings its own key is refused', wish: { embedded: true }, accepted: false },
    ];
    case 'critical': return [
      { what: 'a known critical header is accepted', value: ['x-known'], wish: { header: { crit: ['x-known'], 'x-known': 1 } }, accepted: true },
      { what: 'an unknown critical header is refused', wish: { header: { crit: ['x-known'], 'x-known': 1 } }, accepted: false },
    ];
    default: return [];
  }
}

function textObservations(place: Place, { ok, not }: { readonly ok: TokenWish; readonly not: TokenWish }): readonly Observation[] {
  switch (place.time?.text) {
    case 'ms': case 'jose': case 'number': return [
      { what: 'a text that allows the age accepts the token', value: textOf(100, place.time), wish: ok, accepted: true },
      { what: 'a text that does not allow the age refuses it', value: textOf(100, place.time), wish: not, accepted: false },
    ];
    case 'ignored': return [{ what: 'a text is ignored', value: '1s', wish: not, accepted: true }];
    case 'rejected': return [{ what: 'a text is refused', value: '100s', wish: ok, accepted: false }];
    default: return [];
  }
}

/** A value of a type that a library misreads, close to what an author would write. */
export function misreadValue(setting: SettingName, given: ValueType, algorithm: string): unknown {
  const honest = COMPARED[setting]?.honest ?? (setting === 'algorithms' ? algorithm : setting === 'requiredClaims' ? 'exp' : '1s');
  switch (given) {
    case 'string': return setting === 'clockTolerance' ? '60' : honest;
    case 'numeric-string': return '10000';
    case 'number': return 100;
    case 'boolean': return false;
    case 'regexp': return new RegExp(`^${honest}$`);
    case 'array': return [honest];
    case 'object': return { value: honest };
    case 'set': return new Set([honest]);
    case 'function': return () => true;
    case 'undefined': return undefined;
    case 'null': return null;
    case 'empty-string': return '';
    case 'empty-array': return [];
    default: throw new Error(`no value for ${given as string}`);
  }
}

/** What there is to see about a misreading. */
export function observeMisreading(setting: SettingName, effect: string, value: unknown, algorithm: string): readonly Observation[] {
  const refused = REFUSED[setting];
  switch (effect) {
    case 'ignored':
      if (setting === 'clockTolerance') return [{ what: 'no tolerance is given', value, wish: { claims: { iat: now() - 7200, exp: now() - 50 } }, accepted: false }];
      return refused ? [{ what: 'what the check is for is accepted', value, wish: refused, accepted: true }] : [];
    case 'always-passes': return [
      { what: 'a token that expired ten years ago is accepted', value, wish: LONG_AGO, accepted: true },
      { what: 'left out, it is refused', wish: LONG_AGO, accepted: false },
    ];
    case 'rejects': return [{ what: 'an honest token is refused', value, wish: setting === 'type' ? { header: { typ: 'at+jwt' } } : {}, accepted: false }];
    case 'substring': return [
      { what: 'the name inside a longer text is found', value: `not ${algorithm}, please`, wish: {}, accepted: true },
      { what: 'a text without the name is refused', value: 'XX256', wish: {}, accepted: false },
    ];
    case 'other-unit': return [
      { what: 'the number as such accepts a token of 50 seconds', value: Number(value), wish: { claims: { iat: now() - 50 } }, accepted: true },
      { what: 'the same digits as text refuse it', value, wish: { claims: { iat: now() - 50 } }, accepted: false },
    ];
    default: return [];
  }
}

/** What there is to see when a setting is left out. */
export function observeAbsence(setting: SettingName, means: string): readonly Observation[] {
  const refused = REFUSED[setting];
  const unsigned: Observation = { what: 'an unsigned token is refused', wish: { unsigned: true }, accepted: false };
  const honest: Observation = { what: 'an honest token is accepted', wish: {}, accepted: true };
  switch (means) {
    case 'unchecked': return refused ? [honest, { what: 'what the check would be for is accepted', wish: refused, accepted: true }] : [];
    case 'by-key': case 'from-token': return refused
      ? [honest, { what: 'a sibling algorithm is accepted', wish: refused, accepted: true }, ...(setting === 'algorithms' ? [unsigned] : [])]
      : [];
    case 'pinned': return refused ? [honest, { what: 'what the check would be for is refused', wish: refused, accepted: false }] : [];
    case 'demanded': return refused ? [honest, { what: 'a token without it is refused', wish: refused, accepted: false }] : [];
    case 'refused': return [{ what: 'even an honest token is refused', wish: {}, accepted: false }];
    default: return [];
  }
}

/** Operations whose tokens carry claims that are checked. */
export const isVerification = (operation: OperationModel): boolean => operation.kind === 'verify' || operation.kind === 'decrypt';
