// Tokens made by hand with node:crypto, so that no library decides what can be forged.

import {
  createCipheriv, createHmac, constants, pbkdf2Sync, publicEncrypt, randomBytes, sign as signWithKey,
} from 'node:crypto';

const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** Seconds since 1970, RFC 7519 NumericDate. */
export const now = () => Math.floor(Date.now() / 1000);

/** A payload with the claims that a careful receiver asks for. */
export const claims = (own) => ({
  iss: 'https://login.shop.example', aud: 'https://api.shop.example', iat: now(), exp: now() + 300, ...own,
});

/** An unsecured JWS (RFC 7515 appendix A.5): anyone can write it. */
export const unsigned = (payload, header = {}) => `${encode({ alg: 'none', typ: 'JWT', ...header })}.${encode(payload)}.`;

/** A JWS with HMAC SHA-256. */
export function hs256(payload, secret, header = {}) {
  const input = `${encode({ alg: 'HS256', typ: 'JWT', ...header })}.${encode(payload)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** A JWS with RSA PKCS #1 and SHA-256. */
export function rs256(payload, privateKey, header = {}) {
  const input = `${encode({ alg: 'RS256', typ: 'JWT', ...header })}.${encode(payload)}`;
  return `${input}.${signWithKey('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
}

/** A JWE for the holder of an RSA key (RFC 7516, RSA-OAEP-256 with A256GCM); it takes nothing but the public key. */
export function rsaEncrypted(payload, publicKey) {
  const header = encode({ alg: 'RSA-OAEP-256', enc: 'A256GCM' });
  const contentKey = randomBytes(32);
  const iv = randomBytes(12);
  const wrapped = publicEncrypt({ key: publicKey, oaepHash: 'sha256', padding: constants.RSA_PKCS1_OAEP_PADDING }, contentKey);
  const cipher = createCipheriv('aes-256-gcm', contentKey, iv).setAAD(Buffer.from(header));
  const text = Buffer.concat([cipher.update(JSON.stringify(payload)), cipher.final()]);
  return [header, ...[wrapped, iv, text, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
}

/** A JWE under a password (RFC 7518 section 4.8, PBES2-HS256+A128KW with A128CBC-HS256). */
export function passwordEncrypted(payload, password, rounds) {
  const salt = randomBytes(16);
  const alg = 'PBES2-HS256+A128KW';
  const header = encode({ alg, enc: 'A128CBC-HS256', p2s: salt.toString('base64url'), p2c: rounds });
  const wrappingKey = pbkdf2Sync(password, Buffer.concat([Buffer.from(`${alg}\0`), salt]), rounds, 16, 'sha256');
  const contentKey = randomBytes(32);
  const iv = randomBytes(16);
  const wrapper = createCipheriv('id-aes128-wrap', wrappingKey, Buffer.alloc(8, 0xa6));
  const wrapped = Buffer.concat([wrapper.update(contentKey), wrapper.final()]);
  const cipher = createCipheriv('aes-128-cbc', contentKey.subarray(16), iv);
  const text = Buffer.concat([cipher.update(JSON.stringify(payload)), cipher.final()]);
  const headerBits = Buffer.alloc(8);
  headerBits.writeUInt32BE(header.length * 8, 4);
  const tag = createHmac('sha256', contentKey.subarray(0, 16)).update(header).update(iv).update(text).update(headerBits).digest();
  return [header, ...[wrapped, iv, text, tag.subarray(0, 16)].map((part) => part.toString('base64url'))].join('.');
}
