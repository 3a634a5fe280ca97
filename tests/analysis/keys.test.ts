import { describe, expect, it } from 'vitest';
import type { Settings } from '../../src/policy.ts';
import { inProject } from './project.ts';

/** What the key may be that the first verification of a program takes, in words. */
function keyOf(code: string, settings: Settings = {}): string {
  const imports = "import jwt from 'jsonwebtoken';\nimport * as crypto from 'node:crypto';\nimport * as fs from 'node:fs';\nimport * as path from 'node:path';\nimport nconf from 'nconf';\nimport vault from 'node-vault';\nimport _ from 'lodash';\n";
  return inProject({ 'tokens.ts': imports + code }, (operations) => (operations.find(({ kind }) => kind === 'verify')?.key?.possibilities ?? []).map(({ material, family, keyType, text, bytes, name, guaranteed, fallback, converted, algorithm, parameter }) => [
    material, family, keyType, name ?? (material === 'pem' ? undefined : text), bytes !== undefined && `${String(bytes)} bytes`, guaranteed && 'surely', fallback && 'as fallback', converted && `through ${converted}`, algorithm && `for ${algorithm}`,
    parameter && `parameter ${String(parameter.index)}`,
  ].filter((word) => typeof word === 'string' && word !== '').join(' ')).join(' or '), settings);
}

/** A verification with a key, behind statements that make it. */
const verify = (key: string, before = '') => `${before}\nexport const check = (token: string) => jwt.verify(token, ${key}, { algorithms: ['HS256'] });`;

const RSA = '-----BEGIN PUBLIC KEY-----\\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAK8kC6PXv0jJ\\n-----END PUBLIC KEY-----';
const EC = '-----BEGIN PUBLIC KEY-----\\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEtPgLZOTcpD6S\\n-----END PUBLIC KEY-----';
const EC_PRIVATE = '-----BEGIN PRIVATE KEY-----\\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\\n-----END PRIVATE KEY-----';
const oneLine = (pem: string) => Buffer.from(pem.replaceAll('\\n', '\n')).toString('base64');

