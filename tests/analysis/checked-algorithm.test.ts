import * as parser from '@typescript-eslint/parser';
import { AST_NODE_TYPES, type TSESLint } from '@typescript-eslint/utils';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { nodesOf } from '../../src/analysis/call-nodes.ts';
import { isCheckedAlgorithm } from '../../src/analysis/checked-algorithm.ts';
import { sourceFileOf } from '../../src/analysis/modules.ts';

/** Whether what a program hands over as `algorithms` has been compared with the accepted ones before. */
function isChecked(code: string): boolean {
  const linter = new Linter({ configType: 'flat' });
  const text = `const ACCEPTED = ['RS256', 'PS256'];\nconst MIXED = ['RS256', 'HS256'];\nexport function check(this: Checker, token: string) {\n  const { header } = decode(token);\n  ${code}\n}`;
  const messages = linter.verify(text, [{ files: ['**/*.ts'], languageOptions: { parser: parser as never, sourceType: 'module' } }], { filename: 'case.ts' });
  expect(messages.filter((message) => message.fatal).map((message) => message.message)).toEqual([]);
  const file = sourceFileOf(linter.getSourceCode() as unknown as TSESLint.SourceCode, 'case.ts');
  for (const node of nodesOf(file)) {
    if (node.type === AST_NODE_TYPES.Property && node.key.type === AST_NODE_TYPES.Identifier && node.key.name === 'algorithms') return isCheckedAlgorithm(node.value, file);
  }
  throw new Error('a program names `algorithms`');
}

const verify = 'return verify(token, { algorithms: [header.alg] });';

describe('an algorithm that a token names and the program has checked', () => {
  it.each<readonly [string, string]>([
    ['within a branch', `if (header.alg === 'RS256') { ${verify} }`],
    ['within a branch, loosely', `if (header.alg == 'RS256') ${verify}`],
    ['with the accepted one in front', `if ('RS256' === header.alg) { ${verify} }`],
    ['within a condition', "return header.alg === 'RS256' ? verify(token, { algorithms: [header.alg] }) : undefined;"],
    ['behind `&&`', "return header.alg === 'RS256' && verify(token, { algorithms: [header.alg] });"],
    ['refused before', `if (header.alg !== 'RS256') throw new Error('algorithm');\n  ${verify}`],
    ['refused before, loosely', `if (header.alg != 'RS256') return undefined;\n  ${verify}`],
    ['refused before, by a negation', `if (!(header.alg === 'RS256')) throw new Error('algorithm');\n  ${verify}`],
    ['refused before, around a function', `if (header.alg !== 'RS256') throw new Error('algorithm');\n  return () => { ${verify} };`],
    ['refused unless it is one of two', `if (header.alg !== 'RS256' && header.alg !== 'PS256') throw new Error('algorithm');\n  ${verify}`],
    ['one of two', `if (header.alg === 'RS256' || header.alg === 'PS256') { ${verify} }`],
    ['refused where it is missing or another', `if (!header.alg || header.alg !== 'RS256') throw new Error('algorithm');\n  ${verify}`],
    ['refused where it is another, or the key is unknown', `if (header.alg !== 'RS256' || !keys[header.kid]) throw new Error('algorithm');\n  ${verify}`],
    ['it, and the key', `if (header.kid && header.alg === 'RS256') { ${verify} }`],
    ['the key, and it', `if (header.alg === 'RS256' && header.kid) { ${verify} }`],
    ['one of a list', `if (ACCEPTED.includes(header.alg)) { ${verify} }`],
    ['refused unless it is of a list', `if (!ACCEPTED.includes(header.alg)) throw new Error('algorithm');\n  ${verify}`],
    ['one of a list on the spot', `if (['RS256', 'PS256'].includes(header.alg)) { ${verify} }`],
    ['one of a list with a type', `if ((ACCEPTED as string[]).includes(header.alg)) { ${verify} }`],
    ['one of a set', `const accepted = new Set(['ES256', 'ES384']);\n  if (!accepted.has(header.alg)) return undefined;\n  ${verify}`],
    ['one of a set that is filled elsewhere', `const accepted = new Set();\n  if (!accepted.has(header.alg)) return undefined;\n  ${verify}`],
    ['one of a list of the settings', `if (!settings.algorithms.includes(header.alg)) return undefined;\n  ${verify}`],
    ['one of a list of the object', `if (!this.algorithms.includes(header.alg)) return undefined;\n  ${verify}`],
    ['one of a list of the object, which holds the header too', "if (!this.accepted.includes(this.header.alg)) return undefined;\n  return verify(token, { algorithms: [this.header.alg] });"],
    ['one of a list that a function gives', `if (!accepted().includes(header.alg)) return undefined;\n  ${verify}`],
    ['found by its place', `if (ACCEPTED.indexOf(header.alg) === -1) throw new Error('algorithm');\n  ${verify}`],
    ['found by its place, loosely', `if (ACCEPTED.indexOf(header.alg) == -1) throw new Error('algorithm');\n  ${verify}`],
    ['found by a place that is not negative', `if (ACCEPTED.indexOf(header.alg) < 0) throw new Error('algorithm');\n  ${verify}`],
    ['found at a place', `if (ACCEPTED.indexOf(header.alg) !== -1) { ${verify} }`],
    ['found at a place from the first on', `if (ACCEPTED.indexOf(header.alg) >= 0) { ${verify} }`],
    ['found at a place behind none', `if (ACCEPTED.indexOf(header.alg) > -1) { ${verify} }`],
    ['compared with a constant', `if (header.alg !== ALGORITHM) throw new Error('algorithm');\n  ${verify}`],
    ['compared with a setting', `if (header.alg !== settings.jwt.algorithm) throw new Error('algorithm');\n  ${verify}`],
    ['read as it may be missing', `if (header?.alg !== 'RS256') throw new Error('algorithm');\n  ${verify}`],
    ['read as it is surely there', `if (header!.alg !== 'RS256') throw new Error('algorithm');\n  ${verify}`],
    ['beside one that is written out', "if (header.alg === 'RS256') return verify(token, { algorithms: ['PS256', header.alg] });"],
    ['without a list around it', "if (header.alg === 'RS256') return verify(token, { algorithms: header.alg });"],
    ['with a type', "if (header.alg === 'RS256') return verify(token, { algorithms: [header.alg] as Algorithm[] });"],
  ])('%s', (_, code) => {
    expect(isChecked(code)).toBe(true);
  });
});

