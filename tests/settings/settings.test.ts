import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Linter } from 'eslint';
import { describe, expect, it, onTestFinished } from 'vitest';
import { versionOf } from '../../src/analysis/versions.ts';
import { libraries } from '../../src/libraries/index.ts';
import plugin, { librarySchema, policySchema, settingsSchema } from '../../src/index.ts';
import { settingsFrom } from '../../src/codemod.ts';
import { readSettings, type Policy } from '../../src/policy.ts';
import { problemOfSettings } from '../../src/validate-settings.ts';
import { TestProject } from '../cli/project.ts';

const operation = { kind: 'verify', calls: ['check'], arguments: { token: 0, options: 1 }, settings: { audience: [{ at: 'options.audience' }] } };
const library = { name: '@acme/tokens', modules: { '@acme/tokens': '' }, operations: [operation] };

const BAD: readonly (readonly [string, unknown, string])[] = [
  ['settings that are no object', [], `settings['jwt-guard']: [] is not an object`],
  ['an unknown key', { polcy: {} }, `settings['jwt-guard'].polcy is not known (did you mean policy?)`],
  ['an unknown key that is like none', { xyz: 1 }, `settings['jwt-guard'].xyz is not known (known are policy, libraries, versions, followImports)`],
  ['a lifetime', { policy: { lifetimes: { access: '5 moons' } } }, `settings['jwt-guard'].policy.lifetimes.access: "5 moons" is not a lifetime such as 15m, 12h or 30d`],
  ['a lifetime without a unit', { policy: { lifetimes: { refresh: '900' } } }, `settings['jwt-guard'].policy.lifetimes.refresh: "900" is not a lifetime such as 15m, 12h or 30d`],
  ['a lifetime of nothing', { policy: { maxAge: '0h' } }, `settings['jwt-guard'].policy.maxAge: "0h" is not a lifetime such as 15m, 12h or 30d`],
  ['a number for a lifetime', { policy: { maxAge: 900 } }, `settings['jwt-guard'].policy.maxAge: 900 is not a lifetime such as 15m, 12h or 30d`],
  ['a kind of token', { policy: { lifetimes: { acces: '5m' } } }, `settings['jwt-guard'].policy.lifetimes.acces is not known (did you mean access?)`],
  ['an algorithm', { policy: { algorithms: ['RS256', 'ES265'] } }, `settings['jwt-guard'].policy.algorithms[1]: "ES265" is not a signature algorithm such as RS256 (did you mean ES256?)`],
  ['no algorithm at all', { policy: { algorithms: [] } }, `settings['jwt-guard'].policy.algorithms is empty`],
  ['none', { policy: { algorithms: ['none'] } }, `settings['jwt-guard'].policy.algorithms[0]: "none" is not a signature algorithm such as RS256`],
  ['an audience', { policy: { audience: 5 } }, `settings['jwt-guard'].policy.audience: 5 is not text, { environment: NAME } or a list of these`],
  ['an empty audience', { policy: { audience: '' } }, `settings['jwt-guard'].policy.audience: "" is not text, { environment: NAME } or a list of these`],
  ['an audience in a list', { policy: { audience: ['a', null] } }, `settings['jwt-guard'].policy.audience[1]: null is not text or { environment: NAME }`],
  ['an environment variable', { policy: { issuer: { environment: 'JWT ISSUER' } } }, `settings['jwt-guard'].policy.issuer.environment: "JWT ISSUER" is not the name of an environment variable`],
  ['the word for an environment variable', { policy: { issuer: { env: 'ISSUER' } } }, `settings['jwt-guard'].policy.issuer.env is not known (did you mean environment?)`],
  ['a missing environment variable', { policy: { keyId: {} } }, `settings['jwt-guard'].policy.keyId.environment is missing; it is the name of an environment variable`],
  ['a URL', { policy: { jwksUrl: '/jwks' } }, `settings['jwt-guard'].policy.jwksUrl: "/jwks" is not a URL`],
  ['a tolerance', { policy: { clockTolerance: -5 } }, `settings['jwt-guard'].policy.clockTolerance: -5 is not a number of seconds`],
  ['a tolerance as text', { policy: { clockTolerance: '5s' } }, `settings['jwt-guard'].policy.clockTolerance: "5s" is not a number of seconds`],
  ['a host that is a URL', { policy: { forwardTo: ['https://api.example'] } }, `settings['jwt-guard'].policy.forwardTo[0]: "https://api.example" is not a host such as api.example.com`],
  ['a choice', { policy: { sharedSecrets: 'alowed' } }, `settings['jwt-guard'].policy.sharedSecrets: "alowed" is not allowed or forbidden (did you mean allowed?)`],
  ['a version', { versions: { jsonwebtoken: 'nine' } }, `settings['jwt-guard'].versions.jsonwebtoken: "nine" is not a version or a range such as 9.0.2`],
  ['a misspelt library', { versions: { jsonwebtokn: '9' } }, `settings['jwt-guard'].versions.jsonwebtokn is not a library that is known here (did you mean jsonwebtoken?)`],
  ['a misspelt scoped library', { versions: { '@nest/jwt': '11' } }, `settings['jwt-guard'].versions['@nest/jwt'] is not a library that is known here (did you mean @nestjs/jwt?)`],
  ['a switch', { followImports: 'no' }, `settings['jwt-guard'].followImports: "no" is not true or false`],
  ['libraries that are no list', { libraries: { tokens: 1 } }, `settings['jwt-guard'].libraries: {"tokens":1} is not a list of descriptors`],
  ['a library without modules', { libraries: [{ name: 'a', operations: [operation] }] }, `settings['jwt-guard'].libraries[0].modules is missing; it is an object of specifiers such as { '@acme/tokens': '' }`],
  ['a library with a built-in name', { libraries: [{ ...library, name: 'jose' }] }, `settings['jwt-guard'].libraries[0].name: "jose" is the name of a library that is built in; choose another`],
  ['a library twice', { libraries: [library, library] }, `settings['jwt-guard'].libraries[1].name: "@acme/tokens" is described twice`],
  ['a kind of operation', { libraries: [{ ...library, operations: [{ ...operation, kind: 'verfy' }] }] }, `settings['jwt-guard'].libraries[0].operations[0].kind: "verfy" is not a kind of operation such as sign or verify (did you mean verify?)`],
  ['a call path', { libraries: [{ ...library, operations: [{ ...operation, calls: ['check', 'a..b'] }] }] }, `settings['jwt-guard'].libraries[0].operations[0].calls[1]: "a..b" is not a call such as verify, JwtService#verify, createVerifier()() or new Strategy`],
  ['no calls', { libraries: [{ ...library, operations: [{ ...operation, calls: [] }] }] }, `settings['jwt-guard'].libraries[0].operations[0].calls is empty`],
  ['a role', { libraries: [{ ...library, operations: [{ ...operation, arguments: { tokn: 0 } }] }] }, `settings['jwt-guard'].libraries[0].operations[0].arguments.tokn is not known (did you mean token?)`],
  ['the index of an argument', { libraries: [{ ...library, operations: [{ ...operation, arguments: [{ token: 0 }, { token: -1 }] }] }] }, `settings['jwt-guard'].libraries[0].operations[0].arguments[1].token: -1 is not the index of an argument or 'last'`],
  ['the name of a setting', { libraries: [{ ...library, operations: [{ ...operation, settings: { audiance: [] } }] }] }, `settings['jwt-guard'].libraries[0].operations[0].settings.audiance is not known (did you mean audience?)`],
  ['a place', { libraries: [{ ...library, operations: [{ ...operation, settings: { audience: [{ at: 'opts.audience' }] } }] }] }, `settings['jwt-guard'].libraries[0].operations[0].settings.audience[0].at: "opts.audience" is not a place such as options.audience, payload.exp, .setAudience(0), new(0).issuer or configuration.secret`],
  ['a place in an argument that is not there', { libraries: [{ ...library, operations: [{ ...operation, settings: { audience: [{ at: 'payload.aud' }] } }] }] }, `settings['jwt-guard'].libraries[0].operations[0].settings.audience[0].at: "payload.aud" is in an argument that the calls do not have; they have token, options`],
  ['a place in a configuration that is not there', { libraries: [{ ...library, operations: [{ ...operation, settings: { key: [{ at: 'configuration.secret' }] } }] }] }, `settings['jwt-guard'].libraries[0].operations[0].settings.key[0].at: "configuration.secret" needs an operation of the kind configure, and there is none`],
  ['a library by its name', { libraries: ['@acme/tokens'] }, `settings['jwt-guard'].libraries[0]: "@acme/tokens" is not a descriptor with a name, modules and operations`],
  ['modules as a list', { libraries: [{ ...library, modules: ['@acme/tokens'] }] }, `settings['jwt-guard'].libraries[0].modules: ["@acme/tokens"] is not an object of specifiers such as { '@acme/tokens': '' }`],
  ['no modules', { libraries: [{ ...library, modules: {} }] }, `settings['jwt-guard'].libraries[0].modules is empty`],
  ['no operations', { libraries: [{ ...library, operations: [] }] }, `settings['jwt-guard'].libraries[0].operations is empty`],
  ['one call that is no list', { libraries: [{ ...library, operations: [{ ...operation, calls: 'check' }] }] }, `settings['jwt-guard'].libraries[0].operations[0].calls: "check" is not a list of calls such as ['verify']`],
  ['arguments by their names', { libraries: [{ ...library, operations: [{ ...operation, arguments: ['token', 'options'] }] }] }, `settings['jwt-guard'].libraries[0].operations[0].arguments[0]: "token" is not the places of arguments such as { token: 0, options: 1 }`],
  ['a claim for a setting', { libraries: [{ ...library, operations: [{ ...operation, settings: { aud: [{ at: 'options.audience' }] } }] }] }, `settings['jwt-guard'].libraries[0].operations[0].settings.aud is not known (did you mean audience?)`],
  ['a place as text', { libraries: [{ ...library, operations: [{ ...operation, settings: { audience: ['options.audience'] } }] }] }, `settings['jwt-guard'].libraries[0].operations[0].settings.audience[0]: "options.audience" is not a place such as { at: 'options.audience' }`],
  ['a meaning without its weight', { libraries: [{ ...library, operations: [{ ...operation, absent: { audience: [{ means: 'unchecked' }] } }] }] }, `settings['jwt-guard'].libraries[0].operations[0].absent.audience[0].exploitability is missing; it is exploitable, depends or hardening`],
  ['a result as text', { libraries: [{ ...library, operations: [{ ...operation, result: 'claims' }] }] }, `settings['jwt-guard'].libraries[0].operations[0].result: "claims" is not a result such as { delivers: 'claims', when: 'promise', failure: 'throws' }`],
  ['options as a list', { libraries: [{ ...library, operations: [{ ...operation, options: ['audience'] }] }] }, `settings['jwt-guard'].libraries[0].operations[0].options: ["audience"] is not the names that the options read, such as { known: ['audience'], unknown: 'ignored' }`],
  ['an option that is read and not listed', { libraries: [{ ...library, operations: [{ ...operation, options: { known: ['issuer'], unknown: 'ignored' } }] }] }, `settings['jwt-guard'].libraries[0].operations[0].options.known does not list audience, which settings.audience[0] reads`],
  ['a nested option that is read and not listed', { libraries: [{ ...library, operations: [{ ...operation, settings: { audience: [{ at: 'options.expect.audience' }] }, options: { known: ['expect'], unknown: 'ignored', nested: { expect: { known: [], unknown: 'ignored' } } } }] }] }, `settings['jwt-guard'].libraries[0].operations[0].options.nested.expect.known does not list audience, which settings.audience[0] reads`],
  ['parameters of a key function', { libraries: [{ ...library, operations: [{ ...operation, settings: { key: [{ at: 'options.key', keyFunction: ['header', 'callback'] }] } }] }] }, `settings['jwt-guard'].libraries[0].operations[0].settings.key[0].keyFunction[0]: "header" is not a list of parameters such as ['header', 'callback']`],
  ['a reading of time as a word', { libraries: [{ ...library, operations: [{ ...operation, settings: { maxAge: [{ at: 'options.maxAge', time: 'seconds' }] } }] }] }, `settings['jwt-guard'].libraries[0].operations[0].settings.maxAge[0].time: "seconds" is not a reading of time such as { number: 'duration-s' }`],
  ['a reading of time', { libraries: [{ ...library, operations: [{ ...operation, settings: { maxAge: [{ at: 'options.maxAge', time: { number: 'seconds' } }] } }] }] }, `settings['jwt-guard'].libraries[0].operations[0].settings.maxAge[0].time.number: "seconds" is not a reading of numbers such as duration-s`],
];

