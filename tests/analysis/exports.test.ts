import { describe, expect, it } from 'vitest';
import type { UnionValue, Value } from '../../src/analysis/value.ts';
import { type Files, inProject } from './project.ts';

/** How the alternatives came about. */
const JOINTS: Readonly<Record<UnionValue['how'], string>> = { condition: ' or ', fallback: ' else ', writes: ' or later ', default: ' by default ' };

function inWords(value: Value): string {
  switch (value.kind) {
    case 'primitive': return String(value.value);
    case 'environment': return `variable ${value.name ?? '?'}`;
    case 'union': return [...new Set(value.members.map(inWords))].join(JOINTS[value.how]);
    case 'api': return `${value.library} ${value.path}`;
    case 'unknown': return `? ${value.because}`;
    default: return value.kind;
  }
}

/** What the key is that a file signs with, whose text takes it from the other files. */
function keyIn(code: string, files: Files, filename = 'tokens.ts'): string {
  const sign = filename.endsWith('.cjs') ? "const { sign } = require('jsonwebtoken');\n" : "import { sign } from 'jsonwebtoken';\n";
  return inProject({ [filename]: `${sign}${code}\nsign({ sub: '1' }, key);\n`, ...files }, (operations) => operations.map(({ key }) => (key ? inWords(key.value) : 'none')).join(', '));
}

const named = "import { key } from './keys';";

describe('what a module exports', () => {
  it.each<readonly [string, string, Files, string]>([
    ['a constant', named, { 'keys.ts': "export const key = 'secret';" }, 'secret'],
    ['a variable that is written later', named, { 'keys.ts': "export let key = '';\nkey = process.env.JWT_SECRET;" }, 'variable JWT_SECRET'],
    ['a variable that is listed before it is written', named, { 'keys.ts': "export { key };\nlet key = '';\nkey = process.env.JWT_SECRET;" }, 'variable JWT_SECRET'],
    ['an import that is handed on', named, { 'keys.ts': "import { secret as key } from './more';\nexport { key };", 'more.ts': "export const secret = 'secret';" }, 'secret'],
    ['a constant in a list of exports, under another name', named, { 'keys.ts': "const secret = 'secret';\nexport { secret as key };" }, 'secret'],
    ['a name that is a text', "import { 'signing-key' as key } from './keys';", { 'keys.ts': "const secret = 'secret';\nexport { secret as 'signing-key' };" }, 'secret'],
    ['a part of an object', named, { 'keys.ts': "export const { key, ...rest } = { key: 'secret', id: 1 };" }, 'secret'],
    ['the rest of an object', "import { rest } from './keys';\nconst { key } = rest;", { 'keys.ts': "export const { id, ...rest } = { key: 'secret', id: 1 };" }, 'secret'],
    ['a part of an object with a default', named, { 'keys.ts': "export const { key = 'spare' } = {};" }, 'spare'],
    ['a part of a list', named, { 'keys.ts': "export const [, key] = ['id', 'secret'];" }, 'secret'],
    ['a function', "import { read } from './keys';\nconst key = read();", { 'keys.ts': "export function read() { return 'secret'; }" }, 'secret'],
    ['a class', "import { Keys } from './keys';\nconst key = Keys.current;", { 'keys.ts': "export class Keys { static current = 'secret'; }" }, 'secret'],
    ['an enumeration', "import { Keys } from './keys';\nconst key = Keys.Current;", { 'keys.ts': "export enum Keys { Current = 'secret' }" }, 'secret'],
    ['a default', "import key from './keys';", { 'keys.ts': "export default 'secret';" }, 'secret'],
    ['a namespace', "import * as keys from './keys';\nconst { key } = keys;", { 'keys.ts': "export const key = 'secret';" }, 'secret'],
    ['a type beside a value', named, { 'keys.ts': "import type { Key } from './types';\nexport type { Key };\nexport const key: Key = 'secret';" }, 'secret'],
    ['nothing of that name', named, { 'keys.ts': "export const secret = 'secret';" }, '? «key» is not exported there'],
  ])('%s', (_, code, files, expected) => {
    expect(keyIn(code, files)).toBe(expected);
  });
});

