/** Tokens and keys made with node:crypto alone: no library under measurement takes part in making its own evidence. */
import { createCipheriv, createDecipheriv, createHmac, createPrivateKey, generateKeyPairSync, type JsonWebKey, type KeyObject, pbkdf2Sync, randomBytes, sign, verify } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';

/** Claims or header members; a member that is `undefined` is left out. */
export type Members = Readonly<Record<string, unknown>>;

const base64url = (value: string | Uint8Array): string => Buffer.from(value).toString('base64url');
const json = (members: Members): string => base64url(JSON.stringify(members));

/** Long enough for every HMAC algorithm and, cut to 32 bytes, for AES-256. */
export const SECRET = 'correct horse battery staple, and then some more of it for HS512';
export const AUDIENCE = 'https://orders.example';
export const ISSUER = 'https://issuer.example';
export const KEY_ID = 'key-1';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const strangers = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** The issuer's key pair, in the forms that the libraries ask for. */
export const RSA = {
  privatePem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  publicPem: pair.publicKey.export({ type: 'spki', format: 'pem' }) as string,
  privateKey: pair.privateKey,
  publicKey: pair.publicKey,
  publicJwk: { ...pair.publicKey.export({ format: 'jwk' }), kid: KEY_ID, use: 'sig', alg: 'RS256' } as JsonWebKey & { kid: string },
  privateJwk: { ...pair.privateKey.export({ format: 'jwk' }), kid: KEY_ID, use: 'sig', alg: 'RS256' } as JsonWebKey & { kid: string },
} as const;

/** A key pair on a curve that is as large as that of ES256, but another one. */
export const OTHER_CURVE = otherCurve();

function otherCurve(): { readonly privateKey: KeyObject; readonly privatePem: string; readonly publicPem: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
  return { privateKey, privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, publicPem: publicKey.export({ type: 'spki', format: 'pem' }) as string };
}

/** A private RSA key smaller than RFC 7518 section 3.3 allows. */
export const SMALL_KEY = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

/** A key pair that nobody trusts. */
export const STRANGER = {
  privateKey: strangers.privateKey,
  privatePem: strangers.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  publicPem: strangers.publicKey.export({ type: 'spki', format: 'pem' }) as string,
  publicJwk: strangers.publicKey.export({ format: 'jwk' }),
} as const;

export const now = (): number => Math.floor(Date.now() / 1000);

/** Claims that every recipient should accept. */
export function honestClaims(changes: Members = {}): Members {
  const at = now();
  return {
    sub: 'alice', aud: AUDIENCE, iss: ISSUER, iat: at - 10, exp: at + 3600, jti: 'id-1', nonce: 'nonce-1', ...changes,
  };
}

type SigningKey = string | Uint8Array | KeyObject;

function signatureOf(algorithm: string, key: SigningKey, input: string): Buffer {
  const hash = `sha${algorithm.slice(2)}`;
  if (algorithm.startsWith('HS')) return createHmac(hash, key).update(input).digest();
  if (algorithm.startsWith('RS')) return sign(hash, Buffer.from(input), typeof key === 'string' ? createPrivateKey(key) : (key as KeyObject));
  if (algorithm.startsWith('ES')) return sign(hash, Buffer.from(input), { key: key as KeyObject, dsaEncoding: 'ieee-p1363' });
  if (algorithm === 'none') return Buffer.alloc(0);
  throw new Error(`no signature is made for ${algorithm}`);
}

/** A compact JWS (RFC 7515 section 7.1). */
export function jws(algorithm: string, key: SigningKey, claims: Members, header: Members = {}): string {
  const input = `${json({ alg: algorithm, typ: 'JWT', ...header })}.${json(claims)}`;
  return `${input}.${base64url(signatureOf(algorithm, key, input))}`;
}

/** Whether a compact JWS is signed with the issuer's secret or private key. */
export function signedByIssuer(token: string): boolean {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg: string };
  const input = `${header}.${claims}`;
  if (alg.startsWith('HS')) return base64url(signatureOf(alg, SECRET, input)) === signature;
  return alg.startsWith('RS') && verify(`sha${alg.slice(2)}`, Buffer.from(input), RSA.publicKey, Buffer.from(signature, 'base64url'));
}

