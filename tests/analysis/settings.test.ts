import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSourceFile } from '../../src/analysis/modules.ts';
import type { JwtOperation } from '../../src/analysis/operation.ts';
import { readerOf } from '../../src/analysis/operations.ts';
import type { Value } from '../../src/analysis/value.ts';
import type { SettingName } from '../../src/libraries/descriptor.ts';
import { inProject } from './project.ts';

/** What is known of a setting, in words: its value (`perhaps` where it may be left out too), `missing`, or why it is not known. */
function inWords(operation: JwtOperation | undefined, name: SettingName): string {
  const setting = operation?.setting(name);
  switch (setting?.state) {
    case 'set': return `${valueInWords(setting.value)}${setting.definite ? '' : ', perhaps'}`;
    case 'unknown': return `? ${setting.because}`;
    case 'missing': return 'missing';
    case undefined: return 'no operation';
  }
}

function valueInWords(value: Value): string {
  switch (value.kind) {
    case 'primitive': return String(value.value);
    case 'array': return `[${[...value.elements.map(valueInWords), ...(value.open ? ['…'] : [])].join(', ')}]`;
    case 'union': return value.members.map(valueInWords).join(' or ');
    case 'unknown': return `? ${value.because}`;
    default: return value.kind;
  }
}

/** The audience of a verification whose options are an expression, behind statements that make it. */
function audience(options: string, before = ''): string {
  return inProject({ 'tokens.ts': `import jwt from 'jsonwebtoken';\n${before}\nexport const check = (token: string, key: string) => jwt.verify(token, key, ${options});\n` }, (operations) => inWords(operations.find(({ kind }) => kind === 'verify'), 'audience'));
}

describe('options as they are written', () => {
  const written: readonly (readonly [string, string])[] = [
    ["{ audience: 'api' }", 'api'],
    ["{ 'audience': 'api' }", 'api'],
    ["{ ['audience']: 'api' }", 'api'],
    ["{ issuer: 'login' }", 'missing'],
    ['{ audience: undefined }', 'missing'],
    ['{ audience: undefined ?? undefined }', 'missing'],
    ["{ get audience() { return 'api'; } }", 'api'],
    ['{ get audience() { if (own) return own; } }', '? a getter computes it'],
    ["{ [name]: 'api' }", '? a property name is computed'],
    ["{ audience: 'api', [name]: 'x' }", 'api or ? a property name is computed'],
    ["{ [name]: 'x', audience: 'api' }", 'api'],
    ["{ ...{ audience: 'api' } }", 'api'],
    ["{ audience: 'api', ...{ issuer: 'login' } }", 'api'],
    ["{ audience: 'old', ...{ audience: 'api' } }", 'api'],
    ["{ ...(production && { audience: 'api' }) }", 'api, perhaps'],
    ["{ ...(production ? { audience: 'api' } : {}) }", 'api, perhaps'],
    ["{ ...(production ? { audience: 'api' } : { audience: 'stage' }) }", 'api or stage'],
    ["{ audience: 'dev', ...(production && { audience: 'api' }) }", 'dev or api'],
    ["{ ...(production ? { audience: 'api' } : load()) }", 'api, perhaps'],
    ["{ audience: 'api', ...undefined, ...null, ...false }", 'api'],
    ["{ audience: 'api', ...'text' }", 'api or ? text is spread into it'],
    ["{ audience: 'api', ...'' }", 'api'],
    ["{ audience: 'api', ...load }", 'api or ? it is spread from something that is not known'],
    ["{ audience: 'api', ...(() => 1) }", 'api'],
    ['{ ...load() }', '? it is spread from something that is not known'],
    ["{ ...{ ...load() } }", '? it is spread from something that is not known'],
    ["{ ...(production ? { ...load() } : {}) }", '? it is spread from something that is not known'],
    ["production ? { audience: 'api' } : {}", 'api, perhaps'],
    ["production ? { audience: 'api' } : { audience: 'stage' }", 'api or stage'],
    ['load()', '? it is given by a function that cannot be seen'],
    ["Object.assign({}, { audience: 'old' }, { audience: 'api' })", 'api'],
    ["Object.freeze({ audience: 'api' })", 'api'],
  ];
  it.each(written)('%s', (options, expected) => {
    expect(audience(options)).toBe(expected);
  });

  it('options of a parameter', () => {
    expect(inProject({ 'tokens.ts': "import jwt from 'jsonwebtoken';\nexport const check = (token: string, key: string, options) => jwt.verify(token, key, options);\n" }, ([operation]) => inWords(operation, 'audience'))).toBe('? it comes from a parameter');
    expect(inProject({ 'tokens.ts': "import jwt from 'jsonwebtoken';\nexport const check = (token: string, key: string, options) => jwt.verify(token, key, { ...options });\n" }, ([operation]) => inWords(operation, 'audience'))).toBe('? it is spread from a parameter');
  });
});

