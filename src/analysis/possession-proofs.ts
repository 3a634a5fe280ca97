import { someTexts } from './algorithm-evidence.ts';
import type { JwtOperation } from './operation.ts';

const DPOP = /^(?:application\/)?dpop\+jwt$/i;
const PROOFS = /^(?:application\/)?(?:dpop\+jwt|openid4vci-proof\+jwt)$/i;

/** Whether a verification takes DPoP proofs (RFC 9449 section 4.2): they are bound to a request by `htm` and `htu`, and carry neither `aud` nor `iss`. */
export function isForDpopProofs(operation: JwtOperation): boolean {
  return demandsType(operation, DPOP);
}

/** Whether a verification takes tokens that prove the possession of the key which they bring along (RFC 9449 section 4.3; OpenID for Verifiable Credential Issuance 1.0, key proofs). */
export function isForPossessionProofs(operation: JwtOperation): boolean {
  return demandsType(operation, PROOFS);
}

function demandsType(operation: JwtOperation, type: RegExp): boolean {
  return operation.settingsAt('type').flatMap(({ value }) => someTexts(value)).some(({ text }) => type.test(text));
}
