import semver from 'semver';
import type { Exploitability } from '../libraries/descriptor.ts';
import type { Key, KeyPossibility } from './keys.ts';
import type { JwtOperation } from './operation.ts';
import { possibilities } from './value.ts';

/** Whether a key may be one that everybody can read: PEM or JWK of a public key, a key set, or something named so. */
export function isPublic(key: Key | undefined): boolean {
  return key?.possibilities.some(isPublicPossibility) ?? false;
}

function isPublicPossibility(key: KeyPossibility): boolean {
  if (key.family === 'public' || key.material === 'remote-set' || key.material === 'local-set') return true;
  return (key.material === 'environment' || key.material === 'configuration') && /pub(?:lic)?[_.-]?(?:key|pem|cert)|(?:key|pem|jwt|rsa)[_.-]pub(?:lic)?$/i.test(key.name ?? '');
}

/** Whether the key comes from a function that looks at the algorithm, so that it may hand out a fitting key for each. */
export function isChosenByAlgorithm(key: Key | undefined): boolean {
  return key !== undefined && possibilities(key.value).some((one) => one.kind === 'function' && /\balg\b/.test(one.file.sourceCode.getText(one.node as never)));
}

/** What an HMAC algorithm beside asymmetric ones is worth to somebody who has the public key. */
export function confusionOf(operation: JwtOperation): Exploitability {
  const { confusable } = operation.library;
  if (confusable === undefined) return 'hardening';
  const { version } = operation;
  const inRange = version === undefined ? confusable === '*' : semver.subset(version, confusable);
  if (!inRange) return version !== undefined && !semver.intersects(version, confusable) ? 'hardening' : 'depends';
  return isPublic(operation.key) ? 'exploitable' : 'depends';
}
