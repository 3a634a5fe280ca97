import { njwt } from '../../../src/libraries/njwt.ts';
import type { Adapter } from '../adapter.ts';
import { honestClaims, jws, read, SECRET, signedByIssuer } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

const load = loader('njwt', 'njwt');
interface Builder { compact(): string; setSigningKey(key: string): Builder; setExpiration(at?: unknown): Builder }
const { default: library } = (await load('njwt')) as { default: { verify(...list: unknown[]): unknown; create(claims: object, key: string): Builder } };
const accepts = (see: () => unknown): boolean => {
  try { see(); return true; } catch { return false; }
};

export const adapters: readonly Adapter[] = [{
  descriptor: njwt, version: installedVersion('njwt'), load,
  keyAs: (at, key) => (/KeyResolver/.test(at) ? (_id: string, done: (error: null, key: unknown) => void) => done(null, key) : key),
  observed: {
    'absent key': () => accepts(() => library.verify(jws('none', '', honestClaims()))),
    // A token cannot be made without a first key.
    '.setSigningKey(0)': () => signedByIssuer(library.create({}, 'first').setSigningKey(SECRET).compact()) && !signedByIssuer(library.create({}, 'first').compact()),
  },
  unobserved: {
    'Jwt#compact': 'instances come from create',
  },
  facts: {
    'exp among the claims is overwritten with one hour': () => {
      const at = Math.floor(Date.now() / 1000);
      return Math.abs(Number(read(library.create({ exp: at + 60 }, 's').compact()).claims['exp']) - at - 3600) <= 3;
    },
    'setExpiration with nothing removes the expiry': () => read(library.create({}, 's').setExpiration().compact()).claims['exp'] === undefined,
    'an exp that is a text is not checked': () => accepts(() => library.verify(jws('HS256', 's', honestClaims({ exp: 'yesterday' })), 's')),
    'a callback receives the claims': async () => new Promise<boolean>((seen) => {
      library.verify(jws('HS256', 's', honestClaims()), 's', (_error: unknown, token: { body: { sub: string } }) => seen(token.body.sub === 'alice'));
    }),
  },
}];
