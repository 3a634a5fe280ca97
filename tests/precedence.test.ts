import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import { eslintRule } from '../src/eslint-rule.ts';

const plugin = { rules: Object.fromEntries(rules.map((rule) => [rule.name, eslintRule(rule, (name) => name)])) };
const jwt = `import jwt from 'jsonwebtoken';\n`;

/** Code that two rules find: where both run, the first leaves it to the second. */
const shared: readonly { readonly rule: string; readonly leavesTo: string; readonly code: string }[] = [
  { rule: 'no-weak-secret', leavesTo: 'no-hardcoded-secret', code: `${jwt}jwt.sign({ sub }, 'orders-key', { expiresIn: '5m' });` },
  { rule: 'no-weak-secret', leavesTo: 'no-fallback-secret', code: `${jwt}jwt.sign({ sub }, process.env.KEY || 'orders-key', { expiresIn: '5m' });` },
  { rule: 'no-browser-client-secret', leavesTo: 'no-hardcoded-secret', code: `'use client';\nimport { SignJWT } from 'jose';\nexport const issue = () => new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode('orders-signing-key'));` },
  { rule: 'no-browser-client-secret', leavesTo: 'no-hardcoded-secret', code: `document.querySelector('#login').onclick = () => fetch('/token', { body: JSON.stringify({ grant_type: 'authorization_code', client_id: 'web', client_secret: 'orders-4b1d' }) });` },
  { rule: 'no-empty-key', leavesTo: 'no-fallback-secret', code: `${jwt}jwt.sign({ sub }, process.env.KEY || '', { expiresIn: '5m' });` },
  { rule: 'no-empty-key', leavesTo: 'require-algorithms', code: `import Jwt from '@hapi/jwt';\nJwt.token.verify(artifacts, { key: process.env.SECRET });` },
  { rule: 'no-shared-token', leavesTo: 'no-token-forwarding', code: `app.get('/', async (req) => { const headers = { Authorization: req.headers.authorization }; await fetch('https://orders.example', { headers }); await fetch('https://stock.example', { headers }); });` },
  { rule: 'no-sensitive-claims', leavesTo: 'no-untrusted-payload', code: `${jwt}export class Login { @Post() login(@Body() user) { return jwt.sign({ ...user }, key, { expiresIn: '5m' }); } }` },
  { rule: 'require-claims', leavesTo: 'valid-verify-options', code: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key, { algorithms: ['RS256'], requireClaims: ['exp'] });` },
  { rule: 'no-unverified-decode', leavesTo: 'no-none-algorithm', code: `import { UnsecuredJWT } from 'jose';\napp.get('/orders', (req, res) => { const { payload } = UnsecuredJWT.decode(req.cookies.token); if (payload.role !== 'admin') return res.sendStatus(403); res.send(orders); });` },
  { rule: 'no-unverified-decode', leavesTo: 'no-ignored-verification-error', code: `${jwt}export function guard(req, res, next) { try { req.user = jwt.verify(req.token, key); } catch { req.user = jwt.decode(req.token); } next(); }` },
  { rule: 'no-weak-algorithm', leavesTo: 'require-decryption-limits', code: `import { jwtDecrypt } from 'jose';\nconst { payload } = await jwtDecrypt(token, key, { keyManagementAlgorithms: ['PBES2-HS256+A128KW'] });` },
  { rule: 'require-algorithms', leavesTo: 'valid-verify-options', code: `import { Strategy } from 'passport-jwt';\nnew Strategy({ secretOrKey: key, jwtFromRequest: from, jsonWebTokenOptions: { algorithms: ['HS256'] } }, done);` },
  { rule: 'require-audience', leavesTo: 'valid-verify-options', code: `${jwt}jwt.verify(token, key, { algorithms: ['RS256'], aud: 'orders' });` },
  { rule: 'require-issuer', leavesTo: 'valid-verify-options', code: `${jwt}jwt.verify(token, key, { algorithms: ['RS256'], iss: 'idp' });` },
  { rule: 'require-max-age', leavesTo: 'valid-verify-options', code: `${jwt}jwt.verify(token, key, { algorithms: ['RS256'], maxage: '10m' });` },
  { rule: 'require-claims', leavesTo: 'require-max-age', code: `import { jwtVerify } from 'jose';\nawait jwtVerify(token, key, { algorithms: ['RS256'] });` },
  { rule: 'valid-verify-options', leavesTo: 'require-algorithms', code: `${jwt}jwt.verify(token, key, { algorithm: ['RS256'] });` },
  { rule: 'valid-verify-options', leavesTo: 'require-algorithms', code: `import { createVerifier } from 'fast-jwt';\ncreateVerifier({ key, algorithms: [] });` },
];

/** Code in which two rules find defects of their own: neither leaves anything to the other. */
const apart: readonly { readonly rules: readonly [string, string]; readonly versions?: Readonly<Record<string, string>>; readonly found: readonly string[]; readonly code: string }[] = [
  { rules: ['no-empty-key', 'require-algorithms'], found: ['require-algorithms', 'no-empty-key'], code: `${jwt}jwt.verify(token, null);` },
  { rules: ['no-empty-key', 'require-algorithms'], versions: { jsonwebtoken: '8.5.1' }, found: ['require-algorithms', 'no-empty-key'], code: `${jwt}jwt.verify(token, \`\${process.env.SECRET}\`);` },
  { rules: ['require-issuer', 'valid-verify-options'], found: ['require-issuer', 'valid-verify-options'], code: `${jwt}jwt.verify(token, key, { algorithms: ['RS256'], aud: 'orders' });` },
  { rules: ['valid-verify-options', 'require-audience'], found: ['require-audience', 'valid-verify-options'], code: `${jwt}jwt.verify(token, key, { algorithms: ['RS256'], iss: 'idp' });` },
  { rules: ['valid-verify-options', 'require-algorithms'], found: ['valid-verify-options'], code: `${jwt}jwt.verify(token, key, { algorithms: 'RS256' });` },
  { rules: ['no-empty-key', 'require-algorithms'], versions: { 'fast-jwt': '5.0.6' }, found: ['no-empty-key'], code: `import { createVerifier } from 'fast-jwt';\ncreateVerifier({ key: process.env.SECRET, algorithms: ['HS256'] });` },
];

function reporting(code: string, names: readonly string[], versions: Readonly<Record<string, string>> = {}): readonly string[] {
  const messages = new Linter({ configType: 'flat' }).verify(code, [{
    files: ['**/*.js'],
    plugins: { 'jwt-guard': plugin as never },
    languageOptions: { parser: parser as never, sourceType: 'module' },
    settings: { 'jwt-guard': { versions } },
    rules: Object.fromEntries(names.map((name) => [`jwt-guard/${name}`, 'error'])),
  }], { filename: 'case.js' });
  return [...new Set(messages.map(({ ruleId, message }) => ruleId?.slice('jwt-guard/'.length) ?? message))];
}

describe('precedence', () => {
  for (const { rule, leavesTo, code } of shared) {
    it(`${rule} leaves to ${leavesTo}: ${code.split('\n').at(-1) ?? ''}`, () => {
      expect(reporting(code, [rule])).toEqual([rule]);
      expect(reporting(code, [rule, leavesTo])).toEqual([leavesTo]);
    });
  }
  for (const { rules: names, versions, found, code } of apart) {
    it(`${names.join(' beside ')}: ${code.split('\n').at(-1) ?? ''}`, () => {
      expect(reporting(code, names, versions)).toEqual(found);
    });
  }
});
