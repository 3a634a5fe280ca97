import type { Key, KeyPossibility } from './keys.ts';
import type { JwtOperation } from './operation.ts';
import type { SourceFile } from './source-file.ts';

/** One of the things that a key may be, with the first operation that it reaches. */
export interface KeyUse {
  readonly operation: JwtOperation;
  readonly key: Key;
  readonly possibility: KeyPossibility;
}

/**
 * Every material that reaches a key of the file, once for each place where its text stands: a secret in a constant that
 * five calls share is one use. What a library's configuration elsewhere brings is a use there.
 */
export function keyUses(operations: readonly JwtOperation[]): readonly KeyUse[] {
  const uses = new Map<string, KeyUse>();
  for (const operation of operations) {
    const places = operation.settingsAt('key').map(({ place }) => place);
    for (const [index, key] of operation.keys.entries()) {
      const configuredElsewhere = key.file !== operation.file && places[index]?.at.startsWith('configuration.');
      for (const possibility of key.possibilities) {
        const { node, file } = possibility;
        if (configuredElsewhere && file !== operation.file) continue;
        const place = `${file.filename}\n${node.range.join(':')}\n${possibility.material}`;
        if (!uses.has(place)) uses.set(place, { operation, key, possibility });
      }
    }
  }
  return [...uses.values()];
}

/** Whether a key possibility is text that only the owner of the key may know: an HMAC secret or a private key, written out. */
export function isWrittenSecret(possibility: KeyPossibility): boolean {
  const { material, family, converted, text } = possibility;
  if (material === 'pem' || material === 'jwk') return family === 'private';
  // A conversion made «undefined» out of a missing value: nobody wrote that.
  return material === 'literal' && family !== 'public' && !(converted === 'text' && (text === 'undefined' || text === 'null'));
}

/**
 * Where a finding about a key belongs: at its text if that stands in the linted file, else at the key of the operation,
 * else at the argument that brings the key in from another file.
 */
export function placeOfKey({ operation, key, possibility }: KeyUse, file: SourceFile): Pick<KeyPossibility, 'node' | 'file'> {
  if (possibility.file === file) return possibility;
  return key.file === file ? key : { node: operation.argumentNode('options') ?? operation.node, file: operation.file };
}
