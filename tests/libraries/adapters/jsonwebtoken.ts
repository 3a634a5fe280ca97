import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { jsonwebtoken } from '../../../src/libraries/jsonwebtoken.ts';
import type { Adapter } from '../adapter.ts';
import { honestClaims, jws, RSA } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

interface Jsonwebtoken { verify(token: string, key: unknown, options?: object): unknown; sign(payload: object, key: unknown, options?: object): string }

const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const elliptic = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey;

const accepts = (see: () => unknown): boolean => {
  try { see(); return true; } catch { return false; }
};

async function adapter(alias: string): Promise<Adapter> {
  const load = loader('jsonwebtoken', alias);
  const { default: library } = (await load('jsonwebtoken')) as { default: Jsonwebtoken };
  const version = installedVersion(alias);
  const old = version.startsWith('8');
  const unsigned = jws('none', '', honestClaims());
  const confused = jws('HS256', RSA.publicPem, honestClaims());
  return {
    descriptor: jsonwebtoken, version, load,
    facts: {
      [`an unsigned token is ${old ? 'accepted' : 'refused'} when the key is undefined`]: () => accepts(() => library.verify(unsigned, undefined)) === old,
      [`a list of both families makes a public key a secret: ${old}`]: () => accepts(() => library.verify(confused, RSA.publicPem, { algorithms: ['HS256', 'RS256'] })) === old,
      [`a small RSA key is ${old ? 'taken' : 'refused unless allowInsecureKeySizes is set'}`]: () =>
        accepts(() => library.sign({}, small, { algorithm: 'RS256' })) === old
        && (old || accepts(() => library.sign({}, small, { algorithm: 'RS256', allowInsecureKeySizes: true }))),
      ...(!old && {
        'a curve that does not belong to the algorithm is refused unless allowInvalidAsymmetricKeyTypes is set': () =>
          !accepts(() => library.sign({}, elliptic, { algorithm: 'ES256' }))
          && accepts(() => { try { library.sign({}, elliptic, { algorithm: 'ES256', allowInvalidAsymmetricKeyTypes: true }); } catch (error) { if (/curve/.test(String(error))) throw error; } }),
      }),
      'header.alg overrides algorithm': () => library.sign({}, createSecretKey(Buffer.alloc(64, 1)), { header: { alg: 'none' } }).endsWith('.'),
      'crit is ignored': () => accepts(() => library.verify(jws('HS256', 's', honestClaims(), { crit: ['x-unknown'], 'x-unknown': 1 }), 's')),
    },
  };
}

export const adapters = [await adapter('jsonwebtoken-8'), await adapter('jsonwebtoken-9')];