describe('what a module exports of others', () => {
  it.each<readonly [string, string, Files, string]>([
    ['by name', named, { 'keys.ts': "export { secret as key } from './more';", 'more.ts': "export const secret = 'secret';" }, 'secret'],
    ['everything', named, { 'keys.ts': "export * from './none';\nexport * from './more';", 'none.ts': 'export const id = 1;', 'more.ts': "export const key = 'secret';" }, 'secret'],
    ['everything, where its own comes first', named, { 'keys.ts': "export * from './more';\nexport const key = 'own';", 'more.ts': "export const key = 'secret';" }, 'own'],
    ['everything under a name', "import { keys } from './keys';\nconst { key } = keys;", { 'keys.ts': "export * as keys from './more';", 'more.ts': "export const key = 'secret';" }, 'secret'],
    ['everything of each other', named, { 'keys.ts': "export * from './more';\nexport const id = 1;", 'more.ts': "export * from './keys';\nexport const number = 2;" }, '? «key» is not exported there'],
    ['everything of three that know each other', named, { 'keys.ts': "export * from './users';\nexport * from './roles';", 'users.ts': "export * from './keys';\nexport * from './roles';\nexport const user = 1;", 'roles.ts': "export * from './users';\nexport * from './keys';\nexport const role = 2;" }, '? «key» is not exported there'],
    ['everything of each other, and a key', named, { 'keys.ts': "export * from './more';\nexport const id = 1;", 'more.ts': "export * from './keys';\nexport const key = 'secret';" }, 'secret'],
    ['a name of CommonJS', named, { 'keys.ts': "export { secret as key } from './more.cjs';", 'more.cjs': "exports.secret = 'secret';" }, 'secret'],
    ['everything of CommonJS', named, { 'keys.ts': "export * from './more.cjs';", 'more.cjs': "exports.key = 'secret';" }, 'secret'],
    ['the default of a JSON file', "import { settings } from './keys';\nconst { key } = settings;", { 'keys.ts': "export { default as settings } from './settings.json';", 'settings.json': '{ "key": "secret" }' }, 'secret'],
    ['the function that signs', "import { issue } from './keys';\nconst key = 'own';\nissue({ sub: '1' }, 'secret');", { 'keys.ts': "export { sign as issue } from 'jsonwebtoken';" }, 'secret, own'],
    ['everything of the library', "import * as keys from './keys';\nconst key = 'own';\nkeys.sign({ sub: '1' }, 'secret');", { 'keys.ts': "export * from 'jsonwebtoken';" }, 'secret, own'],
  ])('%s', (_, code, files, expected) => {
    expect(keyIn(code, files)).toBe(expected);
  });
});

const required = "const { key } = require('./keys.cjs');";

