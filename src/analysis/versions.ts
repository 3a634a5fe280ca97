import { dirname, isAbsolute, join } from 'node:path';
import semver from 'semver';
import type { Absence, Exploitability, LibraryDescriptor } from '../libraries/descriptor.ts';
import type { Settings } from '../policy.ts';
import { readText } from './modules.ts';

const found = new Map<string, { readonly range: string | undefined; readonly at: number }>();
/** Milliseconds for which a look-up is believed; an install in between is seen after that. */
const LIFETIME = 10_000;

/**
 * Which versions of a library a file can mean, as a semver range: from the settings, else what is installed, else the
 * range that the nearest `package.json` declares; `undefined` when nothing says.
 */
export function versionOf(library: LibraryDescriptor, filename: string, settings: Settings): string | undefined {
  const names = library.versionOf ?? [library.name, ...packageNames(library)];
  const given = [library.name, ...names].map((name) => settings.versions?.[name]).find((range) => range !== undefined);
  if (given !== undefined) return semver.validRange(given) ?? undefined;
  if (!isAbsolute(filename)) return undefined;
  for (const name of names) {
    const range = installedOrDeclared(name, dirname(filename));
    if (range !== undefined) return range;
  }
  return undefined;
}

/** Package names behind the module specifiers of a library: older names count too. */
function packageNames(library: LibraryDescriptor): readonly string[] {
  const names = Object.keys(library.modules).map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier);
  return [...new Set(names)].filter((name) => name !== library.name && !name.includes(':'));
}

function installedOrDeclared(name: string, folder: string): string | undefined {
  const key = `${folder}\n${name}`;
  const known = found.get(key);
  const now = Date.now();
  if (known && now - known.at < LIFETIME) return known.range;
  const range = lookUp(name, folder);
  found.set(key, { range, at: now });
  return range;
}

function lookUp(name: string, folder: string): string | undefined {
  let declared: string | undefined;
  for (let current = folder; ; current = dirname(current)) {
    declared ??= declaredRange(readJson(join(current, 'package.json')), name);
    const installed = readJson(join(current, 'node_modules', name, 'package.json'))?.['version'];
    // What lies further up and does not fit the declaration belongs to another project.
    if (typeof installed === 'string' && semver.valid(installed) && (declared === undefined || semver.satisfies(installed, declared, { includePrerelease: true }))) return installed;
    if (dirname(current) === current) return declared;
  }
}

function declaredRange(manifest: Readonly<Record<string, unknown>> | undefined, name: string): string | undefined {
  for (const field of ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']) {
    const range = (manifest?.[field] as Readonly<Record<string, unknown>> | undefined)?.[name];
    if (typeof range === 'string') return semver.validRange(range.replace(/^npm:.*@/, '').replace(/^workspace:/, '')) ?? undefined;
  }
  return undefined;
}

function readJson(path: string): Readonly<Record<string, unknown>> | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

/** Whether a version in use can fall into a range of a descriptor; unknown on either side counts as yes. */
export function mayBe(version: string | undefined, range: string | undefined): boolean {
  return version === undefined || range === undefined || semver.intersects(version, range, { includePrerelease: true });
}

const SAFE = new Set<Absence['means']>(['pinned', 'refused', 'demanded']);

/** What leaving a setting out means for the versions in use; where they differ, the loosest, and then it `depends`. */
export function absenceFor(absences: readonly Absence[] | undefined, version: string | undefined): Absence | undefined {
  const possible = (absences ?? []).filter((absence) => mayBe(version, absence.versions));
  const unsafe = possible.filter((absence) => !SAFE.has(absence.means));
  const [first] = unsafe.length > 0 ? unsafe : possible;
  if (!first) return undefined;
  const levels = new Set<Exploitability>(possible.map((absence) => absence.exploitability));
  return levels.size > 1 ? { ...first, exploitability: 'depends' } : first;
}
