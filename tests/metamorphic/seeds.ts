import type { KeyInput } from './keys.ts';

/** One half of a seed: a program that must be reported, or one that must not. */
export interface Variation {
  /** Options as an object literal; `t` writes the literal that matters in the spelling under test. */
  readonly options?: (t: (literal: string) => string) => string;
  readonly key?: KeyInput;
  readonly payload?: string;
  /** What is done with the result; the input is the call. Default: it is returned. */
  readonly use?: (call: string) => string;
  /** Calls on a built object, for builders. */
  readonly construct?: (t: (literal: string) => string) => string;
}

/** What is bad and what is good in the eyes of one rule, for one function of one library. */
export interface Seed {
  readonly rule: string;
  readonly library: 'jsonwebtoken' | 'jose';
  readonly function: 'verify' | 'sign' | 'decode' | 'jwtVerify' | 'SignJWT' | 'decodeJwt';
  readonly bad: Variation;
  readonly good: Variation;
  readonly settings?: Readonly<Record<string, unknown>>;
}

const reading: KeyInput = { secret: undefined, reading: 'process.env.JWT_SECRET' };
const text = (secret: string): KeyInput => ({ secret, reading: '' });
/** Long enough for HS256 and no known placeholder. */
const LONG = 'q7Wv0ZrT4mXc9LpYb2NsKd6HfGj3UeAo';

const verify = (rule: string, bad: Variation['options'], good: Variation['options'], more: Partial<Seed> = {}): Seed => ({ rule, library: 'jsonwebtoken', function: 'verify', bad: { options: bad, key: reading }, good: { options: good, key: reading }, ...more }) as Seed;
const joseVerify = (rule: string, bad: Variation['options'], good: Variation['options'], more: Partial<Seed> = {}): Seed => ({ rule, library: 'jose', function: 'jwtVerify', bad: { options: bad, key: reading }, good: { options: good, key: reading }, ...more }) as Seed;
const sign = (rule: string, bad: Variation['options'], good: Variation['options'], more: Partial<Seed> = {}): Seed => ({ rule, library: 'jsonwebtoken', function: 'sign', bad: { options: bad, key: reading, payload: '{ sub: user.id }' }, good: { options: good, key: reading, payload: '{ sub: user.id }' }, ...more }) as Seed;
const build = (rule: string, bad: Variation['construct'], good: Variation['construct'], more: Partial<Seed> = {}): Seed => ({ rule, library: 'jose', function: 'SignJWT', bad: { construct: bad, key: reading, payload: '{ sub: user.id }' }, good: { construct: good, key: reading, payload: '{ sub: user.id }' }, ...more }) as Seed;

