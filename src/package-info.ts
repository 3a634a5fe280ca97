import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Name, version and folder of this package. */
export interface PackageInfo {
  readonly name: string;
  readonly version: string;
  /** Absolute path of the folder that holds `package.json`. */
  readonly root: string;
}

let known: PackageInfo | undefined;

/** Reads this package's own `package.json`, which stands at another height above the source than above the build. */
export function packageInfo(): PackageInfo {
  if (known) return known;
  let root = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(root, 'package.json')) && dirname(root) !== root) root = dirname(root);
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name: string; version: string };
  known = { name, version, root };
  return known;
}

/** Address of a rule's page: the one that was installed with the rule, so that it says what this version does. */
export function docsUrl(rule: string): string {
  return pathToFileURL(join(packageInfo().root, 'docs', 'rules', `${rule}.md`)).href;
}
