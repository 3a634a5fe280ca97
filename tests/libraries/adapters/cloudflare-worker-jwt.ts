import { cloudflareWorkerJwt } from '../../../src/libraries/cloudflare-worker-jwt.ts';
import type { Adapter } from '../adapter.ts';
import { honestClaims, jws } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

interface Exports { verify(token: string, key: string, options?: unknown): Promise<unknown> }

function adapter(alias: string): Adapter {
  const load = loader('@tsndr/cloudflare-worker-jwt', alias);
  const version = installedVersion(alias);
  const verify = async (token: string, options?: unknown): Promise<unknown> => ((await load('@tsndr/cloudflare-worker-jwt')) as Exports).verify(token, 's', options);
  return {
    descriptor: cloudflareWorkerJwt, version, load,
    facts: {
      'throwError makes a refusal throw': async () => verify('a.b.c', { throwError: true }).then(() => false, () => true),
      'an exp that is a text is not checked': async () => Boolean(await verify(jws('HS256', 's', honestClaims({ exp: 'yesterday' })))),
      ...(version.startsWith('3') && { 'unsigned tokens are accepted when none is asked for': async () => Boolean(await verify(jws('none', '', honestClaims()), 'none')) }),
    },
  };
}

export const adapters = [adapter('cloudflare-worker-jwt-2'), adapter('cloudflare-worker-jwt-3')];
