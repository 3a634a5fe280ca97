import { readFileSync } from 'node:fs';

/** Version of an installed package, by the name it is installed under. */
export function installedVersion(alias: string): string {
  const text = readFileSync(new URL(`../../../node_modules/${alias}/package.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Imports specifiers of a package from the name it is installed under. */
export function loader(name: string, alias: string): (specifier: string) => Promise<unknown> {
  return async (specifier) => {
    const there = specifier === name ? alias : specifier.startsWith(`${name}/`) ? alias + specifier.slice(name.length) : undefined;
    if (there === undefined) throw new Error(`${specifier} is not of ${name}`);
    return import(there);
  };
}
