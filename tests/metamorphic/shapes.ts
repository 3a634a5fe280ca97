import { everywhere, type Fragment, importDefault, importNamed, localModule, type Format, type Production } from './production.ts';

const shape = (name: string, formats: readonly Format[], render: (object: string, format: Format) => Fragment): Production<string> => ({ name, formats, render });
const entries = (object: string): string => object.replace(/^\{\s*|\s*\}$/g, '');
/** Top-level entries of an object literal. */
function split(object: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = '';
  for (const character of entries(object)) {
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character)) depth--;
    if (character === ',' && depth === 0) {
      parts.push(current.trim());
      current = '';
    } else current += character;
  }
  return current.trim() === '' ? parts : [...parts, current.trim()];
}
const key = (entry: string): string => entry.slice(0, entry.indexOf(':')).trim();
const value = (entry: string): string => entry.slice(entry.indexOf(':') + 1).trim();

/** How a program can hold an options object. */
export const shapes: readonly Production<string>[] = [
  shape('inline', everywhere, (o) => ({ expression: o })),
  shape('constant', everywhere, (o) => ({ top: `const settings = ${o};`, expression: 'settings' })),
  shape('constant in the function', everywhere, (o) => ({ before: `const settings = ${o};`, expression: 'settings' })),
  shape('let with one write', everywhere, (o) => ({ top: `let settings;\nsettings = ${o};`, expression: 'settings' })),
  shape('var declared later', ['cjs', 'esm'], (o) => ({ before: `var settings;\nsettings = ${o};`, expression: 'settings' })),
  shape('alias of a constant', everywhere, (o) => ({ top: `const settings = ${o};\nconst shared = settings;`, expression: 'shared' })),
  shape('property writes after creation', everywhere, (o, f) => ({ before: [`const settings${f === 'ts' ? ': any' : ''} = {};`, ...split(o).map((entry) => `settings.${key(entry)} = ${value(entry)};`)].join('\n'), expression: 'settings' })),
  shape('quoted property writes', everywhere, (o, f) => ({ before: [`const settings${f === 'ts' ? ': any' : ''} = {};`, ...split(o).map((entry) => `settings['${key(entry)}'] = ${value(entry)};`)].join('\n'), expression: 'settings' })),
  shape('spread', everywhere, (o) => ({ top: `const base = ${o};`, expression: '{ ...base }' })),
  shape('spread first', everywhere, (o) => ({ top: `const base = ${o};`, expression: `{ ...base, ${split(o).at(-1) ?? ''} }` })),
  shape('spread last', everywhere, (o) => ({ top: `const base = ${o};\nconst defaults = {};`, expression: '{ ...defaults, ...base }' })),
  shape('spread of nothing', everywhere, (o) => ({ expression: `{ ...(undefined), ${entries(o)} }` })),
  shape('Object.assign', everywhere, (o) => ({ top: `const base = ${o};`, expression: 'Object.assign({}, base)' })),
  shape('Object.assign onto the object', everywhere, (o, f) => ({ before: `const settings${f === 'ts' ? ': any' : ''} = {};\nObject.assign(settings, ${o});`, expression: 'settings' })),
  shape('Object.freeze', everywhere, (o) => ({ top: `const settings = Object.freeze(${o});`, expression: 'settings' })),
  shape('as const', ['ts'], (o) => ({ top: `const settings = ${o} as const;`, expression: 'settings' })),
  shape('satisfies', ['ts'], (o) => ({ top: `const settings = ${o} satisfies object;`, expression: 'settings' })),
  shape('cast', ['ts'], (o) => ({ expression: `(${o} as any)` })),
  shape('typed constant', ['ts'], (o) => ({ top: `const settings: Record<string, unknown> = ${o};`, expression: 'settings!' })),
  shape('ternary of equals', everywhere, (o) => ({ top: 'const production = process.env.NODE_ENV === \'production\';', expression: `production ? ${o} : ${o}` })),
  shape('nullish fallback', everywhere, (o) => ({ top: 'const given = undefined;', expression: `given ?? ${o}` })),
  shape('or fallback', everywhere, (o) => ({ top: 'const given = null;', expression: `given || ${o}` })),
  shape('member of a constant object', everywhere, (o) => ({ top: `const config = { jwt: { settings: ${o} } };`, expression: 'config.jwt.settings' })),
  shape('destructured from a constant object', everywhere, (o) => ({ top: `const config = { jwt: { settings: ${o} } };\nconst { jwt: { settings } } = config;`, expression: 'settings' })),
  shape('static field', everywhere, (o) => ({ top: `class Config {\n  static settings = ${o};\n}`, expression: 'Config.settings' })),
  shape('instance field', everywhere, (o) => ({ top: `class Config {\n  settings = ${o};\n}`, expression: 'new Config().settings' })),
  shape('field set in the constructor', everywhere, (o) => ({ top: `class Config {\n  constructor() { this.settings = ${o}; }\n}\nconst config = new Config();`, expression: 'config.settings' })),
  shape('class getter', everywhere, (o) => ({ top: `class Config {\n  get settings() { return ${o}; }\n}`, expression: 'new Config().settings' })),
  shape('object getter', everywhere, (o) => ({ top: `const config = { get settings() { return ${o}; } };`, expression: 'config.settings' })),
  shape('function that returns it', everywhere, (o) => ({ top: `function settings() { return ${o}; }`, expression: 'settings()' })),
  shape('arrow that returns it', everywhere, (o) => ({ top: `const settings = () => (${o});`, expression: 'settings()' })),
  shape('function that merges', everywhere, (o) => ({ top: `const settings = (extra) => ({ ...${o}, ...extra });`, expression: 'settings({})' })),
  shape('default parameter', everywhere, (o) => ({ top: `const settings = (chosen = ${o}) => chosen;`, expression: 'settings()' })),
  shape('shorthand', everywhere, (o) => ({ before: split(o).map((entry) => `const ${key(entry)} = ${value(entry)};`).join('\n'), expression: `{ ${split(o).map(key).join(', ')} }`, around: (statement) => `{\n${statement}\n}` })),
  shape('imported constant', everywhere, (o, f) => {
    const { files, specifier } = localModule('settings', 'settings', o, f);
    return { top: importNamed('settings', specifier, f), expression: 'settings', files };
  }),
  shape('imported config object', everywhere, (o, f) => {
    const { files, specifier } = localModule('config', 'config', `{ jwt: { settings: ${o} } }`, f);
    return { top: importNamed('config', specifier, f), expression: 'config.jwt.settings', files };
  }),
  shape('default export of a module', everywhere, (o, f) => ({
    top: importDefault('settings', f === 'ts' ? './settings' : './settings.js', f), expression: 'settings',
    files: f === 'cjs' ? { 'settings.js': `module.exports = ${o};\n` } : { [`settings.${f === 'ts' ? 'ts' : 'js'}`]: `export default ${o};\n` },
  })),
  shape('exports.name', ['cjs'], (o) => ({ top: "const { settings } = require('./settings');", expression: 'settings', files: { 'settings.js': `exports.settings = ${o};\n` } })),
  shape('export equals', ['ts'], (o) => ({ top: "import settings = require('./settings');", expression: 'settings', files: { 'settings.ts': `export = ${o};\n` } })),
  shape('imported through a barrel', ['esm', 'ts'], (o, f) => ({
    top: `import { settings } from './config/index${f === 'ts' ? '' : '.js'}';`, expression: 'settings',
    files: { [`config/index.${f === 'ts' ? 'ts' : 'js'}`]: `export { settings } from './settings${f === 'ts' ? '' : '.js'}';\n`, [`config/settings.${f === 'ts' ? 'ts' : 'js'}`]: `export const settings = ${o};\n` },
  })),
  shape('tsconfig path', ['ts'], (o) => ({
    top: "import { settings } from '@app/settings';", expression: 'settings',
    files: { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@app/*": ["./app/*"] } } }\n', 'app/settings.ts': `export const settings = ${o};\n` },
  })),
  shape('package import', ['esm'], (o) => ({
    top: "import { settings } from '#settings';", expression: 'settings',
    files: { 'package.json': '{ "name": "app", "type": "module", "imports": { "#settings": "./settings.js" } }\n', 'settings.js': `export const settings = ${o};\n` },
  })),
];
