import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { type AlgorithmFamily, CURRENT, familyOf } from '../algorithms.ts';
import type { Policy } from '../policy.ts';
import type { Key, KeyPossibility } from './keys.ts';
import type { JwtOperation } from './operation.ts';
import { type ParameterValue, possibilities, type Value } from './value.ts';

/** Texts that a value may be; undefined where something else is among them. */
export function knownTexts(value: Value): readonly string[] | undefined {
  const texts: string[] = [];
  for (const one of possibilities(value)) {
    if (one.kind === 'primitive' && typeof one.value === 'string') texts.push(one.value);
    else if (one.kind === 'array' && !one.open) {
      for (const element of one.elements) {
        const inner = knownTexts(element);
        if (!inner) return undefined;
        texts.push(...inner);
      }
    } else return undefined;
  }
  return texts;
}

/** The texts among what a value may be, whatever else is among it. */
export function someTexts(value: Value): readonly { readonly text: string; readonly value: Value }[] {
  return possibilities(value).flatMap((one) => {
    if (one.kind === 'primitive' && typeof one.value === 'string') return [{ text: one.value, value: one }];
    return one.kind === 'array' ? one.elements.flatMap(someTexts) : [];
  });
}

/** The family that a key proves: symmetric secret, RSA, EC or OKP; undefined where its kind is not certain. */
export function familyOfKey(key: Key | undefined): Exclude<AlgorithmFamily, 'none'> | 'asymmetric' | undefined {
  const families = new Set((key?.possibilities ?? []).map(familyOfPossibility));
  const [only] = families;
  return families.size === 1 ? only : undefined;
}

function familyOfPossibility(key: KeyPossibility): Exclude<AlgorithmFamily, 'none'> | 'asymmetric' | undefined {
  if (key.algorithm !== undefined) {
    const family = familyOf(key.algorithm);
    if (family && family !== 'none') return family;
  }
  if (key.family === 'secret') return 'HMAC';
  if (key.keyType === 'RSA' || key.keyType === 'EC' || key.keyType === 'OKP') return key.keyType;
  return key.family === 'public' || key.family === 'private' || key.material === 'remote-set' ? 'asymmetric' : undefined;
}

/**
 * Algorithms to pin for a verification, by evidence: those of the calls that sign with the same key, else the family
 * that the key proves, cut down to the policy. `undefined` where nothing proves any.
 */
export function provenAlgorithms(operation: JwtOperation, operations: readonly JwtOperation[], policy: Policy): readonly string[] | undefined {
  const supported = (algorithms: readonly string[]) => algorithms.filter((name) => !operation.library.algorithms || operation.library.algorithms.includes(name));
  const signed = operations.filter((other) => other.kind === 'sign' && shareKey(operation.key, other.key)).map(signingAlgorithm);
  if (signed.length > 0 && signed.every((name) => name !== undefined)) return unlessEmpty(supported([...new Set(signed)].filter((name) => familyOf(name) !== 'none')));
  const family = familyOfKey(operation.key);
  const imported = operation.key?.possibilities.map((one) => one.algorithm);
  if (imported && imported.length > 0 && imported.every((name) => name !== undefined)) return unlessEmpty(supported([...new Set(imported)]));
  const allowed = policy.algorithms?.filter((name) => fits(name, family));
  if (allowed && allowed.length > 0 && (family !== undefined || !spansFamilies(allowed))) return unlessEmpty(supported(allowed));
  if (family === undefined || family === 'asymmetric') return undefined;
  return unlessEmpty(supported(CURRENT[family]));
}

/** Whether an algorithm is of the family that a key proves; of any where it proves none. */
export function fits(algorithm: string, family: ReturnType<typeof familyOfKey>): boolean {
  const own = familyOf(algorithm);
  if (own === undefined || own === 'none') return false;
  return family === undefined || own === family || (family === 'asymmetric' && own !== 'HMAC');
}

function spansFamilies(algorithms: readonly string[]): boolean {
  return new Set(algorithms.map((name) => familyOf(name) === 'HMAC')).size > 1;
}

function unlessEmpty(algorithms: readonly string[]): readonly string[] | undefined {
  return algorithms.length > 0 ? algorithms : undefined;
}

/** The algorithm that a signing call uses: set, or the library's default. */
function signingAlgorithm(operation: JwtOperation): string | undefined {
  const setting = operation.setting('algorithm');
  if (setting.state === 'set') {
    const texts = knownTexts(setting.value);
    return texts?.length === 1 ? texts[0] : undefined;
  }
  return setting.state === 'missing' && setting.absence?.means === 'defaulted' && familyOfKey(operation.key) !== 'asymmetric' ? 'HS256' : undefined;
}

/** A verification that takes no HMAC checks with a public key, whatever the key looks like. */
export function acceptsOnlyAsymmetric(operation: JwtOperation): boolean {
  const accepted = operation.setting('algorithms');
  const texts = accepted.state === 'set' ? knownTexts(accepted.value) ?? [] : [];
  return texts.length > 0 && texts.every((text) => familyOf(text) !== 'HMAC');
}

/** Whether two operations use the same key: the same variable, the same text, or the same expression. A pair's halves count as one. */
export function shareKey(a: Key | undefined, b: Key | undefined): boolean {
  return a !== undefined && b !== undefined && a.possibilities.some((one) => b.possibilities.some((other) => sameMaterial(one, other)));
}

function sameMaterial(a: KeyPossibility, b: KeyPossibility): boolean {
  if (a.parameter && b.parameter) return sameParameter(a.parameter, b.parameter);
  if (a.material === 'unknown' || a.material === 'parameter' || a.material === 'missing' || a.material === 'empty' || a.material !== b.material) return false;
  if (a.name !== undefined || b.name !== undefined) return a.name === b.name;
  if (a.text !== undefined || b.text !== undefined) return a.text === b.text;
  return a.node === b.node && a.file === b.file;
}

/** Two functions of a file are given the same bindings of the runtime (`c.env.JWT_SECRET`), but each its own of anything else. */
function sameParameter(a: ParameterValue, b: ParameterValue): boolean {
  const [one, other] = [pathOf(a), pathOf(b)];
  if (a.owner === b.owner && a.index === b.index) return one.join() === other.join();
  return a.file === b.file && one.at(-1) === other.at(-1) && one.at(-2) === 'env' && other.at(-2) === 'env';
}

/** How a parameter is read, from its own name on. */
function pathOf({ owner, index, path }: ParameterValue): readonly string[] {
  const given = owner.params[index];
  return given?.type === AST_NODE_TYPES.Identifier ? [given.name, ...path] : path;
}
