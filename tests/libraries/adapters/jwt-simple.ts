import { jwtSimple } from '../../../src/libraries/jwt-simple.ts';
import type { Adapter } from '../adapter.ts';
import { honestClaims, jws, RSA } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

const alias = 'jwt-simple';
const load = loader('jwt-simple', alias);
const { default: library } = (await load('jwt-simple')) as { default: { decode(token: string, key: string): unknown } };
const accepts = (see: () => unknown): boolean => {
  try { see(); return true; } catch { return false; }
};
/** The text of a certificate names no public key, so that the header of the token decides. */
const certificateText = RSA.publicPem.replaceAll('PUBLIC KEY', 'CERTIFICATE');

export const adapters: readonly Adapter[] = [{
  descriptor: jwtSimple, version: installedVersion(alias), load,
  facts: {
    'the text of a certificate serves as an HMAC secret': () => accepts(() => library.decode(jws('HS256', certificateText, honestClaims()), certificateText)),
    'the text of a public key does not': () => !accepts(() => library.decode(jws('HS256', RSA.publicPem, honestClaims()), RSA.publicPem)),
    'an exp that is a text is not checked': () => accepts(() => library.decode(jws('HS256', 's', honestClaims({ exp: 'yesterday' })), 's')),
    'an empty key verifies': () => accepts(() => library.decode(jws('HS256', '', honestClaims()), '')),
  },
}];
