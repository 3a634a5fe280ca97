import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { codemods } from '../../codemods/index.ts';
import { rules } from '../../rules/index.ts';
import { applyRemedies } from '../../src/apply-remedies.ts';
import { packageInfo } from '../../src/package-info.ts';
import type { Policy } from '../../src/policy.ts';
import { migratedPrograms, type TypeScriptProgram, typescriptPrograms } from './typescript-programs.ts';

const { root } = packageInfo();
/** The programs stand in a folder that is not there, from which the installed packages are found. */
const folder = join(root, 'tests/codemods/programs');

/** Packages by the name that a program imports: the installed one whose types it gets, and its version. */
const PACKAGES: Readonly<Record<string, { readonly installed: string; readonly version: string }>> = {
  jose: { installed: 'jose-6', version: '6.2.17' },
  'express-jwt': { installed: 'express-jwt-8', version: '8.5.1' },
  '@nestjs/jwt': { installed: 'nestjs-jwt-12', version: '12.0.2' },
  'fast-jwt': { installed: 'fast-jwt-6', version: '6.3.6' },
  fastify: { installed: 'fastify-5', version: '5.12.8' },
  '@fastify/jwt': { installed: 'fastify-jwt-10', version: '10.2.8' },
  hono: { installed: 'hono-4', version: '4.13.19' },
  'jwks-rsa': { installed: 'jwks-rsa-4', version: '4.1.0' },
};
/** Programs with jose are looked at with the types of this version too; their names then end so. */
const JOSE_5 = { suffix: '-on-5', installed: 'jose-5', version: '5.10.0' };
/** jsonwebtoken has its types in a package of its own, of which several versions are installed; this one's has those of jsonwebtoken 9. */
const WITH_JSONWEBTOKEN_TYPES = join(root, 'node_modules/nestjs-jwt-12/dist/index.d.ts');

const literal: Policy = {
  audience: 'api://orders', issuer: ['https://login.example.com', 'https://accounts.example.com'], algorithms: ['HS256', 'ES256'], lifetimes: { access: '15m', refresh: '14d', oneTime: '1h' },
  maxAge: '1h', requiredClaims: ['sub', 'exp'], tokenType: 'at+jwt', keyId: 'orders-2024', httpsHosts: ['login.example.com', 'api.example.com'],
};
const policies: Readonly<Record<string, Policy>> = {
  literal,
  environment: { ...literal, audience: [{ environment: 'JWT_AUDIENCE' }, 'api://stock'], issuer: { environment: 'JWT_ISSUER' }, keyId: { environment: 'JWT_KEY_ID' } },
};

const programs: readonly TypeScriptProgram[] = typescriptPrograms.flatMap((program) => (program.name.startsWith('jose') ? [program, { ...program, name: `${program.name}${JOSE_5.suffix}` }] : [program]));
const isOnJose5 = (path: string) => path.includes(JOSE_5.suffix);

interface Repaired {
  readonly program: string;
  readonly codemod: string;
  readonly policy: string;
  readonly path: string;
  readonly code: string;
}

/** Repairs that read differently where the policy names environment variables; what all of them together come to is looked at there. */
const READING_VALUES = ['add-audience', 'add-key-id', 'harden'];

function versionsFor(program: string): Readonly<Record<string, string>> {
  return { jsonwebtoken: '9.0.2', ...Object.fromEntries(Object.entries(PACKAGES).map(([name, { version }]) => [name, version])), ...(isOnJose5(program) && { jose: JOSE_5.version }) };
}

/** The remedies that some rule offers in a program, so that only codemods with something to do are run on it. */
function remediesIn({ name, code }: TypeScriptProgram, policy: Policy): ReadonlySet<string> {
  const { left } = applyRemedies(code, join(folder, `${name}.ts`), rules.map((rule) => ({ rule, remedies: [] })), { policy, versions: versionsFor(name) });
  return new Set(left.flatMap(({ rule, finding }) => (finding?.remedies ?? []).map(({ id }) => `${rule}: ${id}`)));
}

function repairedBy(): Repaired[] {
  const preset = { preset: 'service', phase: 'enforce' };
  return programs.flatMap((program) => Object.entries(policies).flatMap(([policy, values]) => {
    const { name, code } = program;
    const offered = remediesIn(program, values);
    const able = codemods.filter((codemod) => (policy === 'literal' ? !codemod.follows : READING_VALUES.includes(codemod.name)) && codemod.repairs.some(({ rule, remedies }) => remedies.some((remedy) => offered.has(`${rule.name}: ${remedy}`))));
    return able.flatMap((codemod): Repaired[] => {
      const output = codemod.transform({ path: join(folder, `${name}.ts`), source: code }, {}, { policy: values, versions: versionsFor(name), ...(codemod.follows && preset) });
      return output === undefined ? [] : [{ program: name, codemod: codemod.name, policy, path: join(folder, `${name}.${codemod.name}.${policy}.ts`), code: output }];
    });
  }));
}

