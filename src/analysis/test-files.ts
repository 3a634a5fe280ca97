import { dirname, relative } from 'node:path';
import { packageRoot } from './modules.ts';

const ENDINGS = ['test', 'spec'];
/** Folders of a project that hold tests. */
export const TEST_FOLDERS = ['test', 'tests', '__tests__', 'e2e'] as const;

/** Patterns of ESLint for the files of a project that hold tests. */
export const TEST_FILES = [`**/*.{${ENDINGS.join(',')}}.*`, `**/{${TEST_FOLDERS.join(',')}}/**`] as const;

const TEST_NAME = new RegExp(`\\.(?:${ENDINGS.join('|')})\\.[^\\\\/]*$`);
const TEST_FOLDER = new RegExp(`(?:^|[\\\\/])(?:${TEST_FOLDERS.join('|')})[\\\\/]`);

/** Whether a file name is one of a test: `login.spec.ts`. */
export function isTestName(name: string): boolean {
  return TEST_NAME.test(name);
}

/** Whether a file holds tests, judged by its path inside its package: where the package itself stands says nothing. */
export function isTestFile(filename: string): boolean {
  const path = relative(packageRoot(filename) ?? dirname(filename), filename);
  return TEST_NAME.test(path) || TEST_FOLDER.test(path);
}
