import { knownTexts } from './algorithm-evidence.ts';
import type { JwtOperation } from './operation.ts';

/** Claims without which a library refuses a token, as far as its list of required claims says; undefined where that is not known. */
export function demandedClaims(operation: JwtOperation): readonly string[] | undefined {
  const setting = operation.setting('requiredClaims');
  if (setting.state === 'set') return knownTexts(setting.value);
  if (setting.state === 'unknown') return undefined;
  return setting.absence?.means === 'demanded' ? ['exp'] : [];
}
