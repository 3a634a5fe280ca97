/** Tokens and keys made with node:crypto alone: no library under measurement takes part in making its own evidence. */
import { createCipheriv, createDecipheriv, createHmac, createPrivateKey, generateKeyPairSync, type JsonWebKey, type KeyObject, randomBytes, sign } from 'node:crypto';

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

/** A key pair that nobody trusts. */
export const STRANGER = {
  privateKey: strangers.privateKey,
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
  if (algorithm === 'none') return Buffer.alloc(0);
  throw new Error(`no signature is made for ${algorithm}`);
}

/** A compact JWS (RFC 7515 section 7.1). */
export function jws(algorithm: string, key: SigningKey, claims: Members, header: Members = {}): string {
  const input = `${json({ alg: algorithm, typ: 'JWT', ...header })}.${json(claims)}`;
  return `${input}.${base64url(signatureOf(algorithm, key, input))}`;
}

/** The same token with other claims under the old signature. */
export function tampered(token: string): string {
  const [header, , signature] = token.split('.');
  return [header, json(honestClaims({ sub: 'mallory' })), signature].join('.');
}

/** A compact JWE (RFC 7516) under a shared key of 32 bytes: `alg` `dir` or `A256KW`, `enc` `A256GCM` or `A128CBC-HS256`. */
export function jwe(key: Uint8Array, claims: Members, { alg = 'dir', enc = 'A256GCM', ...header }: Members = {}): string {
  const contentKey = alg === 'dir' ? key : randomBytes(32);
  let encryptedKey = Buffer.alloc(0);
  if (alg === 'A256KW') {
    const wrap = createCipheriv('id-aes256-wrap', key, Buffer.alloc(8, 0xa6));
    encryptedKey = Buffer.concat([wrap.update(contentKey), wrap.final()]);
  }
  const protectedHeader = json({ alg, enc, ...header });
  const plaintext = JSON.stringify(claims);
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
