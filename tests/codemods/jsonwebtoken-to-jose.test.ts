import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { jsonwebtokenToJose } from '../../codemods/jsonwebtoken-to-jose.ts';
import { TestProject } from '../cli/project.ts';
import { generateKeys } from '../exploits/keys.ts';
import { now, readClaims, signed, withClaims, withSignature } from '../exploits/tokens.ts';
import { expectBytesKept, expectRefused, exportsOf, migrated } from './migrated-programs.ts';

const SECRET = 'a-secret-of-the-orders-service-of-2024';
const { issuer: pair } = generateKeys();
const claims = { sub: 'alice', iss: 'acme', aud: 'api://orders', jti: 'one', iat: now() - 60, exp: now() + 600 };

type Sign = (claims: object, header?: object) => string;
const withSecret: Sign = (given, header = {}) => signed('HS256', SECRET, given as never, header as never);
const withPair: Sign = (given, header = {}) => signed('RS256', pair.privateKey, given as never, header as never);

/** Tokens that are presented to each program, honest and forged. */
function tokensOf(sign: Sign): Readonly<Record<string, unknown>> {
  const honest = sign(claims);
  return {
    honest,
    'with a key id': sign(claims, { kid: 'first' }),
    'changed claims': withClaims(honest, { ...claims, sub: 'mallory' }),
    'a guessed secret': signed('HS256', 'guessed', claims),
    'the public key as a secret': signed('HS256', pair.spkiPem, claims),
    unsigned: withSignature('', claims, { alg: 'none' }),
    expired: sign({ ...claims, exp: now() - 600 }),
    'just expired': sign({ ...claims, exp: now() - 3 }),
    'not yet valid': sign({ ...claims, nbf: now() + 600 }),
    'of old': sign({ ...claims, iat: now() - 7 * 86_400 }),
    'another audience': sign({ ...claims, aud: 'api://stock' }),
    'another issuer': sign({ ...claims, iss: 'umbrella' }),
    'another subject': sign({ ...claims, sub: 'bob' }),
    'no claims': sign({}),
    garbled: 'x.y.z',
    'no token': undefined,
  };
}

interface Program { readonly check?: (token: unknown) => unknown; readonly issue?: (subject: string) => unknown }

/** What becomes of each token. */
async function verdicts(program: Program, tokens: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [name, token] of Object.entries(tokens)) {
    found[name] = await Promise.resolve().then(() => program.check?.(token)).then((result) => result, () => 'refused');
  }
  return found;
}

/** Header and claims of a token, times relative to its issue. */
function contents(token: unknown): object {
  const [header = ''] = String(token).split('.');
  const { iat, exp, nbf, ...others } = readClaims(String(token)) as { iat?: number; exp?: number; nbf?: number };
  return { header: JSON.parse(Buffer.from(header, 'base64url').toString()) as object, ...others, lifetime: exp === undefined ? undefined : exp - (iat ?? now()), wait: nbf === undefined ? undefined : nbf - (iat ?? now()) };
}

const pem = (text: string) => JSON.stringify(text);

interface Case {
  readonly name: string;
  readonly code: string;
  readonly sign: Sign;
  /** Tokens that are taken, before and after. */
  readonly taken: readonly string[];
}

const ANY_TIME = ['honest', 'with a key id', 'another audience', 'another issuer', 'another subject', 'of old', 'no claims'];