describe('keys that are written out', () => {
  const written: readonly (readonly [string, string, string])[] = [
    ['text', "'secret'", 'literal secret oct secret 6 bytes'],
    ['bytes of text', "Buffer.from('é')", 'literal secret oct é 2 bytes through bytes'],
    ['bytes of text with the name of the encoding in capitals', "Buffer.from('é', 'UTF-8')", 'literal secret oct é 2 bytes through bytes'],
    ['bytes of text in another encoding', "Buffer.from('é', 'latin1')", 'literal secret oct é 1 bytes through bytes'],
    ['hexadecimal digits', "Buffer.from('736563726574', 'hex')", 'literal secret oct 736563726574 6 bytes through bytes'],
    ['base64', "Buffer.from('c2VjcmV0', 'base64')", 'literal secret oct c2VjcmV0 6 bytes through bytes'],
    ['an encoding that is not known', "Buffer.from('secret', process.env.ENCODING)", 'literal secret oct secret through bytes'],
    ['an encoder', "new TextEncoder().encode('secret')", 'literal secret oct secret 6 bytes through bytes'],
    ['numbers', 'Uint8Array.from([115, 101, 99])', 'literal secret 3 bytes'],
    ['numbers of which one is not known', 'Buffer.from([115, Number(process.env.SECOND)])', 'unknown'],
    ['numbers of which more may follow', 'Buffer.from([115, ...rest])', 'unknown'],
    ['zero bytes', 'Buffer.alloc(32)', 'literal secret 32 bytes'],
    ['a number', '123456', 'literal secret 123456 6 bytes'],
    ['a switch', 'true', 'unknown'],
    ['a key object of text', "crypto.createSecretKey('secret', 'utf8')", 'literal secret oct secret 6 bytes through bytes'],
    ['a JWK of a secret', "{ kty: 'oct', k: 'c2VjcmV0' }", 'literal secret oct c2VjcmV0 6 bytes'],
    ['a JWK of a variable', "{ kty: 'oct', k: process.env.KEY }", 'environment secret oct KEY'],
    ['an object with a type that is nothing', "{ kty: null, key: 'secret' }", 'literal secret oct secret 6 bytes'],
    ['a JWK of a secret that is not there', "{ kty: 'oct' }", 'unknown'],
    ['a JWK', "{ kty: 'RSA', n: 'ryQL', e: 'AQAB', alg: 'RS256' }", 'jwk public RSA for RS256'],
    ['a private JWK', "{ kty: 'EC', crv: 'P-256', x: 'tPgL', y: 'ZOTc', d: 'pD6S' }", 'jwk private EC'],
    ['a JWK of Ed25519', "{ kty: 'OKP', crv: 'Ed25519', x: 'tPgL' }", 'jwk public OKP'],
    ['a JWK of another type', "{ kty: 'AKP', pub: 'tPgL' }", 'jwk public'],
    ['a JWK whose type is not known', "{ kty: process.env.KEY_TYPE, n: 'ryQL' }", 'unknown'],
    ['a set of JWKs', "{ keys: [{ kty: 'RSA', n: 'ryQL', e: 'AQAB' }] }", 'local-set public'],
    ['one key of a pair', "{ private: process.env.PRIVATE_KEY, public: process.env.PUBLIC_KEY }", 'environment PRIVATE_KEY'],
    ['a public key alone', '{ public: process.env.PUBLIC_KEY }', 'environment PUBLIC_KEY'],
    ['a secret in an object', "{ secret: 'secret' }", 'literal secret oct secret 6 bytes'],
    ['a private key with its passphrase', "{ key: process.env.PRIVATE_KEY, passphrase: 'words' }", 'environment PRIVATE_KEY'],
    ['an object without a key', "{ passphrase: 'words' }", 'unknown'],
  ];
  it.each(written)('%s', (_, key, expected) => {
    expect(keyOf(verify(key))).toBe(expected);
  });

  const pems: readonly (readonly [string, string, string])[] = [
    ['RSA by its object identifier', `'${RSA}'`, 'pem public RSA'],
    ['EC by its object identifier', `'${EC}'`, 'pem public EC'],
    ['Ed25519 by its object identifier', "'-----BEGIN PUBLIC KEY-----\\nMCowBQYDK2VwAyEAm0bVSgD0C4Cczd504jT5SJiC6z9CWYf8\\n-----END PUBLIC KEY-----'", 'pem public OKP'],
    ['Ed448 by its object identifier', "'-----BEGIN PUBLIC KEY-----\\nMEMwBQYDK2VxAzoAQm1yOT8/zYBT21AJ8J5hoYwFE80KyccG\\n-----END PUBLIC KEY-----'", 'pem public OKP'],
    ['X25519, which signs nothing', "'-----BEGIN PUBLIC KEY-----\\nMCowBQYDK2VuAyEA8/zrJEmSzMutQYAzw/m3HWzeFv+ED2nk\\n-----END PUBLIC KEY-----'", 'pem public'],
    ['a private key of PKCS#8', `'${EC_PRIVATE}'`, 'pem private EC'],
    ['a private key of PKCS#1', "'-----BEGIN RSA PRIVATE KEY-----\\nMIIEpAIBAAKCAQEA7qpB\\n-----END RSA PRIVATE KEY-----'", 'pem private RSA'],
    ['a private key of SEC1', "'-----BEGIN EC PRIVATE KEY-----\\nMHcCAQEEIO8QFdYWYRbJ\\n-----END EC PRIVATE KEY-----'", 'pem private EC'],
    ['a certificate', "'-----BEGIN CERTIFICATE-----\\nMIIDdzCCAl+gAwIBAgIE\\n-----END CERTIFICATE-----'", 'pem public'],
    ['a line break that a program puts in', `'${EC}'.replace(/\\\\n/g, '\\n')`, 'pem public EC'],
    ['a PEM in base64', `Buffer.from('${oneLine(EC)}', 'base64')`, 'pem public EC through bytes'],
    ['an SSH key', "'ssh-rsa AAAAB3NzaC1yc2E ops@example.com'", 'pem public RSA'],
    ['an SSH key of Ed25519', "'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 ops@example.com'", 'pem public OKP'],
    ['a private key of which the public half is taken', `crypto.createPublicKey('${EC_PRIVATE}')`, 'pem public EC'],
    ['a PEM in an object', `crypto.createPrivateKey({ key: '${EC_PRIVATE}', format: 'pem' })`, 'pem private EC'],
  ];
  it.each(pems)('%s', (_, key, expected) => {
    expect(keyOf(verify(key)).replace(/ through bytes$/, key.startsWith('Buffer') ? ' through bytes' : '')).toBe(expected);
  });
});

