/** Packages as companies write them, each described in settings alone and judged through ESLint and the codemods. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { applyRemedies } from '../../src/apply-remedies.ts';
import plugin from '../../src/index.ts';
import type { InHouseLibrary } from '../../src/policy.ts';
import { codemods } from '../../codemods/index.ts';
import { rules } from '../../rules/index.ts';
import { TestProject } from '../cli/project.ts';

interface Program {
  readonly rule: string;
  readonly bad: string;
  readonly good: string;
  /** What the remedies of the rule make of the bad program is the good one. */
  readonly repairs?: true;
}

const SETTINGS = { policy: { audience: 'api://orders', lifetimes: { access: '15m' }, algorithms: ['RS256'] } } as const;

const unchecked = [{ means: 'unchecked', exploitability: 'depends' }] as const;

/** Verification behind one function, which takes what it expects in an object of its own. */
const verifying: InHouseLibrary = {
  name: '@acme/verify-token', modules: { '@acme/verify-token': '' },
  operations: [{
    kind: 'verify', calls: ['verifyAccessToken'],
    arguments: { token: 0, options: 1 },
    settings: {
      audience: [{ at: 'options.expect.audience', accepts: ['string'], misread: [{ given: 'array', effect: 'ignored', note: 'Only one audience is compared.' }] }],
      issuer: [{ at: 'options.expect.issuer' }],
      clockTolerance: [{ at: 'options.leewaySeconds', time: { number: 'duration-s', text: 'ms' } }],
      ignoreExpiration: [{ at: 'options.checkExpiry', on: 'false' }],
    },
    absent: { audience: unchecked, issuer: [{ means: 'pinned', exploitability: 'hardening', note: 'The login service of Acme.' }] },
    options: {
      known: ['expect', 'leewaySeconds', 'checkExpiry'], unknown: 'ignored',
      misplaced: [{ at: 'audience', belongs: 'expect.audience' }],
      nested: { expect: { known: ['audience', 'issuer'], unknown: 'ignored' } },
    },
    result: { delivers: 'claims', when: 'promise', failure: 'throws' },
  }],
};

/** A class that signs, built up by calls on the same object. */
const signing: InHouseLibrary = {
  name: '@acme/token-signer', modules: { '@acme/token-signer': '' },
  operations: [{
    kind: 'sign', calls: ['TokenSigner#sign'],
    arguments: { payload: 0 },
    settings: {
      key: [{ at: 'new(0)' }], issuer: [{ at: 'new(1).issuer' }], payload: [{ at: 'payload' }],
      audience: [{ at: '.forAudience(0)' }],
      expiration: [{ at: '.lasting(0)', time: { number: 'duration-s', text: 'ms' } }],
    },
    absent: { expiration: [{ means: 'omitted', exploitability: 'exploitable', note: 'The token never expires.' }], audience: [{ means: 'omitted', exploitability: 'depends' }] },
    result: { delivers: 'token', when: 'promise', failure: 'throws' },
  }],
  chains: ['TokenSigner#forAudience', 'TokenSigner#lasting'],
};

/** A factory of middleware, as the module itself. */
const guarding: InHouseLibrary = {
  name: '@acme/require-token', modules: { '@acme/require-token': '', '@acme/require-token/express': '' },
  operations: [{
    kind: 'verify', calls: ['', 'requireToken'], middleware: true,
    arguments: [{ algorithm: 0 }, { options: 0 }],
    tokenFrom: ['header', 'cookie'],
    settings: {
      key: [{ at: 'options.keys', keyFunction: [['request', 'header']] }],
      algorithms: [{ at: 'options.algorithms', shape: 'list' }, { at: 'algorithm', shape: 'single' }],
      optionalAuthentication: [{ at: 'options.anonymous' }],
    },
    absent: { algorithms: [{ means: 'from-token', exploitability: 'exploitable', note: 'The header of the token decides.' }] },
    options: { known: ['keys', 'algorithms', 'anonymous'], unknown: 'refused' },
    result: { delivers: 'function', when: 'sync', failure: 'throws' },
  }],
};