/** Programs that verify (`check`) or issue. */
const cases: readonly Case[] = [
  { name: 'CommonJS, options in the call', sign: withSecret, taken: ['honest', 'with a key id', 'another subject'], code: `const jwt = require('jsonwebtoken');
const SECRET = '${SECRET}';
exports.issue = async (sub) => jwt.sign({ sub, role: 'admin' }, SECRET, { algorithm: 'HS256', expiresIn: '1h', notBefore: '-5s', issuer: 'acme', audience: ['api://orders', 'api://stock'], jwtid: 'one', keyid: 'first' });
exports.check = async (token) => {
  const claims = jwt.verify(token, SECRET, { algorithms: ['HS256'], issuer: ['acme', 'other'], audience: 'api://orders', maxAge: '2d' });
  return claims.sub;
};` },
  { name: 'imports, functions that wait for one another', sign: withSecret, taken: [...ANY_TIME, 'just expired'], code: `import jwt from 'jsonwebtoken';
const key = Buffer.from('${Buffer.from(SECRET).toString('base64')}', 'base64');
function sign(claims, lifetime) {
  return jwt.sign(claims, key, { expiresIn: lifetime });
}
const issueFor = (sub) => {
  const token = sign({ sub }, 60 * 60);
  return { token, kind: 'Bearer' };
};
const read = (token) => jwt.verify(token, key, { clockTolerance: 60, complete: false, ignoreExpiration: false });
export const issue = async (sub) => issueFor(sub).token;
export const check = async (token) => [read(token)].map(({ sub }) => String(sub))[0];` },
  { name: 'named imports, a lifetime of either kind', sign: withSecret, taken: ANY_TIME, code: `import { sign, verify as check_ } from 'jsonwebtoken';
const config = { secret: '${SECRET}', ...JSON.parse('{"lifetime":900}') };
export const issue = (sub) => sign({ sub }, config.secret, { expiresIn: config.lifetime, noTimestamp: false, header: { kid: 'first' } });
export const check = async (token) => { check_(token, config.secret); return 'taken'; };` },
  { name: 'options with a name', sign: withSecret, taken: ['honest', 'with a key id', 'another audience'], code: `const { sign, verify } = require('jsonwebtoken');
const signing = { expiresIn: 900, issuer: 'acme', subject: 'alice' };
const verification = { algorithms: ['HS256'], issuer: 'acme', subject: 'alice', maxAge: 86400 };
exports.issue = async () => sign({ role: 'admin' }, '${SECRET}', signing);
exports.check = async (token) => verify(token, '${SECRET}', verification).sub;` },
  { name: 'a class, and a clock of its own', sign: withSecret, taken: [...ANY_TIME, 'expired', 'just expired'], code: `const jwt = require('jsonwebtoken');
class Tokens {
  read(token) { return jwt.verify(token, this.secret, { algorithms: ['HS256'], clockTimestamp: Math.floor(Date.now() / 1000) - 3600 * 24 }); }
  get secret() { return '${SECRET}'; }
  async subject(token) { return String(this.read(token).sub); }
}
exports.check = (token) => new Tokens().subject(token);` },
  { name: 'a callback that leaves on an error', sign: withSecret, taken: ANY_TIME, code: `const jwt = require('jsonwebtoken');
exports.check = (token) => new Promise((resolve, reject) => {
  jwt.verify(token, '${SECRET}', { algorithms: ['HS256'] }, function (err, claims) {
    if (err) return reject(err);
    const again = renewed({ sub: claims.sub });
    resolve(typeof again === 'string' ? claims.sub ?? 'nobody' : again);
  });
});
const renewed = (claims) => jwt.sign(claims, '${SECRET}');
exports.issue = (sub) => new Promise((resolve, reject) => jwt.sign({ sub }, '${SECRET}', { expiresIn: '15m' }, (err, token) => (err ? reject(err) : resolve(token))));` },
  { name: 'a callback with two branches, and one that does everything in one piece', sign: withSecret, taken: ANY_TIME, code: `const jwt = require('jsonwebtoken');
const two = (token, done) => {
  jwt.verify(token, '${SECRET}', { algorithms: ['HS256'] }, (error) => {
    if (error) {
      done(error);
    } else {
      done(null, 'fine');
    }
  });
};
const one = (token, done) => jwt.verify(token, '${SECRET}', { algorithms: ['HS256'] }, (error, { sub } = {}) => done(error, String(sub)));
const handed = (token, done) => jwt.verify(token, '${SECRET}', { algorithms: ['HS256'] }, done);
const waited = (read, token) => new Promise((resolve, reject) => { read(token, (error, result) => (error ? reject(error) : resolve(result))); });
exports.check = async (token) => [await waited(two, token), await waited(one, token), typeof await waited(handed, token)].join(' ');` },
  { name: 'promisified', sign: withSecret, taken: ANY_TIME, code: `const util = require('util');
const jwt = require('jsonwebtoken');
const verify = util.promisify(jwt.verify);
const sign = util.promisify(jwt.sign);
exports.issue = (sub) => sign({ sub }, '${SECRET}', { expiresIn: '2 days' });
exports.check = async (token) => {
  const { sub } = await verify(token, '${SECRET}', { algorithms: ['HS256'] });
  const whole = await verify(token, '${SECRET}', { algorithms: ['HS256'] }).then((claims) => claims.sub);
  return String(sub) + String((await util.promisify(jwt.verify)(token, '${SECRET}', { algorithms: ['HS256'] })).sub) + String(whole);
};` },
  { name: 'keys in the text of PKCS#8 and SPKI', sign: withPair, taken: ANY_TIME, code: `const jwt = require('jsonwebtoken');
const privateKey = ${pem(pair.privatePem)};
const publicKey = ${pem(pair.spkiPem)};
exports.issue = async (sub) => jwt.sign({ sub }, privateKey, { algorithm: 'RS256', expiresIn: '10m' });
exports.check = async (token) => jwt.verify(token, publicKey, { algorithms: ['RS256'] }).sub ?? 'nobody';` },
  { name: 'a public key in another form, several algorithms', sign: withPair, taken: ANY_TIME, code: `const jwt = require('jsonwebtoken');
const publicKey = ${pem(pair.pkcs1Pem)};
exports.check = async (token) => jwt.verify(token, publicKey, { algorithms: ['RS256', 'RS512'] }).sub ?? 'nobody';` },
  { name: 'a certificate, no algorithms', sign: withPair, taken: ANY_TIME, code: `const jwt = require('jsonwebtoken');
const certificate = ${pem(pair.certificatePem)};
exports.check = async (token) => jwt.verify(token, certificate, { algorithms: ['RS256'] }).sub ?? 'nobody';` },
  { name: 'keys that are objects already', sign: withPair, taken: ANY_TIME, code: `const { createPrivateKey, createPublicKey } = require('node:crypto');
const jwt = require('jsonwebtoken');
const privateKey = createPrivateKey(${pem(pair.privatePem)});
const publicKey = createPublicKey(${pem(pair.spkiPem)});
exports.issue = async (sub) => jwt.sign({ sub }, privateKey, { algorithm: 'PS256' });
exports.check = async (token) => jwt.verify(token, publicKey, { algorithms: ['RS256'] }).sub ?? 'nobody';` },
  { name: 'a function that finds the key', sign: withPair, taken: ['with a key id'], code: `const jwt = require('jsonwebtoken');
const keys = { first: ${pem(pair.spkiPem)} };
const fetchKey = (kid, answer) => setTimeout(() => answer(keys[kid] ? null : new Error('unknown key'), keys[kid]), 1);
function getKey(header, callback) {
  fetchKey(header.kid, (err, key) => {
    if (err) return callback(err);
    callback(null, key);
  });
}
const known = (header, callback) => callback(null, keys[header.kid]);
exports.check = (token) => new Promise((resolve, reject) => {
  jwt.verify(token, getKey, { algorithms: ['RS256'] }, (err, claims) => {
    if (err) reject(err);
    else jwt.verify(token, known, { algorithms: ['RS256'] }, (again) => { again ? reject(again) : resolve(claims.sub); });
  });
});` },
  { name: 'errors told apart', sign: withSecret, taken: Object.keys(tokensOf(withSecret)), code: `const jwt = require('jsonwebtoken');
exports.check = async (token) => {
  try {
    return jwt.verify(token, '${SECRET}', { algorithms: ['HS256'] }).sub;
  } catch (error) {
    const kinds = [error instanceof jwt.TokenExpiredError, error instanceof jwt.NotBeforeError, error instanceof jwt.JsonWebTokenError, error.name === 'TokenExpiredError', error.name !== 'TokenExpiredError', error.name === 'NotBeforeError', error.name !== 'NotBeforeError'];
    if (error.name === 'JsonWebTokenError' && error.name !== 'NotBeforeError') return 'bad';
    if (error && error.name !== 'JsonWebTokenError' && !(error instanceof jwt.JsonWebTokenError)) throw error;
    return kinds.join();
  }
};` },
  { name: 'values that say how they are written', sign: withSecret, taken: ['no token'], code: `const jwt = require('jsonwebtoken');
class ObjectId { constructor(id) { this.id = id; } toJSON() { return this.id; } }
const user = { _id: new ObjectId('507f1f77bcf86cd799439011'), since: new Date(0) };
exports.issue = async (sub) => jwt.sign({ sub, id: user._id, since: user.since, nothing: undefined }, '${SECRET}', { expiresIn: '1d' });
exports.check = () => 'taken';` },
  { name: 'claims that are only read', sign: withSecret, taken: [...ANY_TIME, 'expired', 'just expired', 'not yet valid', 'changed claims', 'a guessed secret', 'the public key as a secret', 'unsigned'], code: `const jwt = require('jsonwebtoken');
const subjectOf = (token) => { try { const claims = jwt.decode(token); return claims.sub ?? 'nobody'; } catch { return undefined; } };
exports.check = (token) => { const { iss } = jwt.decode(token); return subjectOf(token) ?? iss; };` },
];