/** The same token with other claims under the old signature. */
export function tampered(token: string): string {
  const [header, , signature] = token.split('.');
  return [header, json(honestClaims({ sub: 'mallory' })), signature].join('.');
}

/** Encryption with a password (RFC 7518 section 4.8). */
export const PBES2 = 'PBES2-HS256+A128KW';

/**
 * A compact JWE (RFC 7516) under a shared key of 32 bytes: `alg` `dir`, `A256KW` or `PBES2-HS256+A128KW` (with `p2c` in the
 * header), `enc` `A256GCM` or `A128CBC-HS256`, compressed with `zip: 'DEF'`.
 */
export function jwe(key: Uint8Array, claims: Members, { alg = 'dir', enc = 'A256GCM', ...rest }: Members = {}): string {
  const contentKey = alg === 'dir' ? key : randomBytes(32);
  const header: Members = alg === PBES2 ? { p2s: randomBytes(16).toString('base64url'), ...rest } : rest;
  let encryptedKey = Buffer.alloc(0);
  if (alg === PBES2) {
    // RFC 7518 section 4.8.1.1: the salt is the name of the algorithm, a zero byte and the salt of the header.
    const salt = Buffer.concat([Buffer.from(`${PBES2}\0`), Buffer.from(String(header['p2s']), 'base64url')]);
    const wrap = createCipheriv('id-aes128-wrap', pbkdf2Sync(key, salt, Number(header['p2c']), 16, 'sha256'), Buffer.alloc(8, 0xa6));
    encryptedKey = Buffer.concat([wrap.update(contentKey), wrap.final()]);
  }
  if (alg === 'A256KW') {
    const wrap = createCipheriv('id-aes256-wrap', key, Buffer.alloc(8, 0xa6));
    encryptedKey = Buffer.concat([wrap.update(contentKey), wrap.final()]);
  }
  const protectedHeader = json({ alg, enc, ...header });
  const plaintext = header['zip'] === 'DEF' ? deflateRawSync(JSON.stringify(claims)) : Buffer.from(JSON.stringify(claims));
  if (enc === 'A256GCM') {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', contentKey, iv);
    cipher.setAAD(Buffer.from(protectedHeader));
    const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    return [protectedHeader, ...[encryptedKey, iv, ciphertext, cipher.getAuthTag()].map(base64url)].join('.');
  }
  // RFC 7518 section 5.2.2.1: half of the key authenticates, half encrypts.
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', contentKey.subarray(16), iv);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const length = Buffer.alloc(8);
  length.writeUInt32BE(protectedHeader.length * 8, 4);
  const tag = createHmac('sha256', contentKey.subarray(0, 16)).update(protectedHeader).update(iv).update(ciphertext).update(length).digest().subarray(0, 16);
  return [protectedHeader, ...[encryptedKey, iv, ciphertext, tag].map(base64url)].join('.');
}

/** The header of a compact token, unchecked. */
export const headerOf = (token: string): Record<string, unknown> => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as Record<string, unknown>;

/** Header and claims of a compact JWS, unchecked. */
export function read(token: string): { readonly header: Record<string, unknown>; readonly claims: Record<string, unknown> } {
  const [header = '', claims = ''] = token.split('.');
  const parse = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  return { header: parse(header), claims: parse(claims) };
}

/** The header and claims of a compact JWE with `alg` `dir`, decrypted by hand: `enc` `A256GCM` or `A256CBC-HS512`. */
export function openJwe(key: Uint8Array, token: string): { readonly header: Record<string, unknown>; readonly claims: Record<string, unknown> } {
  const [protectedHeader = '', , ...rest] = token.split('.');
  const [iv, ciphertext, tag] = rest.map((part) => Buffer.from(part, 'base64url')) as [Buffer, Buffer, Buffer];
  const header = JSON.parse(Buffer.from(protectedHeader, 'base64url').toString()) as Record<string, unknown>;
  if (header['enc'] === 'A256GCM') {
    const decipher = createDecipheriv('aes-256-gcm', key, iv);
    decipher.setAAD(Buffer.from(protectedHeader));
    decipher.setAuthTag(tag);
    return { header, claims: JSON.parse(Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString()) as Record<string, unknown> };
  }
  const decipher = createDecipheriv('aes-256-cbc', key.subarray(32), iv);
  return { header, claims: JSON.parse(Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString()) as Record<string, unknown> };
}