/** Functions that give an error and the claims, and never throw. */
const answering: InHouseLibrary = {
  name: '@acme/safe-jwt', modules: { '@acme/safe-jwt': '' },
  operations: [
    {
      kind: 'verify', calls: ['safe.verify'],
      arguments: { token: 0, key: 1, audience: 2 },
      settings: { key: [{ at: 'key' }], audience: [{ at: 'audience', misread: [{ given: 'undefined', effect: 'ignored' }] }] },
      absent: { audience: unchecked },
      result: { delivers: 'holder', at: '1', when: 'promise', failure: 'null' },
    },
    { kind: 'decode', calls: ['safe.read'], arguments: { token: 0 }, settings: {}, result: { delivers: 'holder', at: '1', when: 'sync', failure: 'null' } },
  ],
};

/** A helper that reads tokens for logs and metrics. */
const reading: InHouseLibrary = {
  name: '@acme/peek', modules: { '@acme/peek': '', '@acme/peek/claims': 'peek' },
  operations: [
    { kind: 'decode', calls: ['peek', 'Peek.claims'], arguments: { token: 0 }, settings: {}, result: { delivers: 'claims', when: 'sync', failure: 'undefined' } },
    { kind: 'decode', calls: ['parts'], arguments: { token: 0 }, settings: {}, result: { delivers: 'holder', at: 'body', when: 'sync', failure: 'throws' } },
  ],
};

const accessToken = "import { verifyAccessToken } from '@acme/verify-token';\n";
const signer = "import { TokenSigner } from '@acme/token-signer';\nexport const issueAccessToken = (user) =>\n  ";
const guard = "import requireToken from '@acme/require-token';\nexport const guard = ";
const safe = "import { safe } from '@acme/safe-jwt';\n";