describe('a program takes and refuses with jose what it did with jsonwebtoken', () => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', async (_, { code, sign, taken }) => {
    const { output, left } = migrated(jsonwebtokenToJose, code);
    expect(left).toEqual([]);
    expect(output).not.toContain('jsonwebtoken');
    expectBytesKept(jsonwebtokenToJose, code);
    const tokens = tokensOf(sign);
    const before = exportsOf(code, { jsonwebtoken: 'jsonwebtoken-9' }) as Program;
    const after = exportsOf(output, { jose: 'jose-6' }) as Program;
    const found = await verdicts(after, tokens);
    if (before.check) {
      expect(found).toEqual(await verdicts(before, tokens));
      if (taken.length < Object.keys(tokens).length && !taken.includes('no token')) expect(Object.keys(found).filter((name) => found[name] !== 'refused').sort()).toEqual([...taken].sort());
    }
    if (before.issue && after.issue) {
      const [old, issued] = [await before.issue('alice'), await after.issue('alice')];
      expect(contents(issued)).toEqual(contents(old));
      if (before.check) expect(await verdicts(after, { old, issued })).toEqual(await verdicts(before, { old, issued }));
    }
  });
});

describe('a service answers as before', () => {
  const SERVICE = `const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();
function authenticate(req, res, next) {
  const header = req.headers.authorization;
  if (!header) return res.status(401).json({ error: 'no token' });
  const token = header.split(' ')[1];
  try {
    req.user = jwt.verify(token, '${SECRET}', { algorithms: ['HS256'], audience: 'api://orders' });
    next();
  } catch (err) {
    if (err.name === 'TokenExpiredError') return res.status(401).json({ error: 'expired' });
    res.status(403).json({ error: 'refused' });
  }
}
const byCallback = (req, res, next) => {
  jwt.verify((req.headers.authorization || '').slice(7), '${SECRET}', { algorithms: ['HS256'] }, (err, user) => {
    if (err) return res.sendStatus(403);
    if (user.sub === 'bob') throw new Error('never bob');
    req.user = user;
    next();
  });
};
app.get('/me', authenticate, (req, res) => { res.json(req.user.sub); });
app.get('/you', byCallback, (req, res) => { res.json(req.user.sub); });
app.use((error, req, res, next) => { res.status(500).json(error.message); });
exports.app = app;
`;

  async function answers(code: string): Promise<string[]> {
    const { app } = exportsOf(code, { jsonwebtoken: 'jsonwebtoken-9', jose: 'jose-6' }) as { app: Parameters<typeof createServer>[1] };
    const server = createServer(app!);
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const found: string[] = [];
    for (const path of ['/me', '/you']) {
      for (const [name, token] of Object.entries(tokensOf(withSecret))) {
        const response = await fetch(`http://localhost:${(server.address() as AddressInfo).port}${path}`, { headers: typeof token === 'string' ? { authorization: `Bearer ${token}` } : {} });
        found.push(`${path} ${name}: ${response.status} ${await response.text()}`);
      }
    }
    await new Promise((resolve) => server.close(resolve));
    return found;
  }

  it('through middleware with try and catch, and with a callback', async () => {
    const { output, left } = migrated(jsonwebtokenToJose, SERVICE);
    expect(left).toEqual([]);
    const found = await answers(output);
    expect(found).toEqual(await answers(SERVICE));
    expect(found).toEqual(expect.arrayContaining(['/me honest: 200 "alice"', '/me expired: 401 {"error":"expired"}', '/me changed claims: 403 {"error":"refused"}', '/me no token: 401 {"error":"no token"}', '/you unsigned: 403 Forbidden', '/you another subject: 500 "never bob"']));
  });
});