describe('an algorithm that a token names and the program has not checked', () => {
  it.each<readonly [string, string]>([
    ['at all', verify],
    ['but for `none`', `if (header.alg === 'none') { ${verify} }`],
    ['but for two families', `if (MIXED.includes(header.alg)) { ${verify} }`],
    ['but for two families by name', `if (header.alg === 'RS256' || header.alg === 'HS256') { ${verify} }`],
    ['but for two families, refused before', `if (header.alg !== 'RS256' && header.alg !== 'HS256') throw new Error('algorithm');\n  ${verify}`],
    ['where something else will do', `if (header.alg === 'RS256' || header.kid) { ${verify} }`],
    ['where something else will do, in front', `if (header.kid || header.alg === 'RS256') { ${verify} }`],
    ['where both must be wrong', `if (header.alg !== 'RS256' && !header.kid) throw new Error('algorithm');\n  ${verify}`],
    ['in the other branch', `if (header.alg === 'RS256') refuse();\n  else { ${verify} }`],
    ['in the other case', "return header.alg === 'RS256' ? undefined : verify(token, { algorithms: [header.alg] });"],
    ['behind `||`', "return header.alg === 'RS256' || verify(token, { algorithms: [header.alg] });"],
    ['in front of the test', "return verify(token, { algorithms: [header.alg] }) && header.alg === 'RS256';"],
    ['with consequences', `if (header.alg !== 'RS256') console.warn(header.alg);\n  ${verify}`],
    ['but refused', `if (header.alg === 'RS256') throw new Error('algorithm');\n  ${verify}`],
    ['where it is another', `if (header.alg !== 'RS256') { ${verify} }`],
    ['but behind the use', `const claims = verify(token, { algorithms: [header.alg] });\n  if (header.alg !== 'RS256') throw new Error('algorithm');\n  return claims;`],
    ['but another part of the header', `if (header.typ !== 'JWT') throw new Error('type');\n  ${verify}`],
    ['but another part of the header, by a list', `if (!TYPES.includes(header.typ)) throw new Error('type');\n  ${verify}`],
    ['but with what the token says', `if (header.alg !== header.expected) throw new Error('algorithm');\n  ${verify}`],
    ['but with a list of the token', `if (!header.accepted.includes(header.alg)) throw new Error('algorithm');\n  ${verify}`],
    ['but with a list of the token that the object holds', "if (!this.header.accepted.includes(this.header.alg)) return undefined;\n  return verify(token, { algorithms: [this.header.alg] });"],
    ['but with a number', `if (header.alg !== 256) throw new Error('algorithm');\n  ${verify}`],
    ['but with what a function gives', `if (header.alg !== expected(header)) throw new Error('algorithm');\n  ${verify}`],
    ['but where it is in a list', `if (ACCEPTED.includes(header.alg)) throw new Error('algorithm');\n  ${verify}`],
    ['but where it is not found', `if (ACCEPTED.indexOf(header.alg) === -1) { ${verify} }`],
    ['but where it is at no place', `if (ACCEPTED.indexOf(header.alg) < 0) { ${verify} }`],
    ['but refused where it is found', `if (ACCEPTED.indexOf(header.alg) !== -1) throw new Error('algorithm');\n  ${verify}`],
    ['but refused from the first place on', `if (ACCEPTED.indexOf(header.alg) >= 0) throw new Error('algorithm');\n  ${verify}`],
    ['but for the place of something else', `if (ACCEPTED.indexOf(header.alg) !== 1) { ${verify} }`],
    ['but for a place that is not the first', `if (ACCEPTED.indexOf(header.alg) > 0 === true) { ${verify} }`],
    ['but as text', `if (typeof header.alg !== 'string') throw new Error('algorithm');\n  ${verify}`],
    ['but by a function', `if (!isAccepted(header.alg)) throw new Error('algorithm');\n  ${verify}`],
    ['but by a function of that name', `if (includes(header.alg)) { ${verify} }`],
    ['but by a list that is asked nothing', `if (ACCEPTED.includes()) { ${verify} }`],
    ['but for being there', `if (header.alg) { ${verify} }`],
    ['but by its sign', `if (-header.alg) { ${verify} }`],
    ['beside another', "if (header.alg === 'RS256') return verify(token, { algorithms: [header.alg, other.alg] });"],
    ['beside a hole', "if (header.alg === 'RS256') return verify(token, { algorithms: [, header.alg] });"],
  ])('%s', (_, code) => {
    expect(isChecked(code)).toBe(false);
  });
});
