/** What a module of an older jose is in version 6, where everything comes from `jose` itself. */
export interface OldModule {
  /** What its default export is called. */
  readonly default?: string;
  /** It holds the members of this object: `decode` of `jose/util/base64url` is `base64url.decode`. */
  readonly members?: string;
}

/** The modules of jose 3, and those of later versions that hold the same. */
export const OLD_MODULES: Readonly<Record<string, OldModule>> = {
  'jose/jwt/verify': { default: 'jwtVerify' },
  'jose/jwt/sign': { default: 'SignJWT' },
  'jose/jwt/decrypt': { default: 'jwtDecrypt' },
  'jose/jwt/encrypt': { default: 'EncryptJWT' },
  'jose/jwt/unsecured': { default: 'UnsecuredJWT' },
  'jose/jwt/decode': { default: 'decodeJwt' },
  'jose/jws/compact/sign': { default: 'CompactSign' },
  'jose/jws/compact/verify': { default: 'compactVerify' },
  'jose/jws/flattened/sign': { default: 'FlattenedSign' },
  'jose/jws/flattened/verify': { default: 'flattenedVerify' },
  'jose/jws/general/sign': { default: 'GeneralSign' },
  'jose/jws/general/verify': { default: 'generalVerify' },
  'jose/jwe/compact/encrypt': { default: 'CompactEncrypt' },
  'jose/jwe/compact/decrypt': { default: 'compactDecrypt' },
  'jose/jwe/flattened/encrypt': { default: 'FlattenedEncrypt' },
  'jose/jwe/flattened/decrypt': { default: 'flattenedDecrypt' },
  'jose/jwe/general/decrypt': { default: 'generalDecrypt' },
  'jose/jwk/parse': { default: 'importJWK' },
  'jose/jwk/from_key_like': { default: 'exportJWK' },
  'jose/jwk/thumbprint': { default: 'calculateJwkThumbprint' },
  'jose/jwk/embedded': { default: 'EmbeddedJWK' },
  'jose/jwks/remote': { default: 'createRemoteJWKSet' },
  'jose/jwks/local': { default: 'createLocalJWKSet' },
  'jose/key/import': {},
  'jose/key/export': {},
  'jose/key/generate/secret': { default: 'generateSecret' },
  'jose/key/generate/keypair': { default: 'generateKeyPair' },
  'jose/decode/protected_header': { default: 'decodeProtectedHeader' },
  'jose/util/decode_protected_header': { default: 'decodeProtectedHeader' },
  'jose/util/decode_jwt': { default: 'decodeJwt' },
  'jose/util/generate_secret': { default: 'generateSecret' },
  'jose/util/generate_key_pair': { default: 'generateKeyPair' },
  'jose/util/base64url': { members: 'base64url' },
  'jose/base64url': { members: 'base64url' },
  'jose/util/errors': { members: 'errors' },
  'jose/errors': { members: 'errors' },
  'jose/types': {},
  'jose/webcrypto/types': {},
};

/** Exports that have had other names. */
export const RENAMED: Readonly<Record<string, string>> = {
  parseJwk: 'importJWK', fromKeyLike: 'exportJWK', calculateThumbprint: 'calculateJwkThumbprint', experimental_jwksCache: 'jwksCache',
};

/** Exports of jose 2, whose functions give what those of later versions promise. */
export const LEGACY: ReadonlySet<string> = new Set(['JWT', 'JWK', 'JWKS', 'JWS', 'JWE']);

/** Types that version 6 no longer has. */
export const GONE_TYPES: ReadonlySet<string> = new Set(['CryptoRuntime', 'GenericGetKeyFunction']);

/** Algorithms and curves that version 6 does not implement. */
export const GONE_ALGORITHMS: ReadonlySet<string> = new Set(['ES256K', 'RSA1_5', 'Ed448', 'X448', 'secp256k1']);
