import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireAlgorithms } from '../../rules/require-algorithms.ts';
import { eslintRule } from '../../src/eslint-rule.ts';

/** A project whose code says only through types what it calls. */
const files = {
  'package.json': '{}',
  'tsconfig.json': JSON.stringify({ compilerOptions: { strict: true, module: 'esnext', moduleResolution: 'bundler', noEmit: true, types: [] }, include: ['*.ts'] }),
  'node_modules/@nestjs/jwt/package.json': JSON.stringify({ name: '@nestjs/jwt', version: '11.0.0', types: 'index.d.ts' }),
  'node_modules/@nestjs/jwt/index.d.ts': "export * from './jwt.service';\n",
  'node_modules/@nestjs/jwt/jwt.service.d.ts': 'export declare class JwtService { verify(token: string, options?: object): object; sign(payload: object, options?: object): string; }\nexport declare class Clock { verify(token: string): object; }\n',
  'node_modules/@types/jsonwebtoken/package.json': JSON.stringify({ name: '@types/jsonwebtoken', version: '9.0.0', types: 'index.d.ts' }),
  'node_modules/@types/jsonwebtoken/index.d.ts': 'export declare function verify(token: string, key: string, options?: object): object;\n',
  'container.ts': "import { JwtService } from '@nestjs/jwt';\nimport { verify } from 'jsonwebtoken';\ninterface Held { tokens: JwtService; verifier: typeof verify }\ndeclare function build(): Held;\nexport const held = build();\nexport function withVerifier<T>(run: (verifier: typeof verify) => T): T { return run(held.verifier); }\n",
  'container-user.ts': "import { held } from './container';\nexport const read = (token: string, key: string) => held.verifier(token, key, { issuer: 'a' });\n",
  'parameter.ts': "import { withVerifier } from './container';\nexport const read = (token: string, key: string) => withVerifier((check) => check(token, key, { issuer: 'a' }));\n",
  'safe.ts': "import { held } from './container';\nexport const read = (token: string, key: string) => held.verifier(token, key, { algorithms: ['HS256'] });\n",
  'namesake.ts': "import { held } from './container';\ninterface Check { verify(token: string, key: string): boolean }\nexport const read = (checks: Check, token: string) => checks.verify(token, String(held));\n",
} as const;

describe('type information', () => {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'jwt-guard-types-'));
  const lint = (name: keyof typeof files, typed: boolean): readonly (string | undefined)[] => {
    const linter = new Linter({ configType: 'flat', cwd: root });
    const messages = linter.verify(files[name], [{
      files: ['**/*.ts'],
      plugins: { 'jwt-guard': { rules: { 'require-algorithms': eslintRule(requireAlgorithms, (rule) => rule) as never } } },
      languageOptions: { parser: parser as Linter.Parser, parserOptions: typed ? { project: './tsconfig.json', tsconfigRootDir: root } : {} },
      rules: { 'jwt-guard/require-algorithms': 'error' },
    }], { filename: join(root, name) });
    expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
    return messages.map(({ messageId }) => messageId);
  };

  beforeAll(() => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
  });
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it('tells what a container hands out, where the text cannot', () => {
    expect(lint('container-user.ts', true)).toEqual(['missing']);
    expect(lint('container-user.ts', false)).toEqual([]);
  });

  it('tells what a parameter receives by its context', () => {
    expect(lint('parameter.ts', true)).toEqual(['missing']);
  });

  it('leaves safe calls and methods of the same name alone', () => {
    expect(lint('safe.ts', true)).toEqual([]);
    expect(lint('namesake.ts', true)).toEqual([]);
  });
});
