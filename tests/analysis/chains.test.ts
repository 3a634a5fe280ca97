import { describe, expect, it } from 'vitest';
import { type Files, inProject } from './project.ts';

/** The algorithms and lifetimes that the calls of the first file decide. */
function decided(files: Files): readonly string[] {
  return inProject(files, (operations) => operations.flatMap((operation) => (['algorithms', 'expiration'] as const).flatMap((name) => operation.settingsAt(name).map(({ node, file }) => `${name} ${file.sourceCode.getText(node as never)}`))));
}

const tokens = "import jwt from 'jsonwebtoken';\nexport const read = (token, algorithms) => jwt.verify(token, process.env.KEY, { algorithms });\nexport class Tokens { issue(id, expiresIn) { return jwt.sign({ id }, process.env.KEY, { expiresIn }); } }\n";

describe('calls through a file that names no library', () => {
  const chains: readonly (readonly [string, string, string, readonly string[]])[] = [
    ['a function', "import { check } from './session.js';\nexport const user = (token) => check(token, ['HS256']);", "import { read } from './tokens.js';\nexport function check(token, algorithms) { return read(token, algorithms); }", ["algorithms ['HS256']"]],
    ['an arrow', "import { check } from './session.js';\nexport const user = (token) => check(token, ['HS256']);", "import * as tokens from './tokens.js';\nexport const check = (token, algorithms) => tokens.read(token, algorithms);", ["algorithms ['HS256']"]],
    ['a method', "import { Session } from './session.js';\nconst session = new Session();\nexport const login = (id) => session.open(id, '90d');", "import { Tokens } from './tokens.js';\nexport class Session { tokens = new Tokens(); open(id, lifetime) { return this.tokens.issue(id, lifetime); } }", ["expiration '90d'"]],
    ['CommonJS', "const { check } = require('./session.js');\nexports.user = (token) => check(token, ['HS256']);", "const tokens = require('./tokens.js');\nexports.check = (token, algorithms) => tokens.read(token, algorithms);", ["algorithms ['HS256']"]],
  ];
  it.each(chains)('%s', (_, caller, between, expected) => {
    expect(decided({ 'caller.js': caller, 'session.js': between, 'tokens.js': tokens })).toEqual(expected);
  });

  it('what the file between decides is not asked of its caller', () => {
    expect(decided({ 'caller.js': "import { check } from './session.js';\nexport const user = (token) => check(token, ['HS256']);", 'session.js': "import { read } from './tokens.js';\nexport const check = (token) => read(token, ['HS512']);", 'tokens.js': tokens })).toEqual([]);
  });

  it('functions of the same names that lead nowhere are no operations', () => {
    expect(decided({ 'caller.js': "import { check } from './session.js';\nexport const user = (token) => check(token, ['HS256']);", 'session.js': "import { read } from './tokens.js';\nexport const check = (token, algorithms) => read(token, algorithms);", 'tokens.js': 'export const read = (token, algorithms) => algorithms.includes(token);' })).toEqual([]);
  });
});