const PACKAGES: readonly (readonly [string, InHouseLibrary, readonly Program[]])[] = [
  ['a wrapper with an object of options', verifying, [
    { rule: 'require-audience', bad: `${accessToken}export const account = async (token) => (await verifyAccessToken(token)).sub;`, good: `${accessToken}export const account = async (token) => (await verifyAccessToken(token, { expect: { audience: 'api://orders' } })).sub;`, repairs: true },
    { rule: 'no-ignore-expiration', bad: `${accessToken}const options = { expect: { audience: 'api' }, checkExpiry: false };\nexport const account = (token) => verifyAccessToken(token, options);`, good: `${accessToken}const options = { expect: { audience: 'api' } };\nexport const account = (token) => verifyAccessToken(token, options);`, repairs: true },
    { rule: 'no-large-clock-tolerance', bad: `${accessToken}export const account = (token) => verifyAccessToken(token, { leewaySeconds: 24 * 60 * 60 });`, good: `${accessToken}export const account = (token) => verifyAccessToken(token, { leewaySeconds: 300 });`, repairs: true },
    { rule: 'valid-verify-options', bad: `${accessToken}export const account = (token) => verifyAccessToken(token, { audience: 'api' });`, good: `${accessToken}export const account = (token) => verifyAccessToken(token, { expect: { audience: 'api' } });`, repairs: true },
    { rule: 'valid-verify-options', bad: `${accessToken}export const account = (token) => verifyAccessToken(token, { expect: { audiance: 'api' } });`, good: `${accessToken}export const account = (token) => verifyAccessToken(token, { expect: { audience: 'api' } });`, repairs: true },
    { rule: 'valid-verify-options', bad: `${accessToken}export const account = (token) => verifyAccessToken(token, { expect: { audience: ['api', 'admin'] } });`, good: `${accessToken}export const account = (token) => verifyAccessToken(token, { expect: { audience: 'api' } });` },
    { rule: 'no-unawaited-verification', bad: `${accessToken}export function isKnown(token) {\n  if (verifyAccessToken(token)) return true;\n  return false;\n}`, good: `${accessToken}export async function isKnown(token) {\n  if (await verifyAccessToken(token)) return true;\n  return false;\n}` },
    { rule: 'no-ignored-verification-error', bad: `${accessToken}export async function allow(token) {\n  try {\n    await verifyAccessToken(token);\n  } catch (error) {\n    console.warn(error);\n  }\n  return true;\n}`, good: `${accessToken}export async function allow(token) {\n  try {\n    await verifyAccessToken(token);\n  } catch (error) {\n    console.warn(error);\n    return false;\n  }\n  return true;\n}` },
  ]],
  ['a class that signs', signing, [
    { rule: 'require-expiration', bad: `${signer}new TokenSigner(process.env.KEY).forAudience('api').sign({ sub: user.id });`, good: `${signer}new TokenSigner(process.env.KEY).forAudience('api').lasting('15m').sign({ sub: user.id });`, repairs: true },
    { rule: 'no-long-lived-token', bad: `${signer}new TokenSigner(process.env.KEY).lasting('365d').sign({ sub: user.id });`, good: `${signer}new TokenSigner(process.env.KEY).lasting('15m').sign({ sub: user.id });`, repairs: true },
    { rule: 'valid-expiration', bad: `${signer}new TokenSigner(process.env.KEY).lasting(15 * 60 * 1000).sign({ sub: user.id });`, good: `${signer}new TokenSigner(process.env.KEY).lasting(15 * 60).sign({ sub: user.id });`, repairs: true },
    { rule: 'no-hardcoded-secret', bad: `${signer}new TokenSigner('kT9v2mQ8xR4wZ7pL1nB6cF3hJ5sD0gYaVe').sign({ sub: user.id });`, good: `${signer}new TokenSigner(process.env.KEY).sign({ sub: user.id });` },
    { rule: 'no-sensitive-claims', bad: `${signer}new TokenSigner(process.env.KEY).sign({ sub: user.id, passwordHash: user.passwordHash });`, good: `${signer}new TokenSigner(process.env.KEY).sign({ sub: user.id });` },
    { rule: 'require-audience-claim', bad: `import { TokenSigner } from '@acme/token-signer';\nclass Sessions {\n  #signer = new TokenSigner(process.env.KEY);\n  start(user) { return this.#signer.sign({ sub: user.id }); }\n}`, good: `import { TokenSigner } from '@acme/token-signer';\nclass Sessions {\n  #signer = new TokenSigner(process.env.KEY);\n  start(user) { return this.#signer.forAudience('api://orders').sign({ sub: user.id }); }\n}`, repairs: true },
  ]],
  ['a factory of middleware', guarding, [
    { rule: 'no-optional-authentication', bad: `${guard}requireToken({ keys, algorithms: ['RS256'], anonymous: true });`, good: `${guard}requireToken({ keys, algorithms: ['RS256'] });` },
    { rule: 'require-algorithms', bad: `${guard}requireToken({ keys });`, good: `${guard}requireToken({ keys, algorithms: ['RS256'] });`, repairs: true },
    { rule: 'no-none-algorithm', bad: "import { requireToken } from '@acme/require-token/express';\napp.use(requireToken('none'));", good: "import { requireToken } from '@acme/require-token/express';\napp.use(requireToken('RS256'));", repairs: true },
    { rule: 'no-unverified-header-key', bad: `import { readFileSync } from 'node:fs';\n${guard}requireToken({ keys: (req, h) => readFileSync('keys/' + h.kid), algorithms: ['RS256'] });`, good: `${guard}requireToken({ keys: (req, h) => KEYS[h.kid], algorithms: ['RS256'] });` },
    { rule: 'no-fallback-secret', bad: `${guard}requireToken({ keys: process.env.KEY || 'development-only-key-of-the-team', algorithms: ['HS256'] });`, good: `${guard}requireToken({ keys: process.env.KEY, algorithms: ['HS256'] });` },
  ]],
  ['claims in a tuple', answering, [
    { rule: 'require-audience', bad: `${safe}export async function account(token) {\n  const [error, claims] = await safe.verify(token, process.env.KEY);\n  return error ? undefined : claims.sub;\n}`, good: `${safe}export async function account(token) {\n  const [error, claims] = await safe.verify(token, process.env.KEY);\n  if (error || claims.aud !== 'api') return undefined;\n  return claims.sub;\n}` },
    { rule: 'no-undefined-claim-option', bad: `${safe}export const account = (token) => safe.verify(token, process.env.KEY, process.env.JWT_AUDIENCE);`, good: `${safe}export const account = (token) => safe.verify(token, process.env.KEY, 'api');` },
    { rule: 'no-unverified-decode', bad: `${safe}export function isAdmin(token) {\n  const [, claims] = safe.read(token);\n  return claims.role === 'admin';\n}`, good: `${safe}export function isOld(token) {\n  const [, claims] = safe.read(token);\n  return claims.exp * 1000 < Date.now();\n}` },
    { rule: 'no-unverified-decode', bad: `${safe}export const isAdmin = (token) => safe.read(token)[1].role === 'admin';`, good: `${safe}export const isAdmin = async (token) => (await safe.verify(token, process.env.KEY, 'api'))[1].role === 'admin';` },
    { rule: 'no-empty-key', bad: `${safe}export const account = (token) => safe.verify(token, '', 'api');`, good: `${safe}export const account = (token) => safe.verify(token, process.env.KEY, 'api');` },
  ]],
  ['a helper that only reads', reading, [
    { rule: 'no-unverified-decode', bad: "import { peek } from '@acme/peek';\nexport const isAdmin = (req) => peek(req.headers.authorization.slice(7)).role === 'admin';", good: "import { peek } from '@acme/peek';\nexport const log = (req) => console.log('expires', peek(req.headers.authorization.slice(7)).exp);" },
    { rule: 'no-unverified-decode', bad: "import peek from '@acme/peek/claims';\nexport const account = (token) => db.users.findOne({ id: peek(token).sub });", good: "import peek from '@acme/peek/claims';\nexport const isOld = (token) => peek(token).exp < Date.now() / 1000;" },
    { rule: 'no-unverified-decode', bad: "import { parts } from '@acme/peek';\nexport function isAdmin(token) {\n  const { body } = parts(token);\n  return body.role === 'admin';\n}", good: "import { parts } from '@acme/peek';\nexport function isOld(token) {\n  const { body } = parts(token);\n  return body.exp < Date.now() / 1000;\n}" },
    { rule: 'no-unverified-header-key', bad: "import { readFileSync } from 'node:fs';\nimport { parts } from '@acme/peek';\nexport const keyOf = (token) => readFileSync('keys/' + parts(token).header.kid);", good: "import { parts } from '@acme/peek';\nexport const keyOf = (token) => KEYS[parts(token).header.kid];" },
  ]],
];

