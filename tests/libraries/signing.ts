/** For each setting of a signing operation: what an honest program writes, and what is then in the token. */
import type { Place, SettingName } from '../../src/libraries/descriptor.ts';
import { AUDIENCE, ISSUER, KEY_ID, now } from './forge.ts';
import { instantOf } from './probes.ts';

/** A token taken apart. */
export interface Issued {
  readonly header: Record<string, unknown>;
  readonly claims: Record<string, unknown>;
}

/** One thing to see: with this value at the place, the token looks so, or no token is issued. */
export interface SigningObservation {
  readonly what: string;
  readonly value: unknown;
  readonly holds: ((issued: Issued) => boolean) | 'no token is issued';
}

const close = (given: unknown, expected: number): boolean => typeof given === 'number' && Math.abs(given - expected) <= 3;

const CLAIMS: Readonly<Partial<Record<SettingName, { readonly claim: string; readonly value: unknown }>>> = {
  audience: { claim: 'aud', value: AUDIENCE }, issuer: { claim: 'iss', value: ISSUER }, subject: { claim: 'sub', value: 'bob' },
  tokenId: { claim: 'jti', value: 'id-7' }, nonce: { claim: 'nonce', value: 'nonce-7' },
};

/** What there is to see about one place of a setting of a signing operation. */
export function observeSigning(setting: SettingName, place: Place, otherAlgorithm: string): readonly SigningObservation[] {
  const compared = CLAIMS[setting];
  if (compared) return [{ what: `${compared.claim} is in the token`, value: compared.value, holds: ({ claims }) => JSON.stringify([claims[compared.claim]].flat()) === JSON.stringify([compared.value]) }];
  switch (setting) {
    case 'keyId': return [{ what: 'kid is in the header', value: KEY_ID, holds: ({ header }) => header['kid'] === KEY_ID }];
    case 'type': return [{ what: 'typ is in the header', value: 'at+jwt', holds: ({ header }) => header['typ'] === 'at+jwt' }];
    case 'algorithm': return [{ what: 'alg is in the header', value: otherAlgorithm, holds: ({ header }) => header['alg'] === otherAlgorithm }];
    case 'noTimestamp': return [{ what: 'iat is not in the token', value: place.on === 'false' ? false : true, holds: ({ claims }) => claims['iat'] === undefined }];
    case 'expiration': return time('exp', place);
    case 'notBefore': return time('nbf', place);
    case 'issuedAt': return time('iat', place).slice(0, 1);
    case 'currentTime': return [{ what: 'it is the time of issue', value: instantOf(now() - 5400, place), holds: ({ claims }) => close(claims['iat'], now() - 5400) }];
    case 'header': return [{ what: 'a member of it is in the header', value: { kid: KEY_ID }, holds: ({ header }) => header['kid'] === KEY_ID }];
    case 'payload': return [{ what: 'a member of it is a claim', value: { role: 'writer' }, holds: ({ claims }) => claims['role'] === 'writer' }];
    case 'keyManagementAlgorithms': return [{ what: 'alg is in the header', value: 'A256KW', holds: ({ header }) => header['alg'] === 'A256KW' }];
    case 'contentEncryptionAlgorithms': return [{ what: 'enc is in the header', value: 'A128CBC-HS256', holds: ({ header }) => header['enc'] === 'A128CBC-HS256' }];
    default: return [];
  }
}

function time(claim: 'exp' | 'nbf' | 'iat', place: Place): readonly SigningObservation[] {
  const at = now();
  const seen: SigningObservation[] = [];
  const lasts = (seconds: number) => ({ claims }: Issued): boolean => close(claims[claim], at + seconds);
  switch (place.time?.number) {
    case 'duration-s': seen.push({ what: 'a number is a length in seconds', value: 600, holds: lasts(600) }); break;
    case 'duration-ms': seen.push({ what: 'a number is a length in milliseconds', value: 600_000, holds: lasts(600) }); break;
    case 'instant-s': seen.push({ what: 'a number is an instant in seconds', value: at + 600, holds: lasts(600) }); break;
    case 'instant-ms': seen.push({ what: 'a number is an instant in milliseconds', value: (at + 600) * 1000, holds: lasts(600) }); break;
    case 'rejected': seen.push({ what: 'a number is refused', value: 600, holds: 'no token is issued' }); break;
    default: break;
  }
  switch (place.time?.text) {
    case 'ms':
      seen.push({ what: 'a text has its unit', value: '10m', holds: lasts(600) }, { what: 'digits alone are milliseconds', value: '600000', holds: lasts(600) });
      break;
    case 'jose': seen.push({ what: 'a text has its unit', value: '10m', holds: lasts(600) }, { what: 'digits alone are refused', value: '600', holds: 'no token is issued' }); break;
    case 'rejected': seen.push({ what: 'a text is refused', value: '10m', holds: 'no token is issued' }); break;
    case 'ignored': seen.push({ what: 'a text gives no usable time', value: '10m', holds: ({ claims }) => typeof claims[claim] !== 'number' }); break;
    default: break;
  }
  return seen;
}

/** What there is to see when a setting is left out. */
export function observeUnset(setting: SettingName, means: string): ((issued: Issued) => boolean) | 'no token is issued' | undefined {
  const compared = CLAIMS[setting];
  const value = ({ header, claims }: Issued): unknown => {
    if (compared) return claims[compared.claim];
    return { expiration: claims['exp'], keyId: header['kid'], algorithm: header['alg'], type: header['typ'] }[setting as 'expiration'];
  };
  switch (means) {
    case 'omitted': return (issued) => value(issued) === undefined;
    case 'defaulted': case 'by-key': return (issued) => value(issued) !== undefined;
    case 'refused': return 'no token is issued';
    default: return undefined;
  }
}
