import { createRequire } from 'node:module';
import semver from 'semver';
import { inWords } from './in-words.ts';
import type { Exploitability } from './libraries/descriptor.ts';

/** How the measured versions take one misuse. */
export interface Verdict {
  /** Versions that let at least one of the forged, misdirected or expired tokens in. */
  readonly exploitable: readonly string[];
  /** Versions that refused every one of them although the misuse was there. */
  readonly defence: readonly string[];
  /** The attacks that succeeded, or, where none did, those that were tried; separated by commas. */
  readonly attack: string;
}

/** What was measured for one rule and one library: all forms of the misuse together, and each that has a name. */
export interface LibraryEvidence extends Verdict {
  /** Present where the forms fare differently: what holds for one form does not hold for the others. */
  readonly misuses?: Readonly<Record<string, Verdict>>;
}

/** What was measured: rule, library, result. `npm run update -- --measure` writes it to `src/evidence.json`. */
export type EvidenceTable = Readonly<Record<string, Readonly<Record<string, LibraryEvidence>>>>;

// Read and not imported: importing JSON prints a warning on Node 20.
const table = createRequire(import.meta.url)('./evidence.json') as EvidenceTable;

/** Library versions on which the misuse that a rule finds was shown to let an attack through. */
export function exploitableOn(rule: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(table[rule] ?? {}).flatMap(([library, { exploitable }]) => (exploitable.length > 0 ? [[library, exploitable]] : [])));
}

/** What a finding may claim, and the sentence that says what the claim rests on; empty where nothing was measured. */
export interface Claim {
  readonly exploitability: Exploitability;
  readonly sentence: string;
}

/**
 * Holds what a rule says of a defect to what was measured for the library and the versions in use (`version`: a semver
 * range): where every measured version refused the attacks, nothing is called exploitable.
 */
export function claimFor(rule: string, library: string | undefined, version: string | undefined, exploitability: Exploitability): Claim {
  const evidence = library === undefined ? undefined : table[rule]?.[library];
  if (!evidence) return { exploitability, sentence: '' };
  // Which form of a misuse a finding is about cannot be told here, so that only what holds for all forms is claimed.
  const forms = Object.values(evidence.misuses ?? { all: evidence });
  const inEvery = (kind: 'exploitable' | 'defence') => standingFor(version, evidence, evidence[kind].filter((measured) => forms.every((form) => form[kind].includes(measured))));
  const exploitable = inEvery('exploitable');
  const defence = inEvery('defence');
  if (exploitable.length === 0 && defence.length === 0) return { exploitability, sentence: '' };
  if (exploitability === 'exploitable' && exploitable.length > 0) return { exploitability, sentence: ` Exploitable, as measured on ${library} ${inWords(semver.sort([...exploitable]))}.` };
  if (exploitability === 'depends' || exploitable.length > 0) return { exploitability, sentence: '' };
  return { exploitability: 'hardening', sentence: ` Defence in depth: ${library} ${inWords(semver.sort([...defence]))} refused every attack that was tried.` };
}

/** The measured versions among `some` that speak for the versions in use. */
function standingFor(version: string | undefined, { exploitable, defence }: Verdict, some: readonly string[]): readonly string[] {
  if (version === undefined) return some;
  if (semver.valid(version) === null) return some.filter((measured) => semver.intersects(`^${measured}`, version, { includePrerelease: true }));
  // The nearest measured version of the same major that is not newer speaks for an installed one: a newer one may have mended it.
  const related = semver.sort([...exploitable, ...defence].filter((measured) => semver.intersects(`^${majorOf(measured)}`, version, { includePrerelease: true })));
  const nearest = related.findLast((measured) => semver.lte(measured, version));
  return some.filter((measured) => measured === nearest);
}

function majorOf(version: string): string {
  return semver.major(version) === 0 ? `0.${semver.minor(version)}.0` : `${semver.major(version)}.0.0`;
}
