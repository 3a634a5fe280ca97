/** Certificates made with node:crypto, for servers on the loopback interface and for keys that are handed over as certificates. */
import { type KeyPairKeyObjectResult, randomBytes, sign } from 'node:crypto';
import { RSA } from './forge.ts';

/** DER (X.690): a tag, the length and the content. */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const SEQUENCE = 0x30;
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const time = (at: Date): Buffer => der(0x18, Buffer.from(`${at.toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`));

/** A certificate for 127.0.0.1 (RFC 5280) under a key of its own; keys are made anew in every run, so that none lies in the repository. */
export function selfSigned({ privateKey, publicKey }: KeyPairKeyObjectResult): { readonly key: string; readonly certificate: string } {
  // ecdsa-with-SHA256, or sha256WithRSAEncryption with its empty parameters.
  const algorithm = privateKey.asymmetricKeyType === 'ec' ? der(SEQUENCE, objectId('2a8648ce3d040302')) : der(SEQUENCE, objectId('2a864886f70d01010b'), der(0x05));
  const name = der(SEQUENCE, der(0x31, der(SEQUENCE, objectId('550403'), der(0x0c, Buffer.from('127.0.0.1')))));
  const names = der(SEQUENCE, der(0x87, Buffer.from([127, 0, 0, 1])));
  const alternativeNames = der(SEQUENCE, objectId('551d11'), der(0x04, names));
  const authority = der(SEQUENCE, objectId('551d13'), der(0x04, der(SEQUENCE, der(0x01, Buffer.from([255])))));
  const content = der(
    SEQUENCE,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm, name,
    der(SEQUENCE, time(new Date(Date.now() - 3_600_000)), time(new Date(Date.now() + 86_400_000))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(SEQUENCE, alternativeNames, authority)),
  );
  const signature = sign('sha256', content, privateKey);
  const certificate = der(SEQUENCE, content, algorithm, der(0x03, Buffer.from([0]), signature));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, certificate: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n') };
}

/** The issuer's public key as a certificate. */
export const CERTIFICATE = selfSigned({ privateKey: RSA.privateKey, publicKey: RSA.publicKey }).certificate;