const GOOD: readonly unknown[] = [
  {},
  { policy: undefined, libraries: undefined },
  {
    policy: {
      audience: ['api://orders', { environment: 'STOCK_AUDIENCE' }], issuer: { environment: 'JWT_ISSUER' }, algorithms: ['RS256', 'EdDSA'], jwksUrl: 'https://login.example/jwks',
      lifetimes: { access: '15m', refresh: '30 days', oneTime: '1.5h' }, maxAge: '12h', clockTolerance: 0, requiredClaims: ['sub'], tokenType: 'at+jwt', keyId: 'k1',
      environment: { secret: 'AUTH_SECRET' }, services: ['orders.internal'], forwardTo: ['stock.internal:8443'], httpsHosts: ['login.example'], sharedSecrets: 'forbidden',
    },
    versions: { jsonwebtoken: '8.5.1', hono: '>=4 <4.11', 'fastify-jwt': '3', 'a-package-of-nobody': '1' }, followImports: false, libraries: [library],
  },
];

const folder = (): string => {
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'jwt-guard-settings-'));
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return path;
};

describe('settings', () => {
  it.each(BAD)('%s is refused with the path of the key', (_, settings, problem) => {
    expect(problemOfSettings(settings)).toBe(problem);
    expect(() => readSettings({ 'jwt-guard': settings })).toThrow(`${problem}.`);
  });

  it.each(GOOD)('valid settings %# are taken', (settings) => {
    expect(problemOfSettings(settings)).toBeUndefined();
    expect(readSettings({ 'jwt-guard': settings })).toBe(settings);
  });

  it('need not be there', () => {
    expect(readSettings({})).toEqual({});
  });

  it('take the version of a library by any of its packages', () => {
    const fastifyJwt = libraries.find(({ name }) => name === '@fastify/jwt')!;
    expect(versionOf(fastifyJwt, 'a.js', { versions: { 'fastify-jwt': '3.0.1' } })).toBe('3.0.1');
    expect(versionOf(fastifyJwt, 'a.js', { versions: { 'fastify-jwt': '3.0.1', '@fastify/jwt': '10.0.0' } })).toBe('10.0.0');
    expect(versionOf(fastifyJwt, 'a.js', { versions: { jose: '3.0.1' } })).toBeUndefined();
  });
});