export const seeds: readonly Seed[] = [
  verify('no-none-algorithm', (t) => `{ issuer: 'login', algorithms: ['HS256', ${t("'none'")}] }`, (t) => `{ issuer: 'login', algorithms: [${t("'HS256'")}] }`),
  joseVerify('require-algorithms', (t) => `{ audience: 'api', issuer: ${t("'login'")} }`, (t) => `{ audience: 'api', algorithms: [${t("'HS256'")}] }`),
  verify('require-algorithms', (t) => `{ audience: 'api', issuer: ${t("'login'")} }`, (t) => `{ audience: 'api', algorithms: [${t("'HS256'")}] }`),
  verify('require-audience', (t) => `{ algorithms: ['HS256'], issuer: ${t("'login'")} }`, (t) => `{ algorithms: ['HS256'], audience: ${t("'api'")} }`),
  joseVerify('require-audience', (t) => `{ algorithms: ['HS256'], issuer: ${t("'login'")} }`, (t) => `{ algorithms: ['HS256'], audience: ${t("'api'")} }`),
  verify('require-issuer', (t) => `{ algorithms: ['HS256'], audience: ${t("'api'")} }`, (t) => `{ algorithms: ['HS256'], issuer: ${t("'login'")} }`),
  verify('no-ignore-expiration', (t) => `{ algorithms: ['HS256'], ignoreExpiration: ${t('true')} }`, (t) => `{ algorithms: ['HS256'], ignoreExpiration: ${t('false')} }`),
  verify('no-large-clock-tolerance', (t) => `{ algorithms: ['HS256'], clockTolerance: ${t('86400')} }`, (t) => `{ algorithms: ['HS256'], clockTolerance: ${t('30')} }`),
  joseVerify('no-large-clock-tolerance', (t) => `{ algorithms: ['HS256'], clockTolerance: ${t("'2 hours'")} }`, (t) => `{ algorithms: ['HS256'], clockTolerance: ${t("'30 seconds'")} }`),
  verify('require-max-age', (t) => `{ algorithms: ['HS256'], audience: ${t("'api'")} }`, (t) => `{ algorithms: ['HS256'], maxAge: ${t("'1h'")} }`),
  verify('valid-verify-options', (t) => `{ algorithms: ['HS256'], clockTolerance: ${t("'60'")} }`, (t) => `{ algorithms: ['HS256'], clockTolerance: ${t('60')} }`),
  joseVerify('valid-verify-options', (t) => `{ algorithms: ['HS256'], maxAge: ${t("'10m'")} }`, (t) => `{ algorithms: ['HS256'], maxTokenAge: ${t("'10m'")} }`),
  verify('no-wildcard-audience', (t) => `{ algorithms: ['HS256'], audience: ${t("'*'")} }`, (t) => `{ algorithms: ['HS256'], audience: ${t("'api'")} }`),
  verify('no-algorithm-confusion', (t) => `{ algorithms: ['RS256', ${t("'HS256'")}] }`, (t) => `{ algorithms: ['RS256', ${t("'PS256'")}] }`),
  verify('no-insecure-key-options', (t) => `{ algorithms: ['RS256'], allowInvalidAsymmetricKeyTypes: ${t('true')} }`, (t) => `{ algorithms: ['RS256'], allowInvalidAsymmetricKeyTypes: ${t('false')} }`),
  sign('require-expiration', (t) => `{ issuer: 'login', algorithm: ${t("'HS256'")} }`, (t) => `{ issuer: 'login', expiresIn: ${t("'15m'")} }`),
  build('require-expiration', (t) => `.setProtectedHeader({ alg: ${t("'HS256'")} }).setIssuedAt().sign(KEY)`, (t) => `.setProtectedHeader({ alg: 'HS256' }).setExpirationTime(${t("'15m'")}).sign(KEY)`),
  sign('no-long-lived-token', (t) => `{ issuer: 'login', expiresIn: ${t("'90d'")} }`, (t) => `{ issuer: 'login', expiresIn: ${t("'15m'")} }`),
  build('no-long-lived-token', (t) => `.setProtectedHeader({ alg: 'HS256' }).setExpirationTime(${t("'2 years'")}).sign(KEY)`, (t) => `.setProtectedHeader({ alg: 'HS256' }).setExpirationTime(${t("'15m'")}).sign(KEY)`),
  sign('valid-expiration', (t) => `{ issuer: 'login', expiresIn: ${t("'3600'")} }`, (t) => `{ issuer: 'login', expiresIn: ${t("'60m'")} }`),
  sign('no-disabled-timestamp', (t) => `{ expiresIn: '5m', noTimestamp: ${t('true')} }`, (t) => `{ expiresIn: '5m', noTimestamp: ${t('false')} }`),
  sign('require-audience-claim', (t) => `{ expiresIn: '5m', issuer: ${t("'login'")} }`, (t) => `{ expiresIn: '5m', audience: ${t("'api'")} }`),
  sign('require-issuer-claim', (t) => `{ expiresIn: '5m', audience: ${t("'api'")} }`, (t) => `{ expiresIn: '5m', issuer: ${t("'login'")} }`),
  verify('no-hardcoded-secret', (t) => `{ algorithms: [${t("'HS256'")}] }`, (t) => `{ algorithms: [${t("'HS256'")}] }`, { bad: { options: (t) => `{ algorithms: [${t("'HS256'")}] }`, key: text(LONG) } }),
  build('no-hardcoded-secret', (t) => `.setProtectedHeader({ alg: ${t("'HS256'")} }).setExpirationTime('5m').sign(KEY)`, (t) => `.setProtectedHeader({ alg: ${t("'HS256'")} }).setExpirationTime('5m').sign(KEY)`, {
    bad: { construct: (t) => `.setProtectedHeader({ alg: ${t("'HS256'")} }).setExpirationTime('5m').sign(KEY)`, payload: '{ sub: user.id }', key: text(LONG) },
  }),
  sign('no-weak-secret', (t) => `{ expiresIn: ${t("'5m'")} }`, (t) => `{ expiresIn: ${t("'5m'")} }`, {
    bad: { options: (t) => `{ expiresIn: '5m', algorithm: ${t("'HS256'")} }`, payload: '{ sub: user.id }', key: text('hunter2hunter2') },
    good: { options: (t) => `{ expiresIn: '5m', algorithm: ${t("'HS256'")} }`, payload: '{ sub: user.id }', key: text(LONG) },
  }),
  verify('no-fallback-secret', (t) => `{ algorithms: [${t("'HS256'")}] }`, (t) => `{ algorithms: [${t("'HS256'")}] }`, { bad: { options: (t) => `{ algorithms: [${t("'HS256'")}] }`, key: { secret: undefined, reading: `(process.env.JWT_SECRET || '${LONG}')` } } }),
  verify('no-unverified-decode', undefined, (t) => `{ algorithms: [${t("'HS256'")}] }`, {
    function: 'decode',
    bad: { options: (t) => `{ json: ${t('true')} }`, use: (call) => `const claims = ${call};\nif (claims.role !== 'admin') throw new Error('forbidden');` },
    good: { options: (t) => `{ json: ${t('true')} }`, use: (call) => `const claims = ${call};\nreturn claims.exp;` },
  }),
  joseVerify('no-unawaited-verification', (t) => `{ algorithms: [${t("'HS256'")}] }`, (t) => `{ algorithms: [${t("'HS256'")}] }`, {
    bad: { options: (t) => `{ algorithms: [${t("'HS256'")}] }`, key: reading, use: (call) => `${call.startsWith('await ') ? call.slice(6) : call};\nuser.admit();` },
    good: { options: (t) => `{ algorithms: [${t("'HS256'")}] }`, key: reading, use: (call) => `await ${call};\nuser.admit();` },
  }),
  sign('require-key-id', (t) => `{ algorithm: ${t("'RS256'")}, expiresIn: '5m' }`, (t) => `{ algorithm: 'RS256', expiresIn: '5m', keyid: ${t("'2026-11'")} }`),
  verify('no-undefined-claim-option', (t) => `{ algorithms: [${t("'HS256'")}], audience: process.env.JWT_AUDIENCE }`, (t) => `{ algorithms: ['HS256'], audience: ${t("'api'")} }`),
  verify('no-empty-key', (t) => `{ issuer: ${t("'login'")} }`, (t) => `{ issuer: ${t("'login'")} }`, {
    bad: { options: (t) => `{ issuer: ${t("'login'")} }`, key: { secret: undefined, reading: "(process.env.JWT_SECRET ?? '')" } },
    good: { options: (t) => `{ issuer: ${t("'login'")} }`, key: text(LONG) },
  }),
  sign('no-sensitive-claims', (t) => `{ expiresIn: ${t("'5m'")} }`, (t) => `{ expiresIn: ${t("'5m'")} }`, {
    bad: { options: (t) => `{ expiresIn: ${t("'5m'")} }`, key: reading, payload: '{ sub: user.id, password: user.password }' },
  }),
  sign('no-untrusted-payload', (t) => `{ expiresIn: ${t("'5m'")} }`, (t) => `{ expiresIn: ${t("'5m'")} }`, {
    bad: { options: (t) => `{ expiresIn: ${t("'5m'")} }`, key: reading, payload: '{ ...req.body }' },
  }),
  verify('no-ignored-verification-error', (t) => `{ algorithms: [${t("'HS256'")}] }`, (t) => `{ algorithms: [${t("'HS256'")}] }`, {
    bad: { options: (t) => `{ algorithms: [${t("'HS256'")}] }`, key: reading, use: (call) => `try { req.user = ${call}; } catch (error) { console.error(error); }\nnext();` },
    good: { options: (t) => `{ algorithms: [${t("'HS256'")}] }`, key: reading, use: (call) => `try { req.user = ${call}; } catch { return res.status(401).end(); }\nnext();` },
  }),
];
