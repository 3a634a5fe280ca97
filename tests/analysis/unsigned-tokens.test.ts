import { describe, expect, it } from 'vitest';
import { unsignedHeaders } from '../../src/analysis/unsigned-tokens.ts';
import { analysed } from './parsed.ts';

function count(code: string): number {
  const { reader, file, operations } = analysed(code);
  return unsignedHeaders(reader, file, operations.map(({ node }) => node)).length;
}

const header = "btoa(JSON.stringify({ alg: 'none' }))";

describe('tokens that are put together without a signature', () => {
  it.each<string>([
    `token = ${header} + '.' + claims + '.';`,
    `token = ${header} + (\`.\${claims}.\`);`,
    `token = \`\${${header}}.\${claims}.\`;`,
    `token = [${header}, claims, ''].join('.');`,
    `token = ${header}.replace(/=/g, '') + '.';`,
    "token = Buffer.from(JSON.stringify({ typ: 'JWT', alg: 'NONE' })).toString('base64url') + '.';",
    "const header = { alg: 'none' } as const;\nconst first = btoa(JSON.stringify(header))!;\ntoken = first + '.';",
    "const header = { alg: 'none' } satisfies Header;\ntoken = base64url(header) + '.' + claims + '.';",
    "const alg = 'none';\ntoken = base64url({ 'alg': alg }) + '.';",
    "function part(value) {\n  return Buffer.from(value).toString('base64url');\n}\ntoken = part({ alg: 'none' }) + '.';",
  ])('%s', (code) => {
    expect(count(code)).toBe(1);
  });

  it.each<string>([
    "token = btoa(JSON.stringify({ alg: 'HS256' })) + '.';",
    "token = btoa(JSON.stringify({ alg: 5 })) + '.';",
    "token = btoa(JSON.stringify({ alg: load() })) + '.';",
    "token = btoa(JSON.stringify({ kind: 'none' })) + '.';",
    "token = btoa(JSON.stringify({ ...{ alg: 'none' } })) + '.';",
    "token = { alg: 'none' } + '.';",
    "token = `${{ alg: 'none' }}.`;",
    "token = [{ alg: 'none' }, ''].join('.');",
    `token = ${header} + 'x';`,
    `token = ${header} + (\`-\${claims}\`);`,
    `token = ${header} + other;`,
    `token = ${header} - '.';`,
    `token = \`header \${${header}}\`;`,
    `token = [${header}, claims].join('-');`,
    `token = [${header}, claims].join(separator);`,
    `token = [${header}, claims].map('.');`,
    `token = [${header}, claims].join;`,
    `token = sign([${header}, claims]);`,
    `token = ${header}.length + '.';`,
    `token = parts[${header}]('.');`,
    "token = log({ alg: 'none' }) + '.';",
    "const header = { alg: 'none' };\nlog(header);",
    "var header = base64url({ alg: 'none' }, header);",
    "const { alg } = { alg: 'none' };\ntoken = btoa(alg) + '.';",
    "const part = (value) => String(value);\ntoken = part({ alg: 'none' }) + '.';",
    "import jwt from 'jsonwebtoken';\ntoken = jwt.sign(base64url({ alg: 'none' }) + '.', key);",
  ])('none in %s', (code) => {
    expect(count(code)).toBe(0);
  });
});
