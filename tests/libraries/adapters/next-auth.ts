import { hkdfSync } from 'node:crypto';
import type { LibraryDescriptor } from '../../../src/libraries/descriptor.ts';
import { authCore, nextAuth } from '../../../src/libraries/next-auth.ts';
import { type Adapter, encrypted, type Occasion } from '../adapter.ts';
import { callAt, type Returned } from '../call.ts';
import { openJwe, SECRET } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

const SALT = 'session';
const derived = (salt: string, info: string, length: number): Buffer => Buffer.from(hkdfSync('sha256', SECRET, salt, info, length));

async function drive({ exports, path, call, token }: Occasion): Promise<Returned> {
  const [options] = call.list as [object];
  if (path === 'encode') return callAt(exports, path, call);
  const given = path === 'getToken' ? { req: { headers: new Headers({ authorization: `Bearer ${String(token)}` }), cookies: {} }, ...options } : { token, ...options };
  return callAt(exports, path, { ...call, list: [given] });
}

function adapter(descriptor: LibraryDescriptor, alias: string, salt: string, info: string, sealed: number): Adapter {
  const load = loader(descriptor.name, alias);
  return {
    descriptor, version: installedVersion(alias), load, drive,
    moduleOf: (path) => (['encode', 'decode', 'getToken'].includes(path) ? `${descriptor.name}/jwt` : descriptor.name),
    needs: (operation) => (operation.kind !== 'configure' && salt !== '' ? { 'options.salt': salt } : {}),
    forge: (wish) => encrypted(derived(salt, info, 32), wish),
    open: (token) => openJwe(derived(salt, info, sealed), token),
    unobserved: {
      ...(descriptor === nextAuth
        ? { NextAuth: 'the default export itself; see the facts' }
        : { 'absent contentEncryptionAlgorithms': 'a key of another length is derived for each content encryption' }),
    },
    facts: {
      'the configuring function exists': async () => {
        const exports = (await load(descriptor.name)) as Record<string, unknown> & { default?: { default?: unknown } };
        return typeof (exports['Auth'] ?? exports.default?.default ?? exports.default) === 'function';
      },
    },
  };
}

export const adapters = [
  adapter(nextAuth, 'next-auth-4', '', 'NextAuth.js Generated Encryption Key', 32),
  adapter(authCore, '@auth/core', SALT, `Auth.js Generated Encryption Key (${SALT})`, 64),
];
