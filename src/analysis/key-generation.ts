import type { TSESTree } from '@typescript-eslint/utils';
import { collectCalls } from './call-nodes.ts';
import { analysisOf } from './operations.ts';
import type { SourceFile } from './source-file.ts';
import { possibilities, type Value } from './value.ts';

/** A place where an RSA key pair is made, with the length of its modulus. */
export interface KeyGeneration {
  readonly node: TSESTree.Node;
  readonly name: string;
  readonly bits: number;
  /** The value that says so. */
  readonly value: Value;
}

/** Functions that make key pairs: where the length stands among the arguments, by library and access path. */
const GENERATORS: Readonly<Record<string, { readonly argument: number; readonly property?: string; readonly type?: RegExp }>> = {
  '#node crypto.generateKeyPairSync': { argument: 1, property: 'modulusLength', type: /^rsa/ },
  '#node crypto.generateKeyPair': { argument: 1, property: 'modulusLength', type: /^rsa/ },
  '#node crypto.webcrypto.subtle.generateKey': { argument: 0, property: 'modulusLength' },
  '#node crypto.subtle.generateKey': { argument: 0, property: 'modulusLength' },
  '#global crypto.subtle.generateKey': { argument: 0, property: 'modulusLength' },
  'jose generateKeyPair': { argument: 1, property: 'modulusLength' },
  'jose JWK.generate': { argument: 1, type: /^RSA$/ },
  'jose JWK.generateSync': { argument: 1, type: /^RSA$/ },
  'jsrsasign KEYUTIL.generateKeypair': { argument: 1, type: /^RSA$/ },
};

/** RSA key pairs that a file makes, as far as the length is known. */
export function rsaKeyGenerations(file: SourceFile): readonly KeyGeneration[] {
  const reader = analysisOf(file)?.reader;
  if (!reader) return [];
  return collectCalls(file).flatMap((call) => {
    const target = possibilities(reader.evaluate(call.callee, file)).find((one) => one.kind === 'api');
    const generator = target?.kind === 'api' ? GENERATORS[`${target.library} ${target.path}`] : undefined;
    if (!generator) return [];
    const [first] = call.arguments;
    const type = first && reader.evaluate(first, file);
    if (generator.type && !(type?.kind === 'primitive' && generator.type.test(String(type.value)))) return [];
    const given = call.arguments[generator.argument];
    const options = given && reader.evaluate(given, file);
    const value = generator.property === undefined ? options : options?.kind === 'object' ? options.entries.get(generator.property)?.value : undefined;
    if (value?.kind !== 'primitive' || typeof value.value !== 'number') return [];
    return [{ node: call, name: file.sourceCode.getText(call.callee as never), bits: value.value, value }];
  });
}
