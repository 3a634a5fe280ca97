import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readSourceFile } from '../../src/analysis/modules.ts';
import type { JwtOperation } from '../../src/analysis/operation.ts';
import { operationsOf } from '../../src/analysis/operations.ts';
import { mayConcernJwt } from '../../src/analysis/prefilter.ts';
import type { Settings } from '../../src/policy.ts';

/** Files of a project: relative path to text. */
export type Files = Readonly<Record<string, string>>;

/**
 * The operations of the first file of a project, read as the linter reads it: not at all where its text does not concern
 * tokens. The project is on disk while `look` runs.
 */
export function inProject<Result>(files: Files, look: (operations: readonly JwtOperation[]) => Result, settings: Settings = {}): Result {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'jwt-guard-project-'));
  try {
    for (const [path, text] of Object.entries({ 'package.json': '{}', ...files })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const filename = join(root, Object.keys(files)[0] ?? '');
    const file = readSourceFile(filename);
    if (!file) throw new Error(`${filename} does not parse.`);
    return look(mayConcernJwt(file.sourceCode.text, settings, filename) ? operationsOf(file.sourceCode, { filename, settings }) : []);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