describe('options that are changed before they are used', () => {
  const changes: readonly (readonly [string, string])[] = [
    ["options.audience = 'api';", 'api'],
    ["options['audience'] = 'api';", 'api'],
    ["(options as Options).audience = 'api';", 'api'],
    ["options!.audience = 'api';", 'api'],
    ["options[name] = 'api';", '? a property is written whose name is computed'],
    ["if (production) options.audience = 'api';", 'api, perhaps'],
    ["options.audience = 'dev';\nif (production) options.audience = 'api';", 'dev or api'],
    ["options.audience = 'api';\ndelete options.audience;", 'missing'],
    ["options.audience = 'api';\nif (!production) delete options.audience;", 'api, perhaps'],
    ['delete options.audience;', 'missing'],
    ['if (!production) delete options.audience;', 'missing'],
    ["Object.assign(options, { audience: 'api' });", 'api'],
    ["Object.assign(options, { audience: 'old' }, { audience: 'api' });", 'api'],
    ["if (production) Object.assign(options, { audience: 'api' });", 'api, perhaps'],
    ['Object.assign(options, ...sources);', '? it is filled from a list'],
    ['Object.assign(options, load());', '? it is spread from something that is not known'],
    ["Object.assign({}, options, { audience: 'api' });", 'missing'],
    ["Object.defineProperties(options, { audience: { value: 'api' } });", 'missing'],
    ["assign(options, { audience: 'api' });", 'missing'],
    ["options.audience ??= 'api';", 'api'],
    ["options.audience.push('api');", 'missing'],
    ["const other = { issuer: 'login' };\nother.audience = 'api';", 'missing'],
    ["function configure() {\n  options.audience = 'api';\n}\nconfigure();", 'api, perhaps'],
  ];
  it.each(changes)('%s', (statements, expected) => {
    expect(audience('options', `const options: Options = { issuer: 'login' };\n${statements}`)).toBe(expected);
  });

  it('a change behind the use', () => {
    expect(inProject({ 'tokens.ts': "import jwt from 'jsonwebtoken';\nconst options = {};\njwt.verify(token, key, options);\noptions.audience = 'api';\n" }, ([operation]) => inWords(operation, 'audience'))).toBe('missing');
  });

  it('one of several objects', () => {
    expect(audience('options', "const options = production ? { audience: 'api' } : { audience: 'stage' };\noptions.audience = 'all';")).toBe('all');
  });

  const lists: readonly (readonly [string, string])[] = [
    ["list.push('app');", '[api, app]'],
    ["list.unshift('app');", '[api, app]'],
    ["list.push('app', 'web');", '[api, app, web]'],
    ["list.push(production ? 'app' : 'dev');", '[api, app, dev]'],
    ["if (production) list.push('app');", '[api, app, …]'],
    ['list.push(...more);', '[api, ? it is spread, …]'],
    ["list.concat('app');", '[api]'],
    ["list.push;", '[api]'],
  ];
  it.each(lists)('%s', (statement, expected) => {
    expect(audience('{ audience: list }', `const list = ['api'];\n${statement}`)).toBe(expected);
    expect(audience('options', `const options = { audience: ['api'] };\n${statement.replaceAll('list', 'options.audience')}`)).toBe(expected);
  });

  it('so many changes that nothing can be said', () => {
    const changes = Array.from({ length: 13 }, (_, index) => `if (flags[${String(index)}]) options.audience = 'api-${String(index)}';`);
    expect(audience('options', `const options = {};\n${changes.join('\n')}`)).toBe('? it is changed in too many places that may or may not run');
    expect(audience('options', `const options = {};\n${changes.slice(1).join('\n')}`)).toMatch(/^api-1 or .*api-12, perhaps$/);
  });

  const rest: readonly (readonly [string, string])[] = [
    ["const { issuer, ...options } = { issuer: 'login', audience: 'api' };", 'api'],
    ["const { audience, ...options } = { issuer: 'login', audience: 'api' };", 'missing'],
    ['const { audience, ...options } = load();', '? it is the rest of something that is not known'],
  ];
  it.each(rest)('%s', (statement, expected) => {
    expect(audience('options', statement)).toBe(expected);
  });

  const elements: readonly (readonly [string, string])[] = [
    ["['api', ...['app', 'web']]", '[api, app, web]'],
    ["['api', ...more]", '[api, ? it is spread from a list that is not known, …]'],
    ["['api', ...['app', ...more], 'web']", '[api, app, ? it is spread from a list that is not known, web, …]'],
    ["['api', , 'app']", '[api, undefined, app]'],
  ];
  it.each(elements)('%s', (list, expected) => {
    expect(audience(`{ audience: ${list} }`)).toBe(expected);
  });
});

