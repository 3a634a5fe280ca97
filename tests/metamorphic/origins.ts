import { everywhere, type Fragment, importDefault, importNamed, type Production } from './production.ts';

/** Which export of which module a program calls, and with what. */
export interface Target {
  readonly specifier: string;
  readonly name: string;
  /** Arguments as source text. */
  readonly arguments: readonly string[];
  /** The module has a default export (or is CommonJS). */
  readonly hasDefault: boolean;
  /** Constructed with `new`, and what is called on the instance. */
  readonly construct?: string;
  /** The function takes a callback, so it can be promisified. */
  readonly callbackStyle: boolean;
}

function call(callee: string, target: Target): string {
  const args = target.arguments.join(', ');
  return target.construct === undefined ? `${callee}(${args})` : `new ${callee}(${args})${target.construct}`;
}

/** Productions that need a default export are left out for modules without one by `combine.ts`. */
export interface Origin extends Production<Target> {
  readonly needsDefault?: boolean;
  /** Works for constructors too. */
  readonly constructs: boolean;
  readonly needsCallbackStyle?: boolean;
}

const plain = (name: string, formats: Origin['formats'], render: (target: Target, format: 'esm' | 'cjs' | 'ts') => Fragment, more: Partial<Origin> = {}): Origin => ({ name, formats, render, constructs: true, ...more });