describe('what is written', () => {
  const rewritten: readonly (readonly [string, string, string])[] = [
    ['names that are taken already', `const jwt = require("jsonwebtoken");
const errors = [];
exports.read = async function (token) {
  try { return jwt.verify(token, process.env.JWT_SECRET, { algorithms: ["HS256"] }); } catch (error) { if (error instanceof jwt.TokenExpiredError) errors.push(error); }
};
`, `const { jwtVerify, errors: joseErrors } = require("jose");
const errors = [];
exports.read = async function (token) {
  try { return (await jwtVerify(token, new TextEncoder().encode(process.env.JWT_SECRET), { algorithms: ["HS256"] })).payload; } catch (error) { if (error instanceof joseErrors.JWTExpired) errors.push(error); }
};
`],
    ['a family that the policy names, a key that may be text or bytes', `import { verify } from 'jsonwebtoken'
export const read = async (token, key) => verify(token, key, { algorithms: ['HS256', 'HS384'] })
`, `import { jwtVerify } from 'jose'
export const read = async (token, key) => (await jwtVerify(token, Buffer.from(key), { algorithms: ['HS256', 'HS384'] })).payload
`],
    ['methods of the same names, comments, a package that is taken apart later', `import pkg from 'jsonwebtoken';
const { sign, verify } = pkg;
class Tokens {
  sign(sub) {
    return sign({ sub }, process.env.JWT_SECRET, {
      expiresIn: '1h', // not long
      /* us */
      issuer: 'acme',
    });
  }
  verify(token, done) {
    verify(token, process.env.JWT_SECRET, { algorithms: ['HS256'] }, (err, claims) => {
      if (err) return done(err); // refused
      // known
      done(null, claims);
    });
  }
}
export const issue = async (tokens) => tokens.sign('alice');
`, `import { SignJWT, jwtVerify } from 'jose';
class Tokens {
  async sign(sub) {
    return await new SignJWT({ sub })
      // not long
      /* us */
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuedAt()
      .setExpirationTime('1h')
      .setIssuer('acme')
      .sign(new TextEncoder().encode(process.env.JWT_SECRET));
  }
  verify(token, done) {
    jwtVerify(token, new TextEncoder().encode(process.env.JWT_SECRET), { algorithms: ['HS256'] }).then(({ payload: claims }) => {
      // refused
      // known
      done(null, claims);
    }, (err) => done(err));
  }
}
export const issue = async (tokens) => await tokens.sign('alice');
`],
    ['a lifetime of the environment', `import jwt from 'jsonwebtoken';
export const issue = async (sub) => jwt.sign({ sub }, process.env.JWT_SECRET, { expiresIn: process.env.JWT_LIFETIME ?? '1h' });
`, `import { SignJWT } from 'jose';
export const issue = async (sub) => await new SignJWT({ sub })
  .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
  .setIssuedAt()
  .setExpirationTime(process.env.JWT_LIFETIME ?? '1h')
  .sign(new TextEncoder().encode(process.env.JWT_SECRET));
`],
    ['one declaration with other things', `var express = require('express'), jwt = require('jsonwebtoken');
exports.read = async function (token) { return jwt.verify(token, 'secret'); };
`, `var express = require('express'), { jwtVerify } = require('jose');
exports.read = async function (token) { return (await jwtVerify(token, new TextEncoder().encode('secret'))).payload; };
`],
    ['functions that load the package for themselves', `async function issue(sub) {
  const jwt = require('jsonwebtoken');
  return jwt.sign({ sub }, 'secret', { expiresIn: '1h' });
}
async function read(token) {
  const jwt = require('jsonwebtoken');
  const payload = jwt.verify(token, 'secret');
  return payload.sub;
}
`, `async function issue(sub) {
  const { SignJWT, jwtVerify } = require('jose');
  return await new SignJWT({ sub })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode('secret'));
}
async function read(token) {
  const { SignJWT, jwtVerify } = require('jose');
  const { payload } = await jwtVerify(token, new TextEncoder().encode('secret'));
  return payload.sub;
}
`],
    ['a function of a module, with comments', `import jwt from 'jsonwebtoken';

// Tokens of this service.
class Tokens {
\tissue(user) { // one for each
\t\treturn jwt.sign({ sub: user.id /* the subject */ }, process.env.JWT_SECRET, { expiresIn: '15m' });
\t}
}
export const login = async (tokens, user) => ({ token: tokens.issue(user) });
`, `import { SignJWT } from 'jose';

// Tokens of this service.
class Tokens {
\tasync issue(user) { // one for each
\t\treturn await new SignJWT({ sub: user.id /* the subject */ })
\t\t\t.setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
\t\t\t.setIssuedAt()
\t\t\t.setExpirationTime('15m')
\t\t\t.sign(new TextEncoder().encode(process.env.JWT_SECRET));
\t}
}
export const login = async (tokens, user) => ({ token: await tokens.issue(user) });
`],
  ];
  it.each(rewritten)('%s', (_, before, after) => {
    expect(migrated(jsonwebtokenToJose, before)).toEqual({ output: after, left: [] });
    expectBytesKept(jsonwebtokenToJose, before);
  });
});