describe('values that the platform makes', () => {
  const made: readonly (readonly [string, string])[] = [
    ["parseInt('60')", '60'],
    ["parseInt('60', 10)", '60'],
    ["parseInt('60', 16)", '? it is computed'],
    ["parseInt('60', radix)", '? it is computed'],
    ["parseInt('60s', 10)", '60'],
    ["Number.parseInt('60', 10)", '60'],
    ["parseFloat('1.5')", '1.5'],
    ["Number('60')", '60'],
    ['Number(60n)', '? it is computed'],
    ['Number(process.env.TOLERANCE)', '? it is a number that is read at run time'],
    ["Number(production ? '60' : '120')", '60 or 120'],
    ['Math.floor(59.9)', '59'],
    ['Math.round(seconds)', '? it is computed'],
    ["JSON.parse('60')", '60'],
    ["JSON.parse('[60, 90]')", '[60, 90]'],
    ["JSON.parse('{')", '? it is parsed from text'],
    ['JSON.parse(text)', '? it is parsed from text'],
  ];
  it.each(made)('%s', (value, expected) => {
    expect(inProject({ 'tokens.ts': `import jwt from 'jsonwebtoken';\nexport const claims = jwt.verify(token, key, { clockTolerance: ${value} });\n` }, ([operation]) => inWords(operation, 'clockTolerance'))).toBe(expected);
  });

  it('a factory that cannot be seen', () => {
    const module = (factory: string) => `import { JwtModule } from '@nestjs/jwt';\nexport const module = JwtModule.registerAsync({ useFactory: ${factory} });\n`;
    const reading = (factory: string) => inProject({ 'module.ts': module(factory) }, ([operation]) => inWords(operation, 'audience'));
    expect(reading("() => ({ verifyOptions: { audience: 'api' } })")).toBe('api');
    expect(reading('factories.jwt')).toBe('? it is made by a factory that cannot be seen');
  });
});

describe('a file that nobody has analysed', () => {
  it('has no reader', () => {
    inProject({ 'tokens.ts': "import jwt from 'jsonwebtoken';\njwt.verify(token, key);\n", 'other.ts': 'export {};' }, ([operation]) => {
      const other = readSourceFile(join(dirname(operation?.file.filename ?? ''), 'other.ts'));
      expect(() => other && readerOf(other)).toThrow(/other\.ts has not been analysed/);
    });
  });
});

