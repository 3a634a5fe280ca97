import { dirname, relative } from 'node:path';
import { packageRoot } from './modules.ts';

/** Patterns of ESLint for the files of a project that hold tests. */
export const TEST_FILES = ['**/*.{test,spec}.*', '**/{test,tests,__tests__,e2e}/**'] as const;

/** The same patterns for a path. */
const TEST_PATH = /\.(?:test|spec)\.[^\\/]*$|(?:^|[\\/])(?:test|tests|__tests__|e2e)[\\/]/;

/** Whether a file holds tests, judged by its path inside its package: where the package itself stands says nothing. */
export function isTestFile(filename: string): boolean {
  return TEST_PATH.test(relative(packageRoot(filename) ?? dirname(filename), filename));
}