describe('keys that are read', () => {
  const read: readonly (readonly [string, string, string])[] = [
    ['a variable', 'process.env.KEY', 'environment KEY'],
    ['a variable that is made text', '`${process.env.KEY}`', 'environment KEY through text'],
    ['a variable beside a salt', '`${process.env.KEY}-${salt}`', 'environment KEY surely'],
    ['two variables', '`${process.env.A}${process.env.B}`', 'environment A through text or environment B through text'],
    ['text of something unknown', '`key-${tenant}`', 'unknown'],
    ['a public key that gets its labels here', '`-----BEGIN PUBLIC KEY-----\\n${process.env.KEY}\\n-----END PUBLIC KEY-----`', 'environment public KEY surely'],
    ['a private key that gets its labels here', "'-----BEGIN RSA PRIVATE KEY-----\\n' + process.env.KEY + '\\n-----END RSA PRIVATE KEY-----'", 'environment private RSA KEY surely'],
    ['an unknown key that gets its labels here', '`-----BEGIN PRIVATE KEY-----\\\\n${body}\\\\n-----END PRIVATE KEY-----`', 'unknown private'],
    ['a written key beside an unknown line break', '`-----BEGIN PUBLIC KEY-----${eol}` + `MFkwEwYHKoZIzj0CAQ${eol}-----END PUBLIC KEY-----`', 'unknown public'],
    ['a written key before an unknown end', '`-----BEGIN RSA PRIVATE KEY-----\\nMIIEpAIBAAKCAQEA7qpB${rest}`', 'pem private RSA through text'],
    ['a setting', "nconf.get('jwt:key')", 'configuration jwt:key'],
    ['a variable that lodash reads', "_.get(process.env, 'KEY')", 'environment KEY'],
    ['a variable that lodash reads, with a default', "_.get(process.env, 'KEY', 'dev')", 'environment KEY or literal secret oct dev 3 bytes as fallback'],
    ['what another package holds', 'vault.key', 'unknown'],
    ['a secret key object of a variable', "crypto.createSecretKey(process.env.KEY, 'hex')", 'environment secret KEY through bytes'],
    ['a public key object of a variable', 'crypto.createPublicKey(process.env.KEY)', 'environment public KEY'],
    ['bytes of a variable', "Buffer.from(process.env.KEY, 'base64')", 'environment KEY through bytes'],
    ['bytes filled with a variable', 'Buffer.alloc(32, process.env.KEY)', 'environment KEY through bytes'],
    ['the file of a public key', "fs.readFileSync('keys/jwt.pub.pem')", 'file public keys/jwt.pub.pem'],
    ['the file of a certificate', "fs.readFileSync('/etc/tls/server.crt', 'utf8')", 'file public /etc/tls/server.crt'],
    ['the file of a private key', "fs.readFileSync(path.join(__dirname, 'keys', 'private.pem'))", 'file private /keys/private.pem'],
    ['a file that says nothing, in a folder that does', "fs.readFileSync('public/jwt.key')", 'file public/jwt.key'],
    ['a file that a variable names', 'fs.readFileSync(process.env.KEY_FILE)', 'file'],
    ['the file of a key that an object says more of', "crypto.createPrivateKey(fs.readFileSync('jwt.pem'))", 'file private jwt.pem'],
    ['random bytes', 'crypto.randomBytes(32)', 'generated secret 32 bytes'],
    ['random bytes of a length that is not known', 'crypto.randomBytes(size)', 'generated secret'],
    ['a generated secret', "crypto.generateKeySync('hmac', { length: 256 })", 'generated secret'],
    ['the private half of a generated pair', "crypto.generateKeyPairSync('ed25519').privateKey", 'generated private'],
    ['the public half of a generated pair', "crypto.generateKeyPairSync('ed25519').publicKey", 'generated public'],
    ['something that cannot be seen', 'load()', 'unknown'],
  ];
  it.each(read)('%s', (_, key, expected) => {
    expect(keyOf(verify(key))).toBe(expected);
  });

  const filled: readonly (readonly [string, string, string])[] = [
    ['from a random source', 'crypto.randomFillSync(key);', 'generated secret 32 bytes'],
    ['from the random source of the web', 'crypto.webcrypto.getRandomValues(key);', 'generated secret 32 bytes'],
    ['by a method', "key.write(process.env.KEY, 'utf8');", 'unknown'],
    ['by copying', 'Buffer.from(process.env.KEY).copy(key);', 'unknown'],
    ['not by reading it', 'console.log(key.length);', 'literal secret 32 bytes'],
    ['not by another call that takes it', 'register(key);', 'literal secret 32 bytes'],
    ['after it is used', 'export const other = jwt.verify("", key);\nkey.fill(1);', 'literal secret 32 bytes'],
  ];
  it.each(filled)('bytes that are filled: %s', (_, statement, expected) => {
    expect(keyOf(statement.startsWith('export') ? `const key = Buffer.alloc(32);\n${statement}` : verify('key', `const key = Buffer.alloc(32);\n${statement}`))).toBe(expected);
  });

  it('bytes of text that is overwritten', () => {
    expect(keyOf(verify('key', "const key = Buffer.from('secret');\nkey.write(process.env.KEY);"))).toBe('literal secret oct secret 6 bytes through bytes');
  });
});

