import { createPublicKey } from 'node:crypto';

export const ISSUER = 'https://login.shop.example';

const url = new URL('/.well-known/jwks.json', process.env.ISSUER_URL ?? 'http://127.0.0.1:4000');

const { keys: [jwk] } = await (await fetch(url)).json();

/** The public key of the token service, as published when this service starts. */
export const issuerKey = createPublicKey({ key: jwk, format: 'jwk' });
