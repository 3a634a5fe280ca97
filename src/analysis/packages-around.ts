import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot, readText } from './modules.ts';
import { filesMentioning } from './project-index.ts';

const SKIPPED = new Set(['node_modules', 'dist', 'build', 'out', 'coverage']);
/** Milliseconds for which a look-up is believed. */
const LIFETIME = 10_000;
const lists = new Map<string, { readonly folders: readonly string[]; readonly at: number }>();

/** Folders of the other packages of the repository around a file; none where the repository is one package. */
export function otherPackages(filename: string): readonly string[] {
  const own = packageRoot(filename);
  if (own === undefined) return [];
  const known = lists.get(own);
  if (known && Date.now() - known.at < LIFETIME) return known.folders;
  const root = repositoryRoot(own);
  const folders = root === undefined ? [] : packagesBelow(root, 0).filter((folder) => folder !== own && folder !== root);
  lists.set(own, { folders, at: Date.now() });
  return folders;
}

/** The nearest folder with a repository or a workspace, else the folder whose other children are packages too. */
function repositoryRoot(own: string): string | undefined {
  for (let folder = own; dirname(folder) !== folder; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git')) || existsSync(join(folder, 'pnpm-workspace.yaml')) || readText(join(folder, 'package.json'))?.includes('"workspaces"')) return folder;
  }
  return undefined;
}

function packagesBelow(folder: string, depth: number): readonly string[] {
  if (depth > 4) return [];
  const found: string[] = existsSync(join(folder, 'package.json')) ? [folder] : [];
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    // A folder that may not be read says nothing.
    return found;
  }
  for (const entry of entries) if (entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.has(entry.name)) found.push(...packagesBelow(join(folder, entry.name), depth + 1));
  return found;
}

/** Names of other packages of the repository in whose sources a file reads this environment variable and handles tokens. */
export function packagesReading(variable: string, filename: string, handlesTokens: RegExp): readonly string[] {
  return otherPackages(filename).filter((folder) => filesMentioning(join(folder, 'package.json'), [variable]).some((path) => {
    if (otherPackages(path).length > 0 && packageRoot(path) !== folder) return false;
    const text = readText(path) ?? '';
    return new RegExp(`\\benv\\b[^\\n]{0,40}\\b${variable}\\b|\\b${variable}\\b[^\\n]{0,80}\\bprocess\\.env\\b`).test(text) && filesMentioning(path, ['jsonwebtoken', 'jose', 'jwt']).some((other) => handlesTokens.test(readText(other) ?? ''));
  }));
}