describe('keys that are nothing', () => {
  const nothing: readonly (readonly [string, string, string])[] = [
    ['empty text', "''", 'empty'],
    ['no bytes', 'Buffer.alloc(0)', 'empty'],
    ['bytes of an empty list', 'Buffer.from([])', 'empty secret 0 bytes'],
    ['null', 'null', 'missing'],
    ['a switch that is off', 'false', 'missing'],
    ['nothing in an encoder', 'new TextEncoder().encode(undefined)', 'empty through bytes'],
    ['nothing from base64', "Buffer.from(null, 'base64')", 'missing through bytes'],
    ['a template of nothing', '`${undefined}`', 'literal secret oct undefined 9 bytes'],
  ];
  it.each(nothing)('%s', (_, key, expected) => {
    expect(keyOf(verify(key))).toBe(expected);
  });
});

describe('keys that may be several', () => {
  const several: readonly (readonly [string, string, string])[] = [
    ['a fallback', "process.env.KEY || 'dev'", 'environment KEY or literal secret oct dev 3 bytes as fallback'],
    ['a fallback in bytes', "new TextEncoder().encode(process.env.KEY ?? 'dev')", 'environment KEY through bytes or literal secret oct dev 3 bytes as fallback through bytes'],
    ['a chain of variables', 'process.env.KEY || process.env.OLD_KEY', 'environment KEY or environment OLD_KEY'],
    ['a fallback of several', "process.env.KEY || (dev ? 'dev' : 'stage')", 'environment KEY or literal secret oct dev 3 bytes as fallback or literal secret oct stage 5 bytes as fallback'],
    ['a condition', "dev ? 'dev' : process.env.KEY", 'literal secret oct dev 3 bytes as fallback or environment KEY'],
    ['a condition with salted text', "dev ? 'dev' : `${process.env.KEY}-${salt}`", 'literal secret oct dev 3 bytes as fallback or environment KEY surely'],
    ['two written ones', "dev ? 'dev' : 'stage'", 'literal secret oct dev 3 bytes or literal secret oct stage 5 bytes'],
    ['a table', "({ login: process.env.KEY, mail: 'mail' })[purpose]", 'environment KEY or literal secret oct mail 4 bytes'],
    ['a list', '[process.env.NEW_KEY, process.env.OLD_KEY]', 'environment NEW_KEY or environment OLD_KEY'],
    ['a variable beside a public key', 'isNew ? crypto.createPublicKey(process.env.KEY) : process.env.OLD_KEY', 'environment public KEY or environment OLD_KEY'],
    ['a template of a variable that may be missing', '`${production ? process.env.KEY : undefined}`', 'environment KEY through text or literal undefined 9 bytes as fallback through text'],
    ['a text in the place of a public key', "process.env.KEY ? crypto.createPublicKey(process.env.KEY) : 'none'", 'environment public KEY or literal public none 4 bytes as fallback'],
  ];
  it.each(several)('%s', (_, key, expected) => {
    expect(keyOf(verify(key))).toBe(expected);
  });

  it('a default of a parameter', () => {
    expect(keyOf("export const check = (token: string, key = 'dev') => jwt.verify(token, key);")).toBe('parameter parameter 1 or literal secret oct dev 3 bytes as fallback');
  });
});

