import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Failure } from './failure.ts';
import { repositoryRoot } from './source-files.ts';

/**
 * Refuses to go on where git knows of uncommitted changes, untracked files among them, under the paths: what a repair
 * writes could then not be told from what was there. Outside a repository there is nothing to compare with, and nothing is refused.
 */
export function refuseDirtyTree(paths: readonly string[], cwd: string): void {
  for (const path of paths.length > 0 ? paths : ['.']) {
    const absolute = resolve(cwd, path);
    const isFolder = statSync(absolute, { throwIfNoEntry: false })?.isDirectory() === true;
    const folder = isFolder ? absolute : dirname(absolute);
    // A glob pattern has no folder of its own.
    const start = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? folder : cwd;
    if (repositoryRoot(start) === undefined) continue;
    const { status, stdout, error } = spawnSync('git', [...(start === folder ? ['--literal-pathspecs'] : []), 'status', '--porcelain=v1', '-z', '--untracked-files=normal', '--', start === folder ? absolute : `:(glob)${path}`], { cwd: start, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    if (error || status !== 0) throw new Failure(`git could not say whether ${path} has uncommitted changes. Pass --force to go on without asking it.`);
    const [first] = stdout.split('\0').filter((entry) => entry !== '');
    if (first !== undefined) throw new Failure(`${first.slice(3)} has uncommitted changes. Commit or stash them first, or pass --force.`);
  }
}
