import { describe, expect, it } from 'vitest';
import { noKeysIn } from '../../src/analysis/empty-keys.ts';
import { inProject } from './project.ts';

/** What of a key may be nothing, in words. */
function nothingIn(key: string, before = ''): string {
  const imports = "import jwt from 'jsonwebtoken';\nimport { createPublicKey, createSecretKey, randomBytes } from 'node:crypto';\nimport { readFileSync } from 'node:fs';\nimport { ConfigService } from '@nestjs/config';\n";
  return inProject({ 'tokens.ts': `${imports}${before}\nexport const issue = (config: ConfigService) => jwt.sign({ sub: '1' }, ${key});\n` }, ([operation]) => {
    const value = operation?.argument('key');
    if (!operation || !value) throw new Error('a program signs with a key');
    return noKeysIn(value, operation).map(({ given, source, fallback, nested }) => [given, source !== undefined && `without ${source}`, fallback && 'as fallback', nested && 'in an object'].filter((word) => word !== false).join(' ')).join(', ');
  });
}

describe('what of a key may be nothing', () => {
  const empty: readonly (readonly [key: string, nothing: string, before?: string])[] = [
    ["''", 'text'],
    ['null', 'nothing'],
    ['undefined', 'nothing'],
    ['false', 'nothing'],
    ['process.env.A', 'nothing without A'],
    ["process.env.A ?? ''", 'text without A as fallback'],
    ['process.env.A ?? undefined', 'nothing without A as fallback'],
    ['process.env.A ?? process.env.B', 'nothing without B'],
    ["config.get('JWT_SECRET')", 'nothing without JWT_SECRET'],
    ["config.get('JWT_SECRET') ?? ''", 'text without JWT_SECRET as fallback'],
    ["read() || ''", 'text as fallback'],
    ["isTest ? '' : key", 'text'],
    ['isTest ? process.env.A : key', 'nothing without A'],
    ['key', 'nothing without A', "let key = '';\nexport const configure = () => { key = process.env.A; };"],
    ['key', 'text', "let key = '';\nexport const clear = () => { key = null; };"],
    ['`${process.env.A}`', 'word without A'],
    ['`${process.env.A}${process.env.B}`', 'word without A'],
    ["`${process.env.A}${''}`", 'word without A'],
    ['Buffer.alloc(0)', 'bytes'],
    ["Buffer.from('')", 'bytes'],
    ['Buffer.from([])', 'bytes'],
    ["Buffer.from(process.env.A ?? '')", 'bytes without A as fallback'],
    ['Buffer.from(`${process.env.A}`)', 'word without A'],
    ["new TextEncoder().encode('')", 'bytes'],
    ['new TextEncoder().encode(process.env.A)', 'bytes without A'],
    ["createSecretKey(Buffer.from(''))", 'bytes'],
    ['createSecretKey(Buffer.from(`${process.env.A}`))', 'word without A'],
    ["() => ''", 'text'],
    ["() => process.env.A ?? ''", 'text without A as fallback'],
    ["{ key: '' }", 'text in an object'],
    ["{ secret: '', passphrase: 'p' }", 'text in an object'],
    ['{ utf8: process.env.A }', 'nothing without A in an object'],
  ];
  for (const [key, nothing, before] of empty) {
    it(`${before ?? ''} ${key}: ${nothing}`.trim(), () => {
      expect(nothingIn(key, before)).toBe(nothing);
    });
  }

  const sure: readonly (readonly [key: string, before?: string])[] = [
    ["'secret'"],
    ["process.env.A ?? 'spare'"],
    ['read() ?? undefined'],
    ['isTest ? undefined : key'],
    ['key', 'let key = null;\nexport const configure = (given) => { key = given; };'],
    ['key', "let key = '';\nexport const configure = (given) => { key = given; };"],
    ['`${process.env.A}-salt`'],
    ['`${process.env.A}${user.id}`'],
    ['Buffer.alloc(32)'],
    ['Buffer.from([115, 101, 99])'],
    ['Buffer.from([...rest])'],
    ['Buffer.from(process.env.A)'],
    ['randomBytes(32)'],
    ["readFileSync(process.env.A ?? '')"],
    ["createPublicKey(Buffer.from(''))"],
    ['createSecretKey(secret)'],
    ['() => undefined'],
    ['() => process.env.A'],
    ["() => { return ''; }"],
    ['key', 'const key = () => key;'],
    ["{ kty: 'oct', key: '' }"],
    ["{ passphrase: '' }"],
  ];
  for (const [key, before] of sure) {
    it(`nothing of ${key}${before === undefined ? '' : ` where ${before}`}`, () => {
      expect(nothingIn(key, before)).toBe('');
    });
  }
});
