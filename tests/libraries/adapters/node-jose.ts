import { execFileSync } from 'node:child_process';
import { nodeJose } from '../../../src/libraries/node-jose.ts';
import { type Adapter, drive as plain } from '../adapter.ts';
import { honestClaims, jws, KEY_ID, RSA, SECRET, STRANGER } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

const load = loader('node-jose', 'node-jose');
type Key = object;
interface Library {
  JWK: { asKey(key: object): Promise<Key>; asKeyStore(keys: object): Promise<Key> };
  JWS: { createVerify(key: Key): { verify(token: string): Promise<unknown> }; createSign(options: object, key: Key): { update(text: string): { final(): Promise<unknown> } } };
}
const { default: library } = (await load('node-jose')) as { default: Library };
const octets = (bytes: Uint8Array): Promise<Key> => library.JWK.asKey({ kty: 'oct', k: Buffer.from(bytes).toString('base64url'), kid: 'shared' });
const signingKey = await octets(Buffer.from(SECRET));
const encryptionKey = await octets(Buffer.from(SECRET).subarray(0, 32));

/** In a process of its own: what one verifier is given must not reach the other measurements. */
const elsewhere = (program: string): string => execFileSync(process.execPath, ['-e', program], { encoding: 'utf8', cwd: new URL('../../..', import.meta.url) });

const EMBEDDED = `
const jose = require('node-jose');
(async () => {
  const stranger = await jose.JWK.createKey('RSA', 2048, {});
  const token = await jose.JWS.createSign({ format: 'compact' }, { key: stranger, reference: 'jwk' }).update('{}').final();
  const verifies = () => jose.JWS.createVerify(jose.JWK.createKeyStore()).verify(token).then(() => true, () => false);
  const before = await verifies();
  jose.JWS.createVerify(jose.JWK.createKeyStore(), { allowEmbeddedKey: true });
  process.stdout.write([before, await verifies()].join(" "));
})();`;

export const adapters: readonly Adapter[] = [{
  descriptor: nodeJose, version: installedVersion('node-jose'), load,
  key: (operation) => (operation.kind === 'decrypt' ? encryptionKey : signingKey),
  needs: (_operation, path) => {
    if (path === 'JWS.createSign') return { 'options.format': 'compact' };
    return {};
  },
  drive: async (occasion) => {
    const { path, call, token } = occasion;
    if (path === 'JWS.createSign') {
      const signer = (await plain(occasion)).value as { update(text: string): { final(): Promise<unknown> } };
      return { value: await signer.update('{"role":"reader"}').final() };
    }
    if (path === 'JWS.createVerify' || path === 'JWE.createDecrypt') {
      const built = (await plain({ ...occasion, call })).value as Record<'verify' | 'decrypt', (token: string) => unknown>;
      return { value: built[path === 'JWS.createVerify' ? 'verify' : 'decrypt'](token!) };
    }
    return plain(occasion);
  },
  observed: {
    'JWK.asKeyStore keys': async () => {
      const verifies = async (jwk: object): Promise<boolean> => library.JWS.createVerify(await library.JWK.asKeyStore({ keys: [{ ...jwk, kid: KEY_ID }] })).verify(jws('RS256', RSA.privateKey, honestClaims(), { kid: KEY_ID })).then(() => true, () => false);
      return (await verifies(RSA.publicJwk)) && !(await verifies(STRANGER.publicJwk));
    },
  },
  // The defaults of the process are changed by every verifier that is given options, so that options are given to calls.
  unobserved: {
    'JWS.createVerify algorithms': 'it would change the defaults of this process', 'JWS.createVerify embeddedKey': 'see the facts',
    'JWS.createVerify unknown options': 'it would change the defaults of this process',
    'JWS.createVerify confusable': 'it would change the defaults of this process',
    'new(1).algorithms': 'it would change the defaults of this process',
    'JWS.createVerify emptyKey': 'it would change the defaults of this process',
    'JWE.createDecrypt signatureOnly': 'it hands out bytes, as the call of decrypt says',
    'JWS.createSign absent keyId': 'the key has a kid',
  },
  values: { keyManagementAlgorithms: ['dir', 'A256GCM'] },
  facts: {
    'allowEmbeddedKey of one verifier holds for the whole process': () => elsewhere(EMBEDDED).trim() === 'false true',
  },
}];