/** How a program can get hold of a function of a library. */
export const origins: readonly Origin[] = [
  plain('default import', everywhere, (t, f) => ({ top: importDefault('lib', t.specifier, f), expression: call(`lib.${t.name}`, t) }), { needsDefault: true }),
  plain('namespace import', ['esm', 'ts'], (t) => ({ top: `import * as lib from '${t.specifier}';`, expression: call(`lib.${t.name}`, t) })),
  plain('named import', everywhere, (t, f) => ({ top: importNamed(t.name, t.specifier, f), expression: call(t.name, t) })),
  plain('renamed import', everywhere, (t, f) => ({ top: importNamed(`${t.name} as run`, t.specifier, f), expression: call('run', t) })),
  plain('default and named import', ['esm', 'ts'], (t) => ({ top: `import lib, { ${t.name} } from '${t.specifier}';`, expression: call(t.name, t) }), { needsDefault: true }),
  plain('default as', ['esm', 'ts'], (t) => ({ top: `import { default as lib } from '${t.specifier}';`, expression: call(`lib.${t.name}`, t) }), { needsDefault: true }),
  plain('namespace default', ['esm', 'ts'], (t) => ({ top: `import * as ns from '${t.specifier}';`, expression: call(`ns.default.${t.name}`, t) }), { needsDefault: true }),
  plain('type import beside a value import', ['ts'], (t) => ({ top: `import type * as Types from '${t.specifier}';\nimport { ${t.name} } from '${t.specifier}';`, expression: call(t.name, t) })),
  plain('import equals', ['ts'], (t) => ({ top: `import lib = require('${t.specifier}');`, expression: call(`lib.${t.name}`, t) })),
  plain('require member', ['cjs', 'esm'], (t) => ({ top: `const run = require('${t.specifier}').${t.name};`, expression: call('run', t) })),
  plain('require inline', ['cjs', 'esm'], (t) => ({ expression: t.construct === undefined ? call(`require('${t.specifier}').${t.name}`, t) : call(`(require('${t.specifier}').${t.name})`, t) })),
  plain('require declared by TypeScript', ['ts'], (t) => ({ top: `declare const require: (name: string) => any;\nconst lib = require('${t.specifier}');`, expression: call(`lib.${t.name}`, t) })),
  plain('require inside the function', ['cjs'], (t) => ({ before: `const lib = require('${t.specifier}');`, expression: call(`lib.${t.name}`, t) })),
  plain('createRequire', ['esm'], (t) => ({ top: `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\nconst lib = require('${t.specifier}');`, expression: call(`lib.${t.name}`, t) })),
  plain('lazy require', ['cjs'], (t) => ({ top: `let lib;\nfunction load() { lib = lib || require('${t.specifier}'); return lib; }`, expression: call(`load().${t.name}`, t) }), { constructs: false }),
  plain('lazy require with ??=', ['cjs'], (t) => ({ top: 'let lib;', before: `lib ??= require('${t.specifier}');`, expression: call(`lib.${t.name}`, t) })),
  plain('let and one write', ['cjs', 'esm'], (t) => ({ top: `let lib;\nlib = require('${t.specifier}');`, expression: call(`lib.${t.name}`, t) })),
  plain('await import', everywhere, (t) => ({ before: `const lib = await import('${t.specifier}');`, expression: call(`lib.${t.name}`, t) })),
  plain('await import destructured', everywhere, (t) => ({ before: `const { ${t.name}: run } = await import('${t.specifier}');`, expression: call('run', t) })),
  plain('await import default', everywhere, (t) => ({ before: `const lib = (await import('${t.specifier}')).default;`, expression: call(`lib.${t.name}`, t) }), { needsDefault: true }),
  plain('import then', everywhere, (t) => ({ expression: `import('${t.specifier}').then((lib) => ${call(`lib.${t.name}`, t)})` })),
  plain('import then destructured', everywhere, (t) => ({ expression: `import('${t.specifier}').then(({ ${t.name}: run }) => ${call('run', t)})` })),
  plain('alias constant', everywhere, (t, f) => ({ top: `${importNamed(t.name, t.specifier, f)}\nconst first = ${t.name};\nconst second = first;`, expression: call('second', t) })),
  plain('method in a constant', everywhere, (t, f) => ({ top: `${importDefault('lib', t.specifier, f)}\nconst run = lib.${t.name};`, expression: call('run', t) }), { needsDefault: true }),
  plain('destructured from the default', everywhere, (t, f) => ({ top: `${importDefault('lib', t.specifier, f)}\nconst { ${t.name}: run } = lib;`, expression: call('run', t) }), { needsDefault: true }),
  plain('held in an object', everywhere, (t, f) => ({ top: `${importNamed(t.name, t.specifier, f)}\nconst tokens = { run: ${t.name} };`, expression: call('tokens.run', t) })),
  plain('promisify', everywhere, (t, f) => ({ top: `${importNamed('promisify', 'node:util', f)}\n${importDefault('lib', t.specifier, f)}\nconst run = promisify(lib.${t.name});`, expression: `await ${call('run', t)}` }), { needsDefault: true, constructs: false, needsCallbackStyle: true }),
  plain('promisify of a bound method', everywhere, (t, f) => ({ top: `${importDefault('util', 'util', f)}\n${importDefault('lib', t.specifier, f)}\nconst run = util.promisify(lib.${t.name}).bind(lib);`, expression: `await ${call('run', t)}` }), { needsDefault: true, constructs: false, needsCallbackStyle: true }),
  plain('promisify of a require', ['cjs'], (t) => ({ top: `const run = require('util').promisify(require('${t.specifier}').${t.name});`, expression: `await ${call('run', t)}` }), { constructs: false, needsCallbackStyle: true }),
  plain('bind', everywhere, (t, f) => ({ top: `${importDefault('lib', t.specifier, f)}\nconst run = lib.${t.name}.bind(lib);`, expression: call('run', t) }), { needsDefault: true, constructs: false }),
  plain('call', everywhere, (t, f) => ({ top: importDefault('lib', t.specifier, f), expression: `lib.${t.name}.call(lib, ${t.arguments.join(', ')})` }), { needsDefault: true, constructs: false }),
  plain('apply', everywhere, (t, f) => ({ top: importDefault('lib', t.specifier, f), expression: `lib.${t.name}.apply(lib, [${t.arguments.join(', ')}])` }), { needsDefault: true, constructs: false }),
  plain('computed member', everywhere, (t, f) => ({ top: importNamed(`${t.name} as run`, t.specifier, f), before: `const lib = { '${t.name}': run };\nconst method = '${t.name}';`, expression: call('lib[method]', t) })),
  plain('quoted member', everywhere, (t, f) => ({ top: importDefault('lib', t.specifier, f), expression: call(`lib['${t.name}']`, t) }), { needsDefault: true }),
  plain('optional chaining', everywhere, (t, f) => ({ top: importDefault('lib', t.specifier, f), expression: call(`lib?.${t.name}?.`, t) }), { needsDefault: true, constructs: false }),
  plain('cast', ['ts'], (t, f) => ({ top: importDefault('lib', t.specifier, f), expression: call(`(lib as any).${t.name}`, t) }), { needsDefault: true }),
  plain('cast of the function', ['ts'], (t, f) => ({ top: importNamed(t.name, t.specifier, f), expression: call(`(${t.name} as any)`, t) })),
  plain('non-null', ['ts'], (t, f) => ({ top: importDefault('lib', t.specifier, f), expression: call(`lib!.${t.name}`, t) }), { needsDefault: true }),
  plain('class field', everywhere, (t, f) => ({ top: importNamed(`${t.name} as imported`, t.specifier, f), expression: call('this.run', t), around: (s) => `class Tokens {\n  run = imported;\n  async use(token, user, req, res, next) {\n    ${s}\n  }\n}` })),
  plain('private class field', everywhere, (t, f) => ({ top: importNamed(`${t.name} as imported`, t.specifier, f), expression: call('this.#run', t), around: (s) => `class Tokens {\n  #run = imported;\n  async use(token, user, req, res, next) {\n    ${s}\n  }\n}` })),
  plain('constructor default', everywhere, (t, f) => ({ top: importNamed(`${t.name} as imported`, t.specifier, f), expression: call('this.run', t), around: (s) => `class Tokens {\n  constructor(run = imported) { this.run = run; }\n  async use(token, user, req, res, next) {\n    ${s}\n  }\n}` })),
  plain('parameter property', ['ts'], (t, f) => ({ top: importNamed(`${t.name} as imported`, t.specifier, f), expression: call('this.run', t), around: (s) => `class Tokens {\n  constructor(private readonly run: typeof imported = imported) {}\n  async use(token: string, user: any, req: any, res: any, next: any) {\n    ${s}\n  }\n}` })),
  plain('parameter typed by the function', ['ts'], (t, f) => ({ top: importNamed(`${t.name} as imported`, t.specifier, f), expression: call('run', t), around: (s) => `export async function use(run: typeof imported, token: string, user: any, req: any, res: any, next: any) {\n  ${s}\n}` })),
  plain('re-exported by a local module', everywhere, (t, f) => ({
    top: importNamed(`${t.name} as run`, f === 'ts' ? './lib' : './lib.js', f), expression: call('run', t),
    files: f === 'cjs' ? { 'lib.js': `module.exports = require('${t.specifier}');\n` } : { [`lib.${f === 'ts' ? 'ts' : 'js'}`]: `export { ${t.name} } from '${t.specifier}';\n` },
  })),
  plain('re-exported with a star', ['esm', 'ts'], (t, f) => ({ top: `import { ${t.name} } from './${f === 'ts' ? 'lib' : 'lib.js'}';`, expression: call(t.name, t), files: { [`lib.${f === 'ts' ? 'ts' : 'js'}`]: `export * from '${t.specifier}';\n` } })),
  plain('re-exported default', everywhere, (t, f) => ({
    top: importNamed('jwt', f === 'ts' ? './lib' : './lib.js', f), expression: call(`jwt.${t.name}`, t),
    files: f === 'cjs' ? { 'lib.js': `exports.jwt = require('${t.specifier}');\n` } : { [`lib.${f === 'ts' ? 'ts' : 'js'}`]: `export { default as jwt } from '${t.specifier}';\n` },
  }), { needsDefault: true }),
  plain('through two barrels', ['esm', 'ts'], (t, f) => ({
    top: `import { tokens } from './${f === 'ts' ? 'index' : 'index.js'}';`, expression: call(`tokens.${t.name}`, t),
    files: { [`index.${f === 'ts' ? 'ts' : 'js'}`]: `export * from './inner${f === 'ts' ? '' : '.js'}';\n`, [`inner.${f === 'ts' ? 'ts' : 'js'}`]: `export * as tokens from '${t.specifier}';\n` },
  })),
  plain('compiled by TypeScript', ['cjs'], (t) => ({
    top: `"use strict";\nvar __importDefault = (this && this.__importDefault) || function (mod) {\n    return (mod && mod.__esModule) ? mod : { "default": mod };\n};\nconst lib_1 = __importDefault(require("${t.specifier}"));`,
    expression: call(`lib_1.default.${t.name}`, t),
  }), { needsDefault: true }),
  plain('compiled by TypeScript, named', ['cjs'], (t) => ({ top: `"use strict";\nconst lib_1 = require("${t.specifier}");`, expression: t.construct === undefined ? `(0, lib_1.${t.name})(${t.arguments.join(', ')})` : call(`lib_1.${t.name}`, t) })),
  plain('compiled by Babel', ['cjs'], (t) => ({
    top: `"use strict";\nfunction _interopRequireDefault(e) { return e && e.__esModule ? e : { default: e }; }\nvar _lib = _interopRequireDefault(require("${t.specifier}"));`,
    expression: t.construct === undefined ? call(`_lib.default.${t.name}`, t) : call(`_lib.default.${t.name}`, t),
  }), { needsDefault: true }),
  plain('Deno npm specifier', ['esm', 'ts'], (t) => ({ top: `import { ${t.name} } from 'npm:${t.specifier}@5';`, expression: call(t.name, t) })),
  plain('conditional require', ['cjs'], (t) => ({ top: `const lib = process.env.NO_JWT ? null : require('${t.specifier}');`, expression: call(`lib.${t.name}`, t) })),
  plain('try require', ['cjs'], (t) => ({ top: `let lib;\ntry { lib = require('${t.specifier}'); } catch (error) { console.error(error); }`, expression: call(`lib.${t.name}`, t) })),
];
