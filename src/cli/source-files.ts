import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { glob, isDynamicPattern } from 'tinyglobby';
import { Failure, reasonOf } from './failure.ts';

const EXTENSIONS = ['js', 'jsx', 'mjs', 'cjs', 'ts', 'tsx', 'mts', 'cts'];
const SOURCES = `**/*.{${EXTENSIONS.join(',')}}`;
/** Files that a program made: never written by a person, so never repaired in place. */
const GENERATED = ['**/*.d.ts', '**/*.d.mts', '**/*.d.cts', '**/*.min.js', '**/*.min.mjs', '**/*.min.cjs'];
const NEVER = ['**/node_modules/**', '**/.git/**'];

/**
 * Absolute paths of the source files under files, folders and glob patterns, sorted. What `.gitignore` files leave out is left out, except
 * for a file that is named itself; what `ignorePatterns` take in is left out always. Throws a Failure for a path that leads nowhere.
 */
export async function sourceFilesUnder(paths: readonly string[], ignorePatterns: readonly string[], cwd: string): Promise<string[]> {
  const found = new Set<string>();
  const ignored = ignore().add([...ignorePatterns]);
  for (const path of paths.length > 0 ? paths : ['.']) {
    for (const file of await filesUnder(path, cwd)) {
      const name = relative(cwd, file).split(sep).join('/');
      // Patterns begin at the working folder, so they say nothing of what is outside it.
      if (!ignore.isPathValid(name) || !ignored.ignores(name)) found.add(file);
    }
  }
  return [...found].sort();
}

async function filesUnder(path: string, cwd: string): Promise<string[]> {
  const absolute = resolve(cwd, path);
  const stats = statOf(absolute, path);
  if (stats?.isDirectory()) {
    const files = await glob(SOURCES, { cwd: absolute, absolute: true, dot: true, ignore: [...NEVER, ...GENERATED], followSymbolicLinks: false, expandDirectories: false });
    return notIgnored(files.map((file) => resolve(file)), absolute);
  }
  if (stats) {
    if (!EXTENSIONS.includes(extname(absolute).slice(1))) throw new Failure(`${path} is not a JavaScript or TypeScript file (${EXTENSIONS.map((name) => `.${name}`).join(', ')}).`);
    return [absolute];
  }
  if (!isDynamicPattern(path)) throw new Failure(`There is no file or folder ${path}.`);
  const matches = await glob(path.split(sep).join('/'), { cwd, absolute: true, dot: true, ignore: [...NEVER, ...GENERATED], followSymbolicLinks: false, expandDirectories: false });
  if (matches.length === 0) throw new Failure(`No file matches the pattern ${path}.`);
  return notIgnored(matches.map((file) => resolve(file)).filter((file) => EXTENSIONS.includes(extname(file).slice(1))), cwd);
}

function statOf(absolute: string, path: string): ReturnType<typeof statSync> | undefined {
  try {
    return statSync(absolute, { throwIfNoEntry: false });
  } catch (error) {
    throw new Failure(`${path} cannot be read: ${reasonOf(error)}.`);
  }
}

/** Leaves out what git would: the `.gitignore` of each folder from the repository's root down, and `.git/info/exclude`. */
function notIgnored(files: readonly string[], start: string): string[] {
  const root = repositoryRoot(start) ?? start;
  const lists = new Map<string, Ignore | undefined>();
  const listOf = (folder: string): Ignore | undefined => {
    if (!lists.has(folder)) lists.set(folder, readIgnoreList(folder, folder === root));
    return lists.get(folder);
  };
  const isIgnored = (path: string): boolean => {
    let ignored = false;
    for (const folder of foldersBetween(root, dirname(path))) {
      const list = listOf(folder);
      if (!list) continue;
      const verdict = list.test(relative(folder, path).split(sep).join('/'));
      if (verdict.ignored) ignored = true;
      else if (verdict.unignored) ignored = false;
    }
    return ignored;
  };
  // Somebody who names an ignored folder wants it looked at.
  if (start !== root && isIgnored(join(start, 'a.js'))) return [...files];
  return files.filter((file) => !isIgnored(file));
}

function readIgnoreList(folder: string, isRoot: boolean): Ignore | undefined {
  const texts = [join(folder, '.gitignore'), ...(isRoot ? [join(folder, '.git', 'info', 'exclude')] : [])]
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .map((path) => readFileSync(path, 'utf8'));
  return texts.length > 0 ? ignore().add(texts.join('\n')) : undefined;
}

/** Folders from `root` down to `folder`, both included; only `folder` where it is not under `root`. */
function foldersBetween(root: string, folder: string): string[] {
  const folders = [folder];
  for (let current = folder; current !== root && dirname(current) !== current;) {
    current = dirname(current);
    folders.unshift(current);
  }
  return folders.includes(root) ? folders.slice(folders.indexOf(root)) : [folder];
}

/** The nearest folder at or above that holds `.git`; undefined outside repositories. */
export function repositoryRoot(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