describe('with other files', () => {
  const TOKENS = "const jwt = require('jsonwebtoken');\nexports.issue = (sub) => jwt.sign({ sub }, process.env.JWT_SECRET, { expiresIn: '1h' });\n";
  const READ = "const jwt = require('jsonwebtoken');\nexports.read = async (token) => jwt.verify(token, process.env.JWT_SECRET);\n";

  it('a function that another file calls without waiting is left', async () => {
    const project = new TestProject({ 'package.json': '{}', 'tokens.js': TOKENS, 'login.js': "const { issue } = require('./tokens');\nexports.login = (user) => ({ token: issue(user.id) });\n" });
    const { code, out, err } = await project.run(['fix', '--no-config', '--only', 'jsonwebtoken-to-jose'], { catalogue: { rules: [], codemods: [jsonwebtokenToJose] } });
    expect(err).toBe('');
    expect(code).toBe(1);
    expect(out).toContain('tokens.js:2:17  jsonwebtoken-to-jose\n  `issue` would give a promise, and login.js uses it without waiting. The file is left as it is.\n');
    expect(project.read('tokens.js')).toBe(TOKENS);
  });

  it('one that none calls is carried over', async () => {
    const project = new TestProject({ 'package.json': '{}', 'tokens.js': TOKENS, 'other.js': "exports.issue = () => 'a magazine';\n" });
    const { code, err } = await project.run(['fix', '--no-config', '--only', 'jsonwebtoken-to-jose'], { catalogue: { rules: [], codemods: [jsonwebtokenToJose] } });
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(project.read('tokens.js')).toContain('exports.issue = async (sub) => await new SignJWT({ sub })');
  });

  it('a method is looked for by its name in files that do not import it', () => {
    const source = "const jwt = require('jsonwebtoken');\nschema.methods.createToken = function () { return jwt.sign({ sub: this.id }, process.env.JWT_SECRET, { expiresIn: '1h' }); };\n";
    const project = new TestProject({ 'package.json': '{}', 'user.js': source, 'login.js': 'exports.login = (user) => user.createToken();\n' });
    expectRefused(jsonwebtokenToJose, source, [/^`createToken` would give a promise, and login\.js calls it/], `${project.root}/user.js`);
  });

  it('errors that another file tells apart by name keep the file back', () => {
    const project = new TestProject({ 'package.json': '{}', 'read.js': READ, 'tokens.js': TOKENS, 'errors.js': "exports.handle = (error, req, res, next) => (error.name === 'TokenExpiredError' ? res.sendStatus(401) : next(error));\n" });
    expectRefused(jsonwebtokenToJose, READ, [/^errors\.js tells the errors of jsonwebtoken apart/], `${project.root}/read.js`);
  });

  it('what another file signs with the same key proves what the key is', () => {
    const project = new TestProject({ 'package.json': '{}', 'read.js': READ, 'tokens.js': TOKENS });
    expect(migrated(jsonwebtokenToJose, READ, `${project.root}/read.js`).output).toContain('jwtVerify(token, new TextEncoder().encode(process.env.JWT_SECRET))');
    expectRefused(jsonwebtokenToJose, READ, [/^Nothing proves whether the key is a secret/]);
    expect(migrated(jsonwebtokenToJose, READ, '/migrated/read.js', { policy: { algorithms: ['ES256'] } }).output).toContain('jwtVerify(token, createPublicKey(process.env.JWT_SECRET))');
  });
});