describe('functions that find a key', () => {
  const functions: readonly (readonly [string, string, string])[] = [
    ['that return it', '() => process.env.KEY', 'environment KEY'],
    ['that hand it to their callback', '(header, done) => done(null, process.env.KEY)', 'environment KEY'],
    ['that hand an error to it first', "(header, done) => { if (!header.kid) return done(new Error('kid')); return done(null, process.env.KEY); }", 'environment KEY'],
    ['that have none for some tokens', '(header) => (header.kid ? process.env.KEY : null)', 'environment KEY'],
    ['that may hand out empty text', "(header) => (header.kid ? process.env.KEY : '')", 'environment KEY or empty as fallback'],
    ['that choose one by what they are given', '(isNew) => (isNew ? process.env.NEW_KEY : process.env.OLD_KEY)', 'environment NEW_KEY or environment OLD_KEY'],
    ['that have a fallback', "() => process.env.KEY || 'dev'", 'environment KEY or literal secret oct dev 3 bytes as fallback'],
    ['that give themselves', 'function find() { return find; }', 'unknown'],
    ['that may be none', '(header, done) => done(null, header.kid ? process.env.KEY : undefined)', 'environment KEY'],
    ['that cannot be followed', '() => load()', 'unknown'],
    ['that call something else with two arguments', "(header, done) => { trace(header, 'looking'); load(header.kid, done); }", 'unknown'],
  ];
  it.each(functions)('%s', (_, key, expected) => {
    expect(keyOf(verify(key))).toBe(expected);
  });
});

describe('keys that a library makes', () => {
  const jose = "import { createLocalJWKSet, createRemoteJWKSet, EmbeddedJWK, generateKeyPair, importJWK, importPKCS8, importSPKI, importX509, jwtVerify } from 'jose';\n";
  const made: readonly (readonly [string, string, string])[] = [
    ['a public key', "await importSPKI(process.env.KEY, 'RS256')", 'environment public KEY for RS256'],
    ['a certificate', "await importX509(process.env.KEY, 'ES256')", 'environment public KEY for ES256'],
    ['a private key', "await importPKCS8(process.env.KEY, alg)", 'environment private KEY'],
    ['a JWK', "await importJWK({ kty: 'oct', k: 'c2VjcmV0' }, 'HS256')", 'literal secret oct c2VjcmV0 6 bytes for HS256'],
    ['a set that is fetched', "createRemoteJWKSet(new URL('https://login.example/jwks'))", 'remote-set public'],
    ['a set that is written out', "createLocalJWKSet({ keys: [] })", 'local-set public'],
    ['a key that the token brings along', 'EmbeddedJWK', 'token'],
    ['an import of nothing', 'await importSPKI()', 'unknown public'],
    ['a generated one', "(await generateKeyPair('RS256')).privateKey", 'unknown'],
  ];
  it.each(made)('%s', (_, key, expected) => {
    expect(keyOf(`${jose}export const check = async (token: string) => jwtVerify(token, ${key});`)).toBe(expected);
  });

  it('a key that an import makes of itself', () => {
    expect(keyOf(`${jose}export async function check(tokens: string[]) {\n  let key;\n  for (const token of tokens) {\n    key = await importSPKI(key ?? process.env.KEY, 'RS256');\n    await jwtVerify(token, key);\n  }\n}`)).toBe('unknown public for RS256 or environment public KEY for RS256');
  });

  const older: readonly (readonly [string, string, string])[] = [
    ['a key that is meant to be none', 'JWK.None', 'none'],
    ['a set of keys', 'JWKS.asKeyStore({ keys: [] })', 'local-set public'],
    ['a key object', "JWK.asKey(process.env.KEY)", 'environment KEY'],
  ];
  it.each(older)('%s, before jose 3', (_, key, expected) => {
    expect(keyOf(`import { JWK, JWKS, JWT } from 'jose';\nexport const check = (token: string) => JWT.verify(token, ${key});`)).toBe(expected);
  });

  it('a key that a library of the company imports', () => {
    const settings: Settings = { libraries: [{ name: '@acme/keys', modules: { '@acme/keys': '' }, operations: [{ kind: 'import-key', calls: ['load'], keyKind: 'private', arguments: { algorithm: 0, key: 1 }, settings: { key: [{ at: 'key' }] } }] }] };
    expect(keyOf(`import { load } from '@acme/keys';\n${verify("load('ES256', process.env.KEY)")}`, settings)).toBe('environment private KEY for ES256');
  });

  const fetched = "import jwksClient from 'jwks-rsa';\nconst client = jwksClient({ jwksUri: 'https://login.example/jwks' });\n";
  it.each(['(await client.getSigningKey(kid)).getPublicKey()', '(header, done) => client.getSigningKey(header.kid).then((key) => done(null, key.getPublicKey()))'])('a key of a set that is fetched: %s', (key) => {
    expect(keyOf(`${fetched}export const check = async (token: string, kid: string) => jwt.verify(token, ${key});`)).toBe('remote-set public');
  });
});