describe('arguments', () => {
  const calls: readonly (readonly [string, string])[] = [
    ["jwt.verify(token, key)", 'missing'],
    ["jwt.verify(token, key, { audience: 'api' }, done)", 'api'],
    ["jwt.verify(token, key, done)", 'missing'],
    ["jwt.verify(token, key, (error, claims) => claims)", 'missing'],
    ["jwt.verify(token, key, wrap((error, claims) => claims))", 'missing'],
    ["jwt.verify(token, key, optionsFor((claim) => claim.aud))", 'missing'],
    ["jwt.verify(token, ...rest)", '? the arguments are spread'],
    ["jwt.verify(...[token, key, { audience: 'api' }])", 'api'],
    ["jwt.verify.call(jwt, token, key, { audience: 'api' })", 'api'],
    ["jwt.verify.apply(jwt, [token, key, { audience: 'api' }])", 'api'],
    ["jwt.verify.apply(jwt, given)", '? the arguments are spread'],
    ["jwt.verify.bind(jwt, token, key)({ audience: 'api' })", 'api'],
  ];
  it.each(calls)('%s', (call, expected) => {
    expect(inProject({ 'tokens.ts': `import jwt from 'jsonwebtoken';\nexport const claims = ${call};\n` }, ([operation]) => inWords(operation, 'audience'))).toBe(expected);
  });
});

describe('tokens that are built step by step', () => {
  const built: readonly (readonly [string, string])[] = [
    ["await new SignJWT({}).setProtectedHeader(header).setAudience('api').sign(key);", 'api'],
    ["await new SignJWT({ aud: 'api' }).setProtectedHeader(header).sign(key);", 'api'],
    ['await new SignJWT({}).setProtectedHeader(header).sign(key);', 'missing'],
    ["await new SignJWT({}).setAudience('old').setAudience('api').sign(key);", 'api'],
    ["const token = new SignJWT({});\ntoken.setAudience('api');\nawait token.sign(key);", 'api'],
    ["const token = new SignJWT({}).setAudience('old');\ntoken.setAudience('api');\nawait token.sign(key);", 'api'],
    ["const token = new SignJWT({}).setAudience('dev');\nif (production) token.setAudience('api');\nawait token.sign(key);", 'dev or api'],
    ["const token = new SignJWT({});\nif (production) token.setAudience('api');\nawait token.sign(key);", 'api, perhaps'],
    ["const token = new SignJWT({});\nawait token.sign(key);\ntoken.setAudience('api');", 'missing'],
    ['const token = new SignJWT({});\naddress(token);\nawait token.sign(key);', '? the object is handed to another function'],
    ['const token = new SignJWT({});\naddress({ token });\nawait token.sign(key);', '? the object is handed to another function'],
    ['const token = new SignJWT({});\n[token].forEach(address);\nawait token.sign(key);', '? the object is handed to another function'],
    ['const token = new SignJWT({});\nconsole.log("signing");\nawait token.sign(key);', 'missing'],
    ['await address(new SignJWT({}).setProtectedHeader(header)).sign(key);', 'no operation'],
    ['await new SignJWT({}).setAudience(...audiences).sign(key);', '? the arguments are spread'],
    ['await new SignJWT(...claims).sign(key);', '? the arguments are spread'],
    ['await new SignJWT({}).setAudience().sign(key);', 'instant'],
  ];
  it.each(built)('%s', (code, expected) => {
    expect(inProject({ 'tokens.ts': `import { SignJWT } from 'jose';\n${code}\n` }, (operations) => inWords(operations.find(({ kind }) => kind === 'sign'), 'audience'))).toBe(expected);
  });

  const keys: readonly (readonly [string, string])[] = [
    ["njwt.create(claims, 'secret')", 'secret'],
    ['njwt.create(claims)', 'missing'],
    ["njwt.create(...given)", '? the arguments are spread'],
    ["njwt.create(...given, 'HS512')", '? the arguments are spread'],
  ];
  it.each(keys)('%s', (maker, expected) => {
    expect(inProject({ 'tokens.ts': `import njwt from 'njwt';\nexport const token = ${maker}.compact();\n` }, (operations) => inWords(operations.find(({ model }) => model.calls.some((call) => call.endsWith('compact'))), 'key'))).toBe(expected);
  });
});