describe('what CommonJS exports', () => {
  it.each<readonly [string, string, string]>([
    ['a member', "exports.key = 'secret';", 'secret'],
    ['a member of the module', "module.exports.key = 'secret';", 'secret'],
    ['a member whose name is a text', "exports['key'] = 'secret';", 'secret'],
    ['several members at once', "exports.id = exports.key = 'secret';", 'secret'],
    ['names that compiled code declares first', "Object.defineProperty(exports, '__esModule', { value: true });\nexports.key = exports.id = void 0;\nexports.key = 'secret';", 'secret'],
    ['a name that compiled code declares, and nothing else', "Object.defineProperty(exports, '__esModule', { value: true });\nexports.id = void 0;\nexports.id = 1;", 'none'],
    ['an object', "module.exports = { key: 'secret' };", 'secret'],
    ['an object, also as `exports`', "exports = module.exports = { key: 'secret' };", 'secret'],
    ['an object that is kept in a variable', "const keys = module.exports = { id: 1 };\nkeys.key = 'secret';", 'secret'],
    ['an object and a member', "module.exports = { id: 1 };\nmodule.exports.key = 'secret';", 'secret'],
    ['one of two objects and a member', "module.exports = process.env.CI ? { id: 1 } : { id: 2 };\nmodule.exports.key = 'secret';", 'secret'],
    ['a function with a member', "module.exports = () => 1;\nmodule.exports.key = 'secret';", '? it is put on a function'],
    ['members put in at once', "Object.assign(exports, { id: 1, key: 'secret' });", 'secret'],
    ['members put in at once, and none of that name', "Object.assign(exports, { id: 1, number: 2 });", 'none'],
    ['one of two objects', "module.exports = process.env.CI ? { key: 'test' } : { key: 'secret' };\nmodule.exports.id = 1;", 'test or secret'],
    ['the object of another module', "module.exports = require('./more.cjs');", 'more'],
    ['a member of another object of that name', "const cache = { exports: {} };\ncache.exports.key = 'secret';\nexports.id = 1;", 'none'],
    ['no member of that name', 'exports.id = 1;\nexports.secret = read();\nmodule.exports.number = exports.id;', 'none'],
    ['nothing', "const key = 'secret';", '? the file exports nothing that can be seen'],
  ])('%s', (_, code, expected) => {
    expect(keyIn(required, { 'keys.cjs': code, 'more.cjs': "exports.key = 'more';" }, 'tokens.cjs')).toBe(expected);
  });

  it.each<readonly [string, string]>([
    ['a member under a computed name', "exports.id = 1;\nexports[NAME] = process.env.KEY;"],
    ['members in a loop', 'exports.id = 1;\nfor (const name of NAMES) module.exports[name] = process.env[name];'],
    ['a member on a condition', "exports.id = 1;\nif (process.env.CI) exports.key = 'test';\nelse exports.key = process.env.KEY;"],
    ['a member in a function', 'exports.id = 1;\nexports.load = async () => { exports.key = await read(); };'],
    ['an object on a condition', "exports.id = 1;\nif (process.env.CI) module.exports = require('./more.cjs');"],
    ['members of another object', "exports.id = 1;\nObject.assign(exports, require('./more.cjs'));"],
    ['members of which one is computed', "exports.id = 1;\nObject.assign(exports, { [NAME]: 'key' });"],
    ['members of which some are spread', "exports.id = 1;\nObject.assign(exports, { number: 1, ...require('./more.cjs') });"],
    ['what a compiler does for all exports of another module', "exports.id = 1;\n__exportStar(require('./more.cjs'), exports);"],
    ['a member that is set where it is missing', "exports.id = 1;\nexports.key ??= process.env.KEY;"],
    ['what a bundler does for all exports', "exports.id = 1;\n__export(exports, { key: () => key });"],
    ['a member with a getter', "exports.id = 1;\nObject.defineProperty(exports, 'key', { enumerable: true, get: () => more.key });"],
    ['a member through a variable', "exports.id = 1;\nconst self = exports;\nself.key = 'secret';"],
    ['an object to which a loop adds', 'module.exports = { id: 1 };\nfor (const name of NAMES) module.exports[name] = process.env[name];'],
    ['one of two objects to which a loop adds', 'module.exports = process.env.CI ? { id: 1 } : { id: 2 };\nfor (const name of NAMES) module.exports[name] = process.env[name];'],
  ])('not all of it: %s', (_, code) => {
    expect(keyIn(required, { 'keys.cjs': code, 'more.cjs': "exports.key = 'more';" }, 'tokens.cjs')).toBe('? the file exports more than can be seen');
  });

  const imports: readonly (readonly [string, string])[] = [
    ['an import', "import settings from './keys.cjs';\nconst { key } = settings;"],
    ['an import of the name', "import { default as settings } from './keys.cjs';\nconst { key } = settings;"],
    ['a namespace', "import * as keys from './keys.cjs';\nconst { key } = keys.default;"],
    ['an import at run time', "const { default: settings } = await import('./keys.cjs');\nconst { key } = settings;"],
    ['an export of it', "import { settings } from './barrel';\nconst { key } = settings;"],
  ];
  it.each(imports)('the default, or the whole where there is none: %s', (_, code) => {
    const found = (text: string) => keyIn(code, { 'keys.cjs': text, 'barrel.ts': "export { default as settings } from './keys.cjs';" });
    expect(found("exports.key = 'secret';")).toBe('secret');
    expect(found("exports.key = 'secret';\nexports.default = { key: 'of the default' };")).toBe('of the default');
    expect(found("module.exports = process.env.CI ? { key: 'test' } : { key: 'secret' };")).toBe('test or secret');
  });

  it('a whole that is no object', () => {
    expect(keyIn("import key from './keys.cjs';", { 'keys.cjs': "module.exports = 'secret';" })).toBe('secret');
    expect(keyIn("import read from './keys.cjs';\nconst key = read();", { 'keys.cjs': "module.exports = () => 'secret';" })).toBe('secret');
    expect(keyIn("const key = require('./keys.cjs');", { 'keys.cjs': "module.exports = 'secret';" }, 'tokens.cjs')).toBe('secret');
    expect(keyIn("const keys = require('./keys.cjs');\nconst key = keys.default;", { 'keys.cjs': "module.exports = { key: 'secret' };" }, 'tokens.cjs')).toBe('none');
  });

  it('no default that everything of a module has', () => {
    expect(keyIn("import settings from './barrel';\nconst { key } = settings;", { 'barrel.ts': "export * from './keys.cjs';", 'keys.cjs': "exports.key = 'secret';" })).toBe('? «default» is not exported there');
  });

  it.each<readonly [string, string, string]>([
    ['a member', "exports.id = 1;\nexports.key = 'secret';\nconst { key } = exports;", 'secret'],
    ['a member that compiled code declares first', "exports.key = exports.id = void 0;\nexports.key = 'secret';\nconst key = exports.key;", 'secret'],
    ['a member that is written twice', "exports.key = 'test';\nif (process.env.CI) start();\nexports.key = 'secret';\nconst key = exports.key;", 'test or later secret'],
    ['a member that is not there', 'exports.id = 1;\nconst key = exports.key;', '#global exports.key'],
    ['a number', "const { offset } = require('./keys.cjs');\nconst key = `secret${offset}`;", 'secret-60'],
  ])('as the file itself reads it: %s', (_, code, expected) => {
    expect(keyIn(code, { 'keys.cjs': 'exports.offset = -60;' }, 'tokens.cjs')).toBe(expected);
  });

  it('a whole that TypeScript exports', () => {
    expect(keyIn("import settings = require('./keys');\nconst { key } = settings;", { 'keys.ts': "export = { key: 'secret' };" })).toBe('secret');
  });

  it('imports in a file of CommonJS do not make it another', () => {
    expect(keyIn("import settings = require('./keys.cjs');\nconst { key } = settings;", { 'keys.cts': "import { id } from './id';\nexports.key = 'secret';" })).toBe('secret');
    expect(keyIn(named, { 'keys.ts': "import { id } from './id';\nmodule.exports = { key: 'secret' };" })).toBe('secret');
  });
});
