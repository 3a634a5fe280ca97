import { fastJwt } from '../../../src/libraries/fast-jwt.ts';
import type { Adapter } from '../adapter.ts';
import { honestClaims, jws, now, read, SECRET } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

type Factory = (options: object) => (given: unknown) => unknown;
type FastJwt = Readonly<Record<'createVerifier' | 'createSigner', Factory>>;

async function adapter(alias: string): Promise<Adapter> {
  const load = loader('fast-jwt', alias);
  const library = (await load('fast-jwt')) as FastJwt;
  const version = installedVersion(alias);
  const major = Number(version.split('.')[0]);
  const lifetime = (options: object, payload: object): unknown => read(library.createSigner({ key: SECRET, ...options })(payload) as string).claims['exp'];
  return {
    descriptor: fastJwt, version, load,
    needs: (_operation, path) => (path === 'createVerifier()' || path === 'createDecoder()' ? { 'new(0).key': SECRET } : {}),
    facts: {
      [`when both are given, ${major < 6 ? 'exp of the payload' : 'expiresIn'} wins`]: () =>
        Math.abs(Number(lifetime({ expiresIn: 600_000 }, { exp: now() + 60 })) - now() - (major < 6 ? 60 : 600)) <= 3,
      'a key function makes the functions return promises': async () => {
        const verified = library.createVerifier({ key: async () => SECRET })(jws('HS256', SECRET, honestClaims()));
        return typeof (verified as Promise<unknown>).then === 'function' && ((await verified) as { sub: string }).sub === 'alice';
      },
      [`an issuer among others in a list is ${major < 5 ? 'accepted' : 'refused'}`]: () => {
        try {
          library.createVerifier({ key: SECRET, allowedIss: 'https://issuer.example' })(jws('HS256', SECRET, honestClaims({ iss: ['urn:evil', 'https://issuer.example'] })));
          return major < 5;
        } catch { return major >= 5; }
      },
    },
  };
}

export const adapters = [await adapter('fast-jwt-3'), await adapter('fast-jwt-4'), await adapter('fast-jwt-5'), await adapter('fast-jwt-6')];
