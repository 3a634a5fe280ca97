import { describe, expect, it } from 'vitest';
import { lifetimesOf } from '../../src/analysis/lifetimes.ts';
import { servesRenewal } from '../../src/analysis/purpose.ts';
import { tokenKindOf } from '../../src/analysis/token-kind.ts';
import { unitMistake } from '../../src/analysis/unit-evidence.ts';
import { analysed } from './parsed.ts';

const jwt = "import jwt from 'jsonwebtoken';\n";

describe('code that renews or ends sessions', () => {
  const renews = (code: string): boolean => analysed(`${jwt}${code}`).operations.some(servesRenewal);
  const check = 'jwt.verify(token, key, { ignoreExpiration: true })';
  it.each<string>([
    `function refreshSession() { ${check}; }`, `const run = function renew() { ${check}; };`, `const logout = () => ${check};`, `let revoke;\nrevoke = () => ${check};`, `service.signOut = () => ${check};`, `service['log-out'] = () => ${check};`,
    `class RefreshTokens { check() { ${check}; } }`, `const tokens = class Renewal { check() { ${check}; } };`, `class Tokens { refresh() { ${check}; } }`, `class Tokens { 'sign-out'() { ${check}; } }`, `class Tokens { invalidate = () => ${check}; }`, `class Tokens { @Post('/refresh') check() { ${check}; } }`,
    `const handlers = { refresh: () => ${check} };`, `const handlers = { 'sign-out': () => ${check} };`, `app.post('/auth/refresh', () => ${check});`,
  ])('%s', (code) => {
    expect(renews(code)).toBe(true);
  });
  it.each<string>([
    `function session() { ${check}; }`, `const { refresh } = { x: ${check} };`, `service[refresh] = () => 1;\nuse(${check});`, `[refresh] = [() => ${check}];`, `class Tokens { @Refresh check() { ${check}; } }`, `class Tokens { [5]() { ${check}; } }`, `app.post(refresh, () => ${check});`, `app.post(5, () => ${check});`, `app.use(() => ${check}, '/refresh');`, `run(function () { ${check}; });`,
  ])('not %s', (code) => {
    expect(renews(code)).toBe(false);
  });
});

describe('what a token is for', () => {
  const kind = (code: string): string | undefined => {
    const operation = analysed(`${jwt}${code}`).operations.findLast((one) => one.kind === 'sign');
    return operation && tokenKindOf(operation, lifetimesOf(operation)[0]);
  };
  const sign = "jwt.sign({ sub }, key, { expiresIn: '9d' })";
  it.each<readonly [code: string, kind: string]>([
    [`${sign};`, 'access'],
    ["jwt.sign({ sub, type: 'refresh' }, key, { expiresIn: '9d' });", 'refresh'],
    ["jwt.sign({ sub, scope: 'offline_access' }, key, { expiresIn: '9d' });", 'access'],
    ["jwt.sign({ sub, use: flag ? 'renewal' : 'reset' }, key, { expiresIn: '9d' });", 'oneTime'],
    ["jwt.sign({ sub, type: 5 }, key, { expiresIn: '9d' });", 'access'],
    ['jwt.sign({ sub, type: TokenType.Refresh }, key, { expiresIn: 90 });', 'refresh'],
    ["jwt.sign({ sub, ...refreshClaims }, key, { expiresIn: '9d' });", 'access'],
    ["jwt.sign({ sub }, key, { expiresIn: '9d', header: { typ: 'refresh+jwt' } });", 'refresh'],
    ['jwt.sign({ sub }, key, { expiresIn: config.refreshLifetime || 900 });', 'refresh'],
    ["const lifetimes = { refresh: '9d' };\nconst { refresh: lifetime } = lifetimes;\njwt.sign({ sub }, key, { expiresIn: lifetime });", 'refresh'],
    ["const refreshLifetime = '9d';\nconst lifetime = refreshLifetime;\njwt.sign({ sub }, key, { expiresIn: lifetime });", 'refresh'],
    ["class Tokens { refreshLifetime = '9d'; issue() { const { refreshLifetime: lifetime } = this; return jwt.sign({ sub }, key, { expiresIn: lifetime }); } }", 'refresh'],
    ["jwt.sign({ sub }, process.env.REFRESH_SECRET, { expiresIn: '9d' });", 'refresh'],
    ["const refreshOptions = { expiresIn: '9d' };\njwt.sign({ sub }, key, refreshOptions);", 'refresh'],
    ["jwt.sign({ sub }, key, config.refresh);", 'refresh'],
    ["import { JwtService } from '@nestjs/jwt';\nclass Tokens { constructor(private readonly jwt: JwtService) {} issue() { return this.jwt.sign({ sub }, { secret: process.env.REFRESH, expiresIn: '9d' }); } }", 'refresh'],
    [`const refreshToken = ${sign};`, 'refresh'],
    [`const token = ${sign};\nreply({ refreshToken: token });`, 'refresh'],
    [`const token = ${sign};\nreply({ [token]: refreshToken });`, 'access'],
    [`const [accessToken, refreshToken] = await Promise.all([issue(), ${sign}]);`, 'refresh'],
    [`const [accessToken, refreshToken] = await Promise.all([${sign}, issue()]);`, 'access'],
    [`session.refreshToken = ${sign};`, 'refresh'],
    [`reply({ refreshToken: ${sign} });`, 'refresh'],
    [`reply({ 'refresh_token': ${sign} });`, 'refresh'],
    [`class Tokens { refreshToken = ${sign}; }`, 'refresh'],
    [`class Tokens { #refreshToken = ${sign}; }`, 'refresh'],
    [`function createRefreshToken() { return ${sign}; }`, 'refresh'],
    [`const createRefreshToken = () => ${sign};`, 'refresh'],
    [`tokens.createRefreshToken = () => ${sign};`, 'refresh'],
    [`const tokens = { createRefreshToken() { return ${sign}; } };`, 'refresh'],
    [`class Tokens { createRefreshToken() { return ${sign}; } }`, 'refresh'],
    [`class RefreshTokens { issue() { return ${sign}; } }`, 'refresh'],
    [`function sendResetLink() { return ${sign}; }`, 'oneTime'],
    [`function resetPassword() { return ${sign}; }`, 'access'],
    [`const resetPassword = () => ${sign};`, 'access'],
    [`service.resetPassword = () => ${sign};`, 'access'],
    [`class Users { resetPassword() { return ${sign}; } }`, 'access'],
    [`const accessToken = ${sign};\nfunction reset() {}`, 'access'],
    [`function createRefreshToken() { const accessToken = ${sign}; }`, 'access'],
    [`function createRefreshToken() { const accessAndRefresh = ${sign}; }`, 'refresh'],
    ["const issueRefresh = (claims, expiresIn) => jwt.sign(claims, key, { expiresIn });\nissueRefresh({ sub }, '9d');", 'refresh'],
    [`function createAccessAndRefreshTokens() { return ${sign}; }`, 'access'],
    [`function createResetToken() { const registration = save(() => ${sign}); }`, 'oneTime'],
  ])('%s', (code, expected) => {
    expect(kind(code)).toBe(expected);
  });
});

