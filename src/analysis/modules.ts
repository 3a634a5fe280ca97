import { readFileSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { SourceCode } from 'eslint';
import { ResolverFactory } from 'oxc-resolver';
import type { SourceFile } from './source-file.ts';

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'];
/** A file beyond this size in bytes is generated or data, not a configuration that somebody wrote. */
const MAX_BYTES = 512 * 1024;

const sourceFiles = new WeakMap<object, SourceFile>();

/** The `SourceFile` of a source that the linter has parsed; one object per source. */
export function sourceFileOf(sourceCode: Readonly<TSESLint.SourceCode>, filename: string): SourceFile {
  const known = sourceFiles.get(sourceCode);
  if (known) return known;
  const file: SourceFile = { filename, sourceCode };
  sourceFiles.set(sourceCode, file);
  return file;
}

let resolver: ResolverFactory | undefined;
const resolved = new Map<string, { readonly path: string | undefined; readonly at: number }>();
/** Editors live long and files come and go: a resolution is believed for this many milliseconds. */
const RESOLUTION_LIFETIME = 5_000;

/**
 * Absolute path of a module of the project itself, by relative path, `tsconfig` path, package `imports` or workspace;
 * `undefined` for packages, built-in modules and what is not there.
 */
export function resolveLocal(specifier: string, from: string): string | undefined {
  if (!isAbsolute(from) || /^(?:node|npm|jsr|https?|data|bun|deno):/.test(specifier)) return undefined;
  const key = `${dirname(from)}\n${specifier}`;
  const known = resolved.get(key);
  const now = Date.now();
  if (known && now - known.at < RESOLUTION_LIFETIME) return known.path;
  const path = resolveNow(specifier, from);
  resolved.set(key, { path, at: now });
  return path;
}

function resolveNow(specifier: string, from: string): string | undefined {
  resolver ??= new ResolverFactory({
    tsconfig: 'auto',
    extensions: EXTENSIONS,
    extensionAlias: { '.js': ['.ts', '.tsx', '.js', '.jsx'], '.mjs': ['.mts', '.mjs'], '.cjs': ['.cts', '.cjs'], '.jsx': ['.tsx', '.jsx'] },
    conditionNames: ['import', 'require', 'node', 'default'],
    mainFields: ['module', 'main'],
  });
  const path = resolver.resolveFileSync(from, specifier).path ?? fromPackageRoot(specifier, from);
  return path !== undefined && !/[\\/]node_modules[\\/]/.test(path) ? path : undefined;
}

/** Projects started with `NODE_PATH=.` or a `baseUrl` of a bundler import from the package's root: `config.json`, `src/config`. */
function fromPackageRoot(specifier: string, from: string): string | undefined {
  if (specifier.startsWith('.') || !/[/.]/.test(specifier) || specifier.startsWith('@')) return undefined;
  const root = packageRoot(from);
  if (root === undefined) return undefined;
  const base = join(root, specifier);
  return ['', ...EXTENSIONS, ...EXTENSIONS.map((extension) => `/index${extension}`)].map((ending) => base + ending).find(isFile);
}

function isFile(path: string): boolean {
  return statsOf(path)?.isFile() === true;
}

/** Undefined where nothing is there, and for a text that no file can be called, such as a query that is handed to a function. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** The name that imports of a file end in: its own, or that of its folder for an index. */
export function moduleName(filename: string): string {
  const name = basename(filename, extname(filename));
  return name === 'index' ? basename(dirname(filename)) : name;
}

/** The nearest folder above a file that holds a `package.json`. */
export function packageRoot(filename: string): string | undefined {
  for (let folder = dirname(filename); ; folder = dirname(folder)) {
    if (isFile(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

interface CachedText { readonly modified: number; readonly text: string }
const texts = new Map<string, CachedText>();

const unsaved = new Map<string, string>();

/** Lets files that import `path` see a repair of it that has not been written yet; `undefined` takes that back. Without byte order mark. */
export function setUnsavedText(path: string, text: string | undefined): void {
  if (text === undefined) unsaved.delete(path);
  else unsaved.set(path, text);
}

/** Text of a file, cached by its time of modification; `undefined` when it cannot be read or is too large. */
export function readText(path: string): string | undefined {
  const repaired = unsaved.get(path);
  if (repaired !== undefined) return repaired;
  const stats = statsOf(path);
  if (!stats?.isFile() || stats.size > MAX_BYTES) return undefined;
  const known = texts.get(path);
  if (known?.modified === stats.mtimeMs) return known.text;
  try {
    const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    texts.set(path, { modified: stats.mtimeMs, text });
    return text;
  } catch {
    return undefined;
  }
}

const parsed = new Map<string, { readonly text: string; readonly file: SourceFile | undefined }>();

/** A file of the project, read and parsed but never run; `undefined` when it does not parse. JSON is read as one expression. */
export function readSourceFile(path: string): SourceFile | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  const known = parsed.get(path);
  if (known?.text === text) return known.file;
  const file = parse(extname(path) === '.json' ? `(${text}\n)` : text, path);
  parsed.set(path, { text, file });
  return file;
}

function parse(text: string, filename: string): SourceFile | undefined {
  try {
    const { ast, scopeManager, visitorKeys, services } = parser.parseForESLint(text, {
      // JSON has been put in parentheses and is no JSON any more.
      filePath: extname(filename) === '.json' ? `${filename}.js` : filename, sourceType: 'module', range: true, loc: true, comment: true, tokens: true, allowInvalidAST: true,
      jsx: !['.ts', '.mts', '.cts'].includes(extname(filename)),
    });
    // The linter sets parents while it traverses; nobody traverses this file.
    setParents(ast as TSESTree.Node, visitorKeys);
    const sourceCode = new SourceCode({ text, ast: ast as never, scopeManager: scopeManager as never, visitorKeys: visitorKeys as never, parserServices: services as never });
    return sourceFileOf(sourceCode as unknown as TSESLint.SourceCode, filename);
  } catch {
    // A file that does not parse says nothing; the linter reports the syntax error where it belongs.
    return undefined;
  }
}

function setParents(node: TSESTree.Node, keys: Readonly<Record<string, readonly string[] | undefined>>): void {
  for (const key of keys[node.type] ?? []) {
    const child = (node as unknown as Readonly<Record<string, unknown>>)[key];
    for (const one of Array.isArray(child) ? (child as unknown[]) : [child]) {
      if (one === null || typeof one !== 'object') continue;
      (one as { parent: TSESTree.Node }).parent = node;
      setParents(one as TSESTree.Node, keys);
    }
  }
}

const LOCAL_SPECIFIER = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*(['"])((?:\.|@\/|~\/|#|src\/)[^'"\n]*)\1/g;

/** A module that hands on another module's exports: a barrel, or `module.exports = require(…)`. */
const FORWARDS = /\bexport\b[^;'"]*\bfrom\s*['"]|\bexports\b[^;\n]*\brequire\s*\(/;
/** Barrels of barrels are followed this deep. */
const MAX_BARRELS = 3;

/** A module of the project as it was read, not parsed. */
export interface ModuleText {
  readonly path: string;
  readonly text: string;
}

/** The project's own modules that a text imports, through barrels too, for judging them without parsing. */
export function* readLocalModules(text: string, filename: string): Iterable<ModuleText> {
  for (const specifier of localSpecifiers(text)) yield* readModulesBehind(specifier, filename);
}

/** The module of the project that a specifier names, and those that it hands on. */
export function* readModulesBehind(specifier: string, filename: string, depth = 0): Iterable<ModuleText> {
  const path = resolveLocal(specifier, resolve(filename));
  const text = path === undefined ? undefined : readText(path);
  if (path === undefined || text === undefined) return;
  yield { path, text };
  if (depth < MAX_BARRELS) for (const inner of handedOnBy(path, text)) yield* readModulesBehind(inner, path, depth + 1);
}

/** The project's own modules that a module imports itself. */
export function* readImportsOf({ path, text }: ModuleText): Iterable<ModuleText> {
  for (const specifier of importedBy(path, text).specifiers) {
    const inner = resolveLocal(specifier, path);
    const innerText = inner === undefined ? undefined : readText(inner);
    if (inner !== undefined && innerText !== undefined) yield { path: inner, text: innerText };
  }
}

function localSpecifiers(text: string): readonly string[] {
  return Array.from(text.matchAll(LOCAL_SPECIFIER), ([, , specifier = '']) => specifier);
}

interface Imported {
  readonly text: string;
  readonly specifiers: readonly string[];
  readonly isBarrel: boolean;
}
const imports = new Map<string, Imported>();

/** What a module imports from the project, read once for each state of it. */
function importedBy(path: string, text: string): Imported {
  const known = imports.get(path);
  if (known?.text === text) return known;
  const imported = { text, specifiers: localSpecifiers(text), isBarrel: FORWARDS.test(text) };
  imports.set(path, imported);
  return imported;
}

/** What a barrel imports; nothing for any other module. */
function handedOnBy(path: string, text: string): readonly string[] {
  const { isBarrel, specifiers } = importedBy(path, text);
  return isBarrel ? specifiers : [];
}
