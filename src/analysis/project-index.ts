import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { packageRoot, readText } from './modules.ts';
import { isTestName, TEST_FOLDERS } from './test-files.ts';

const SOURCES = new Set(['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.tsx', '.jsx']);
const SKIPPED = new Set(['node_modules', 'dist', 'build', 'out', 'coverage', 'public', 'static', 'vendor', 'tmp', ...TEST_FOLDERS]);
/** A package with more source files than this is searched only so far. */
const MAX_FILES = 4000;
/** Milliseconds for which a listing is believed. */
const LIFETIME = 10_000;

const listings = new Map<string, { readonly files: readonly string[]; readonly at: number }>();

/** Source files of the package around a file whose text holds one of the needles; read, not parsed. */
export function filesMentioning(filename: string, needles: readonly string[]): readonly string[] {
  const root = packageRoot(filename);
  if (root === undefined) return [];
  return sourcesBelow(root).filter((path) => {
    const text = readText(path);
    return text !== undefined && needles.some((needle) => text.includes(needle));
  });
}

function sourcesBelow(root: string): readonly string[] {
  const known = listings.get(root);
  const now = Date.now();
  if (known && now - known.at < LIFETIME) return known.files;
  const files: string[] = [];
  const folders = [root];
  for (let folder = folders.shift(); folder !== undefined && files.length < MAX_FILES; folder = folders.shift()) {
    for (const entry of list(folder)) {
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name) && !entry.name.startsWith('.')) folders.push(join(folder, entry.name));
      } else if (SOURCES.has(extname(entry.name)) && !isTestName(entry.name) && !/\.d\.[mc]?ts$/.test(entry.name)) {
        files.push(join(folder, entry.name));
      }
    }
  }
  listings.set(root, { files, at: now });
  return files;
}

function list(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // A folder that may not be read says nothing.
    return [];
  }
}
