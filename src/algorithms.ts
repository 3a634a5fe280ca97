/** How an algorithm protects a token (RFC 7518 section 3.1; RFC 8037 for EdDSA; RFC 9864 for its fully specified forms). */
export type AlgorithmFamily = 'HMAC' | 'RSA' | 'EC' | 'OKP' | 'none';

const SIGNATURES: Readonly<Record<string, AlgorithmFamily>> = {
  HS1: 'HMAC', HS256: 'HMAC', HS384: 'HMAC', HS512: 'HMAC',
  RS1: 'RSA', RS256: 'RSA', RS384: 'RSA', RS512: 'RSA', PS256: 'RSA', PS384: 'RSA', PS512: 'RSA',
  ES256: 'EC', ES384: 'EC', ES512: 'EC', ES256K: 'EC',
  EdDSA: 'OKP', Ed25519: 'OKP', Ed448: 'OKP',
  none: 'none',
};

/** Names of the algorithms that sign. */
export const signatureAlgorithms: readonly string[] = Object.keys(SIGNATURES).filter((name) => name !== 'none');

/** Family of a JWS algorithm by its JWA name; `none` in any case, because libraries have differed. */
export function familyOf(algorithm: string): AlgorithmFamily | undefined {
  return /^none$/i.test(algorithm) ? 'none' : SIGNATURES[algorithm];
}

/** Members of a family that a service may use today. */
export const CURRENT: Readonly<Record<Exclude<AlgorithmFamily, 'none'>, readonly string[]>> = {
  HMAC: ['HS256', 'HS384', 'HS512'],
  RSA: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  EC: ['ES256', 'ES384', 'ES512'],
  OKP: ['EdDSA'],
};

/** Bytes of the hash of an HMAC algorithm: the least that a key may have (RFC 7518 section 3.2). */
export function minimumKeyBytes(algorithm: string): number | undefined {
  return { HS256: 32, HS384: 48, HS512: 64 }[algorithm];
}

/** Whether two families can never share a key. */
export function isMixed(algorithms: readonly string[]): boolean {
  const families = new Set(algorithms.map(familyOf).filter((family) => family !== undefined && family !== 'none'));
  return families.has('HMAC') && families.size > 1;
}