describe('lengths of time in the wrong unit', () => {
  const mistake = (code: string, setting: 'maxAge' | 'clockTolerance'): string | undefined => {
    const [found] = analysed(code).operations.flatMap((operation) => operation.settingsAt(setting));
    const wrong = found && unitMistake(found.place, setting, found.value);
    return wrong && `${String(wrong.amount)} read as ${wrong.read}`;
  };
  const seconds = (amount: string, setting: 'maxAge' | 'clockTolerance' = 'maxAge') => mistake(`${jwt}jwt.verify(token, key, { ${setting}: ${amount} });`, setting);
  const milliseconds = (amount: string, setting: 'maxAge' | 'clockTolerance' = 'maxAge') => mistake(`import { createVerifier } from 'fast-jwt';\ncreateVerifier({ key, ${setting}: ${amount} });`, setting);

  it.each<readonly [amount: string, found: string | undefined]>([
    ['900_000', '900000 read as seconds'], ['60 * 60 * 1000', '3600000 read as seconds'], ['60 * 1000', '60000 read as seconds'], ['1000 * 86_400', '86400000 read as seconds'], ['86_400_000', '86400000 read as seconds'], ['300_000', '300000 read as seconds'],
    ['3600', undefined], ['30 * 1000', undefined], ['299_999', undefined], ['240_000', undefined], ['300_001', undefined], ['30 * 86_400', undefined], ['60 + 1000', undefined], ['3_600_500 + 1000', undefined], ['0', undefined], ['-900_000', undefined], ['Infinity', undefined], ["'900000'", undefined], ['lifetime', undefined],
  ])('a longest age of %s in seconds', (amount, found) => {
    expect(seconds(amount)).toBe(found);
  });
  it('a tolerance in seconds is judged by its size alone', () => {
    expect(seconds('900_000', 'clockTolerance')).toBeUndefined();
  });

  it.each<readonly [amount: string, found: string | undefined]>([
    ['900', '900 read as milliseconds'], ['1800', '1800 read as milliseconds'], ['3600', '3600 read as milliseconds'], ['36_000', '36000 read as milliseconds'], ['59_999', '59999 read as milliseconds'],
    ['900_000', undefined], ['30_000', undefined], ['1000', undefined], ['60_000', undefined], ['72_000', undefined], ['90_500', undefined], ['36 * 1000', undefined], ['0', undefined], ['-900', undefined],
  ])('a longest age of %s in milliseconds', (amount, found) => {
    expect(milliseconds(amount)).toBe(found);
  });
  it.each<readonly [amount: string, found: string | undefined]>([['30', '30 read as milliseconds'], ['999', '999 read as milliseconds'], ['1000', undefined], ['3600', undefined], ['5000', undefined]])('a tolerance of %s in milliseconds', (amount, found) => {
    expect(milliseconds(amount, 'clockTolerance')).toBe(found);
  });
});
