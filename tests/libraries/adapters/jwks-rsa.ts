import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jwksRsa } from '../../../src/libraries/jwks-rsa.ts';
import type { Adapter } from '../adapter.ts';
import { KEY_ID, RSA } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

interface Client { getSigningKey(id?: string): Promise<{ getPublicKey(): string }> }
type Factory = (options: object) => Client;

/** How many requests two look-ups make that are 60 ms apart. */
async function fetches(create: Factory, options: object, ids: readonly string[] = [KEY_ID, KEY_ID]): Promise<number> {
  let count = 0;
  const server = createServer((_request, response) => {
    count++;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: [RSA.publicJwk] }));
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const client = create({ jwksUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, ...options });
  for (const id of ids) {
    await client.getSigningKey(id).catch(() => undefined);
    await new Promise((later) => { setTimeout(later, 60); });
  }
  await new Promise((closed) => { server.close(closed); server.closeAllConnections(); });
  return count;
}

async function adapter(alias: string): Promise<Adapter> {
  const load = loader('jwks-rsa', alias);
  const { default: create } = (await load('jwks-rsa')) as { default: Factory };
  const fixed = create({ jwksUri: 'https://nowhere.invalid/', getKeysInterceptor: async () => [RSA.publicJwk] });
  return {
    descriptor: jwksRsa, version: installedVersion(alias), load,
    needs: () => ({ 'new(0).jwksUri': 'https://nowhere.invalid/' }),
    facts: {
      'keys are cached, for a time in milliseconds': async () => (await fetches(create, { cacheMaxAge: 20 })) === 2 && (await fetches(create, {})) === 1,
      'cache: false asks anew every time': async () => (await fetches(create, { cache: false })) === 2,
      'requests are not limited unless rateLimit is true': async () =>
        (await fetches(create, {}, ['a', 'b', 'c'])) === 3 && (await fetches(create, { rateLimit: true, jwksRequestsPerMinute: 1 }, ['a', 'b', 'c'])) === 1,
      'getSigningKey gives a promise of the key': async () => (await fixed.getSigningKey(KEY_ID)).getPublicKey().includes('BEGIN PUBLIC KEY'),
      'getSigningKey without an id gives the only key': async () => (await fixed.getSigningKey()).getPublicKey().includes('BEGIN PUBLIC KEY'),
    },
  };
}

export const adapters = [await adapter('jwks-rsa-3'), await adapter('jwks-rsa-4')];