function reports(code: string, rule: string, own: readonly InHouseLibrary[]): string[] {
  return new Linter().verify(code, [{ plugins: { 'jwt-guard': plugin }, settings: { 'jwt-guard': { libraries: own } }, rules: { [`jwt-guard/${rule}`]: 'error' } }])
    .map(({ ruleId, message }) => ruleId ?? message);
}

describe.each(PACKAGES)('%s', (_, library, programs) => {
  it.each(programs.map((program, index) => [index, program.rule, program] as const))('%i: %s', (_index, rule, { bad, good, repairs }) => {
    expect(reports(bad, rule, [library])).toEqual([`jwt-guard/${rule}`]);
    expect(reports(good, rule, [library])).toEqual([]);
    // Without its descriptor the package is nobody's business.
    expect(reports(bad, rule, [])).toEqual([]);
    if (!repairs) return;
    const all = rules.filter(({ name }) => name === rule).map((one) => ({ rule: one, remedies: Object.keys(one.remedies as object) }));
    expect(applyRemedies(bad, join(tmpdir(), 'jwt-guard-in-house', 'service.js'), all, { ...SETTINGS, libraries: [library] }).output).toBe(good);
  });
});

describe('the command line', () => {
  it('finds and repairs the use of a package that the configuration describes', async () => {
    const project = new TestProject({
      'package.json': '{ "type": "module" }',
      'service.js': `${accessToken}export const account = async (token) => (await verifyAccessToken(token, { expect: { audience: 'api' }, checkExpiry: false })).sub;\n`,
      'eslint.config.js': `export default [{ settings: { 'jwt-guard': { libraries: [${JSON.stringify(verifying)}] } } }];\n`,
    });
    project.commitAll();
    const catalogue = { rules, codemods };
    expect((await project.run(['check'], { catalogue })).out).toMatch(/service\.js[\s\S]*no-ignore-expiration/);
    await project.run(['fix'], { catalogue });
    expect(project.read('service.js')).toBe(`${accessToken}export const account = async (token) => (await verifyAccessToken(token, { expect: { audience: 'api' } })).sub;\n`);
  });
});
