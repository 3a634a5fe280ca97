import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/analysis/value.ts';
import { inProject } from './project.ts';

function inWords(value: Value | undefined): string {
  switch (value?.kind) {
    case 'primitive': return String(value.value);
    case 'environment': return `${value.guaranteed ? 'demanded ' : ''}variable ${value.name ?? '?'}`;
    case 'union': return value.members.map(inWords).join(value.how === 'fallback' ? ' else ' : ' or ');
    default: return value?.kind ?? 'none';
  }
}

/** What the key is that a program signs with. */
function keyIn(code: string, key = 'process.env.JWT_SECRET'): string {
  return inProject({ 'tokens.ts': `import { sign } from 'jsonwebtoken';\nimport { cleanEnv, str } from 'envalid';\n${code}\nexport const issue = (name: string) => sign({ sub: '1' }, ${key});\n` }, ([operation]) => inWords(operation?.argument('key')));
}

describe('what a program writes into the environment where nothing is there', () => {
  it.each<readonly [string, string]>([
    ["process.env.JWT_SECRET ||= 'development';", 'variable JWT_SECRET else development'],
    ["process.env.JWT_SECRET ??= 'development';", 'variable JWT_SECRET else development'],
    ["process.env['JWT_SECRET'] ||= 'development';", 'variable JWT_SECRET else development'],
    ["if (!process.env.JWT_SECRET) process.env.JWT_SECRET = 'development';", 'variable JWT_SECRET else development'],
    ["process.env.JWT_ISSUER ||= 'https://issuer.example';", 'variable JWT_SECRET'],
    ["process.env.JWT_SECRET ||= '';", 'variable JWT_SECRET'],
    ['process.env.JWT_SECRET ||= readSecret();', 'variable JWT_SECRET'],
    ["process.env.PORT ||= 3000;\nsettings.env.JWT_SECRET ||= 'development';", 'variable JWT_SECRET'],
    ["const isWeak = process.env.JWT_SECRET === 'development';", 'variable JWT_SECRET'],
  ])('%s: %s', (code, expected) => {
    expect(keyIn(code)).toBe(expected);
  });

  it('a check behind it demands nothing', () => {
    const checked = 'const env = cleanEnv(process.env, { JWT_SECRET: str() });';
    expect(keyIn(checked, 'env.JWT_SECRET')).toBe('demanded variable JWT_SECRET');
    expect(keyIn(`process.env.JWT_SECRET ||= 'development';\n${checked}`, 'env.JWT_SECRET')).toBe('variable JWT_SECRET else development');
  });

  it('a variable that is chosen at run time has none', () => {
    expect(keyIn("process.env.JWT_SECRET ||= 'development';", 'process.env[name]')).toBe('variable ?');
  });
});