function carriedOver(): Repaired[] {
  return migratedPrograms.flatMap(({ name, codemod, code }): Repaired[] => {
    // In a folder of its own, in which no other file has a say.
    const output = codemods.find((one) => one.name === codemod)?.transform({ path: `/carried-over/${name}.ts`, source: code }, {}, {});
    // What it is carried over from decides the types before, and no longer those after.
    return output === undefined ? [] : [{ program: name, codemod, policy: 'none', path: join(folder, `${name.replace(JOSE_5.suffix, '')}.carried-over.ts`), code: output }];
  });
}

/** What the compiler says of each file, all in one program, so that libraries are read once. */
function diagnosticsOf(files: ReadonlyMap<string, string>): Map<string, string[]> {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'], module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, moduleDetection: ts.ModuleDetectionKind.Force,
    strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noUnusedLocals: true, noUnusedParameters: true, noImplicitReturns: true,
    esModuleInterop: true, experimentalDecorators: true, skipLibCheck: true, noEmit: true, types: ['node'], typeRoots: [join(root, 'node_modules/@types')],
  };
  const host = ts.createCompilerHost(options);
  const cache = ts.createModuleResolutionCache(root, (name) => name, options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = files.get(path);
    return text === undefined ? getSourceFile(path, version, ...rest) : ts.createSourceFile(path, text, version, true);
  };
  host.resolveModuleNameLiterals = (literals, from) => literals.map(({ text }) => {
    const name = Object.keys(PACKAGES).find((one) => text === one || text.startsWith(`${one}/`));
    const asInstalled = () => ts.resolveModuleName(text, text === 'jsonwebtoken' && files.has(from) ? WITH_JSONWEBTOKEN_TYPES : from, options, host, cache);
    const asAlias = () => ts.resolveModuleName(name === undefined ? text : text.replace(name, name === 'jose' && isOnJose5(from) ? JOSE_5.installed : PACKAGES[name]!.installed), join(root, 'index.ts'), options, host, cache);
    if (name === undefined) return asInstalled();
    if (files.has(from)) return asAlias();
    const found = asInstalled();
    return found.resolvedModule ? found : asAlias();
  });
  const program = ts.createProgram([...files.keys()], options, host);
  return new Map([...files.keys()].map((path) => {
    const file = program.getSourceFile(path);
    const found = file ? [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)] : [];
    return [path, found.map(({ messageText, start = 0 }) => `line ${(file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)];
  }));
}

describe('TypeScript that type-checked still does after a codemod', () => {
  const typedBefore = [...programs, ...migratedPrograms.filter((one) => one.typedBefore)];
  const originals = new Map(typedBefore.map(({ name, code }) => [join(folder, `${name}.ts`), code]));
  const broken = new Map([[join(folder, 'broken.ts'), "import jwt from 'jsonwebtoken';\nexport const read = (token: string) => jwt.verify(token, process.env.JWT_SECRET);\nexport const issue = () => jwt.sign({}, 'secret', { expiresIn: '15 moons' });\n"]]);
  let repaired: Repaired[] = [];
  let diagnostics = new Map<string, string[]>();
  beforeAll(() => {
    repaired = [...repairedBy(), ...carriedOver()];
    diagnostics = diagnosticsOf(new Map([...originals, ...broken, ...repaired.map(({ path, code }) => [path, code] as const)]));
  }, 240_000);

  it('is looked at with the types of the libraries', () => {
    expect(diagnostics.get(join(folder, 'broken.ts'))).toEqual([expect.stringMatching(/^line 2: No overload[^]*'undefined' is not assignable/), expect.stringMatching(/^line 3: No overload[^]*'"15 m\w+"'/)]);
  });

  it.each([...programs, ...migratedPrograms].map(({ name }) => name))('%s', (name) => {
    if (originals.has(join(folder, `${name}.ts`))) expect(diagnostics.get(join(folder, `${name}.ts`)), 'before').toEqual([]);
    const own = repaired.filter(({ program }) => program === name);
    expect(own.length, 'some codemod has something to do').toBeGreaterThan(0);
    const failed = own.flatMap(({ codemod, policy, path, code }) => (diagnostics.get(path) ?? ['not looked at']).map((message) => `${codemod} (${policy}) ${message}\n${code}`));
    expect(failed).toEqual([]);
  });

  it('goes for every codemod', () => {
    const used = new Set(repaired.map(({ codemod }) => codemod));
    expect(codemods.filter(({ name }) => !used.has(name)).map(({ name }) => name)).toEqual([]);
  });
});
