/** Claims that anybody can have encrypted to a public key. */
import type { LibraryDescriptor, OperationModel } from '../../../src/libraries/descriptor.ts';
import { inVersion, lacks, type Pair, type Subject } from './cell.ts';
import { type GivenText, keyPlace, placesOf, usual, writtenCall } from './program.ts';

/** Libraries that take no key of a pair. */
const DERIVED: Readonly<Record<string, string>> = {
  'next-auth': 'next-auth decrypts with a key that it derives from the secret: who can encrypt knows the secret',
  '@auth/core': '@auth/core decrypts with a key that it derives from the secret: who can encrypt knows the secret',
};

function pairsFor(library: LibraryDescriptor, model: OperationModel, version: string): readonly Pair[] {
  const key = keyPlace(model, version)?.at;
  const [algorithms] = placesOf(model, 'keyManagementAlgorithms', version).map(({ at }) => at);
  const verifying = inVersion(library, version, ['verify']).find(({ signatureOnly, result }) => signatureOnly && result?.delivers !== 'boolean');
  if (key === undefined || algorithms === undefined) return [];
  const written = (given: GivenText, after = ''): string | undefined => {
    const call = writtenCall(library, model, version, { ...usual(library, model, version), ...given });
    return call?.program(`const decrypted = await ${call.text};\n  ${after}user.admit(decrypted);`);
  };
  const inner = verifying && writtenCall(library, verifying, version, usual(library, verifying, version));
  const bads: readonly (readonly [string, GivenText])[] = [
    ['algorithms of pairs', { [algorithms]: "['RSA-OAEP-256']", [key]: 'key' }],
    ['a private key', { [key]: "await import('node:crypto').then(({ createPrivateKey }) => createPrivateKey(process.env.JWE_KEY))" }],
  ];
  const goods: readonly (readonly [string, string | undefined])[] = [
    ['a shared key', written({ [algorithms]: "['dir']", [key]: 'key' })],
    ['a signed token inside', inner && written({ [algorithms]: "['RSA-OAEP-256']", [key]: 'key' }, `await ${inner.text};\n  `)],
  ];
  return bads.flatMap(([about, given]) => goods.flatMap(([against, good]) => {
    const bad = written(given);
    return bad === undefined || good === undefined ? [] : [{ about: `${model.calls.join(', ')}: ${about} against ${against}`, bad, good }];
  }));
}

/** A decryption that is taken for an authentication. */
export const decryptedClaims: Subject = (library, version) => {
  const models = inVersion(library, version, ['decrypt']);
  if (models.length === 0) return `${library.name} ${lacks(['decrypt'])}`;
  // What is inside may be a signed token where the library does not say that it is claims.
  const pairs = models.filter(({ result }) => result?.delivers !== 'holder' || result.at !== undefined).flatMap((model) => pairsFor(library, model, version));
  return pairs.length > 0 ? pairs : DERIVED[library.name] ?? '';
};
