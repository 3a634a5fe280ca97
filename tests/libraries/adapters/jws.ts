import { jws as descriptor } from '../../../src/libraries/jws.ts';
import { type Adapter, drive as plain } from '../adapter.ts';
import { honestClaims, jws, SECRET } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

interface Stream { on(event: 'done' | 'error', listener: (...list: unknown[]) => void): Stream }

function adapter(alias: string): Adapter {
  const load = loader('jws', alias);
  return {
    descriptor, version: installedVersion(alias), load,
    needs: (operation) => (operation.kind === 'sign' ? { 'options.header.typ': 'JWT' } : {}),
    drive: async (occasion) => {
      const { operation, path, call, token } = occasion;
      if (path !== 'createVerify' && path !== 'createSign') return plain(occasion);
      const list = operation.kind === 'verify' ? [{ ...(call.list[0] as object), signature: token }] : call.list;
      const stream = (await plain({ ...occasion, call: { ...call, list } })).value as Stream;
      return {
        value: await new Promise((done, failed) => { stream.on('done', done).on('error', failed); }),
      };
    },
    unobserved: { 'absent algorithm': 'see the facts', 'sign options.privateKey emptyKey text': 'an empty privateKey is taken, an empty secret is not; the descriptor does not tell the places apart' },
    facts: {
      'signing throws without an algorithm': async () => {
        const { default: library } = (await load('jws')) as { default: { sign(options: object): string } };
        try { library.sign({ header: { typ: 'JWT' }, payload: {}, secret: SECRET }); return false; } catch { return true; }
      },
      'none is accepted when it is asked for': async () => {
        const { default: library } = (await load('jws')) as { default: { verify(token: string, algorithm: string, key: string): boolean } };
        return library.verify(jws('none', '', honestClaims()), 'none', '');
      },
    },
  };
}

export const adapters = [adapter('jws-3'), adapter('jws-4')];