describe('a file is refused whole', () => {
  const reading = (options: string, more = '') => `const jwt = require('jsonwebtoken');\nexports.read = async (token, given) => jwt.verify(token, process.env.JWT_SECRET, ${options});\n${more}`;
  const signing = (payload: string, options: string) => `const jwt = require('jsonwebtoken');\nexports.issue = async (payload, given) => jwt.sign(${payload}, process.env.JWT_SECRET, ${options});\n`;
  const refused: readonly (readonly [string, string, RegExp[]])[] = [
    ['checks that are off', reading("{ algorithms: ['HS256'], ignoreExpiration: true }"), [/nothing for the option `ignoreExpiration`/]],
    ['the whole token', reading("{ algorithms: ['HS256'], complete: true }"), [/nothing for the option `complete`/]],
    ['a check of the token id', reading("{ algorithms: ['HS256'], jwtid: 'one' }"), [/nothing for the option `jwtid`/]],
    ['an audience by pattern', reading("{ algorithms: ['HS256'], audience: /orders$/ }"), [/not with a regular expression/]],
    ['an age in another unit', reading("{ algorithms: ['HS256'], maxAge: '3600' }"), [/`maxAge` is a length of time that jose reads in another way/]],
    ['options of a caller', reading('given'), [/^The options of `jwt\.verify` cannot be seen whole/]],
    ['unsigned tokens', reading("{ algorithms: ['HS256', 'none'] }"), [/neither issues nor takes unsigned tokens/]],
    ['both families', reading("{ algorithms: ['HS256', 'RS256'] }"), [/^Nothing proves whether the key is a secret/]],
    ['text to sign', signing("'alice'", '{}'), [/^Nothing proves that the payload is an object/]],
    ['a payload of a caller', signing('payload', '{}'), [/^Nothing proves that the payload is an object/]],
    ['a time of issue', signing('{ iat: 1 }', "{ expiresIn: '1h' }"), [/^The claims name `iat`/]],
    ['milliseconds', signing('{}', "{ expiresIn: '3600' }"), [/^`expiresIn` is a length of time that jose reads in another way/]],
    ['a lifetime that is worked out', signing('{}', '{ expiresIn: lifetimeOf(payload) }'), [/^`expiresIn` is a length of time/]],
    ['a changed payload', signing('{}', '{ mutatePayload: true }'), [/nothing for the option `mutatePayload`/]],
    ['claims of what may be no token', "const jwt = require('jsonwebtoken');\nexports.read = (token) => jwt.decode(token);\n", [/gives null for what is no token/]],
    ['the header', "const jwt = require('jsonwebtoken');\nexports.kid = (token) => jwt.decode(token, { complete: true }).header.kid;\n", [/gives more than the claims/]],
    ['a mock', "const jwt = require('jsonwebtoken');\njest.mock('jsonwebtoken');\n", [/loaded, replaced or handed on here/]],
    ['a function that is handed on', "const jwt = require('jsonwebtoken');\nexports.readers = [jwt.verify];\n", [/^`jwt\.verify` is used in a way/]],
    ['CommonJS that would have to wait', "const jwt = require('jsonwebtoken');\nconst token = jwt.sign({}, 'secret', { expiresIn: '1h' });\n", [/^The file is CommonJS/]],
    ['a constructor', "const jwt = require('jsonwebtoken');\nclass Session { constructor() { this.token = jwt.sign({}, 'secret', { expiresIn: '1h' }); } }\n", [/^A constructor or accessor cannot wait/]],
    ['a callback of a loop', "const jwt = require('jsonwebtoken');\nexports.all = async (users) => users.map((user) => jwt.sign({ sub: user.id }, 'secret', { expiresIn: '1h' }));\n", [/it is not seen whether whoever calls it waits/]],
    ['a handler whose errors would be lost', "const jwt = require('jsonwebtoken');\napp.get('/me', (req, res) => { res.json(jwt.verify(req.query.token, 'secret')); });\n", [/would no longer reach the framework/]],
    ['a handler that may fail before it tries', "const jwt = require('jsonwebtoken');\napp.use((req, res, next) => { const token = req.headers.authorization.split(' ')[1]; try { req.user = jwt.verify(token, 'secret'); next(); } catch { res.sendStatus(401); } });\n", [/would no longer reach the framework/]],
    ['something behind a callback that counts on it', "const jwt = require('jsonwebtoken');\nexports.read = (token) => { let claims; jwt.verify(token, 'secret', (error, found) => { claims = found; }); return claims; };\n", [/would run before its callback does/]],
    ['errors by their messages', reading("{ algorithms: ['HS256'] }", "exports.isOld = (error) => error.message === 'jwt expired';\n"), [/by the text of their messages/]],
    ['errors by a list of names', reading("{ algorithms: ['HS256'] }", "exports.isOurs = (error) => ['JsonWebTokenError'].includes(error.name);\n"), [/by the name `JsonWebTokenError` in a way/]],
    ['an error of its own', reading("{ algorithms: ['HS256'] }", "exports.refuse = () => { throw new jwt.JsonWebTokenError('no'); };\n"), [/`JsonWebTokenError` is used for more than `instanceof`/]],
  ];
  it.each(refused)('%s', (_, source, reasons) => {
    expectRefused(jsonwebtokenToJose, source, reasons);
  });

  it('but one that does not load jsonwebtoken has nothing to it', () => {
    const source = "import { jwtVerify } from 'jose';\nexport const read = async (token, key) => (await jwtVerify(token, key)).payload;\n";
    expect(migrated(jsonwebtokenToJose, source)).toEqual({ output: source, left: [] });
  });
});