describe('the schemas', () => {
  it('take every built-in descriptor', () => {
    for (const descriptor of libraries) {
      // Under another name: the built-in ones are taken.
      expect(problemOfSettings({ libraries: [{ ...descriptor, name: `acme-${descriptor.name}` }] }), descriptor.name).toBeUndefined();
    }
  });

  it('are plain data', () => {
    for (const schema of [librarySchema, policySchema, settingsSchema]) expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });

  it('know every key of a policy', () => {
    // The compiler holds this list to the type.
    const keys: Record<keyof Policy, true> = {
      audience: true, issuer: true, algorithms: true, jwksUrl: true, lifetimes: true, maxAge: true, clockTolerance: true, requiredClaims: true, tokenType: true,
      keyId: true, environment: true, services: true, forwardTo: true, httpsHosts: true, sharedSecrets: true,
    };
    expect(Object.keys(policySchema.properties ?? {}).sort()).toEqual(Object.keys(keys).sort());
  });
});

describe('where settings are refused', () => {
  const bad = { policy: { lifetimes: { access: '5 moons' } } };
  const sentence = `settings['jwt-guard'].policy.lifetimes.access: "5 moons" is not a lifetime such as 15m, 12h or 30d.`;

  it('by the rules, whatever the file holds', () => {
    const config: Linter.Config = { plugins: { 'jwt-guard': plugin }, settings: { 'jwt-guard': bad }, rules: { 'jwt-guard/no-none-algorithm': 'error' } };
    for (const code of ["import jwt from 'jsonwebtoken';", '1;']) expect(() => new Linter().verify(code, [config])).toThrow(sentence);
  });

  it('in one sentence where ESLint prints what a rule threw', async () => {
    const root = folder();
    let stack: string | undefined;
    try {
      readSettings({ 'jwt-guard': bad });
    } catch (thrown) {
      stack = (thrown as Error).stack;
    }
    // The rule of the configuration throws the same thing: the plugin itself would have to be built for a process of its own.
    writeFileSync(join(root, 'a.js'), '1;\n');
    writeFileSync(join(root, 'eslint.config.mjs'), `export default [{ plugins: { p: { rules: { r: { create() { throw Object.assign(new Error(), { stack: ${JSON.stringify(stack)} }); } } } } }, rules: { 'p/r': 2 } }];\n`);
    const bin = join(dirname(createRequire(import.meta.url).resolve('eslint/package.json')), 'bin/eslint.js');
    const { stderr } = await promisify(execFile)(process.execPath, [bin, 'a.js'], { cwd: root }).catch((thrown: unknown) => thrown as { stderr: string });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('by the command line, with exit code 2 and nothing else', async () => {
    const project = new TestProject({ 'a.js': "import { sign } from 'jsonwebtoken';\nsign(7);\n", 'eslint.config.js': `module.exports = [{ settings: { 'jwt-guard': ${JSON.stringify(bad)} } }];\n` });
    for (const command of ['check', 'fix', 'inventory']) {
      expect(await project.run([command, ...(command === 'fix' ? ['--dry'] : [])]), command).toEqual({ code: 2, out: '', err: `jwt-guard: The ESLint configuration eslint.config.js cannot be used: ${sentence}\n` });
    }
  });

  it('by the codemods, with the name of the policy file', () => {
    const path = join(folder(), 'policy.json');
    writeFileSync(path, JSON.stringify(bad.policy));
    expect(() => settingsFrom({ policy: path })).toThrow(`The policy file ${path} cannot be used: lifetimes.access: "5 moons" is not a lifetime such as 15m, 12h or 30d.`);
  });
});
