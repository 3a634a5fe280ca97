/** Cells of the table of rules and libraries: programs, or the reason why there are none. */
import { mayBe } from '../../../src/analysis/versions.ts';
import type { LibraryDescriptor, OperationKind, OperationModel, Place } from '../../../src/libraries/descriptor.ts';
import type { Policy } from '../../../src/policy.ts';
import { type GivenText, program, usual } from './program.ts';

/** A bad and a good program, and the calls that they are about. */
export interface Pair {
  readonly about: string;
  readonly bad: string;
  readonly good: string;
  /** What the project has decided, where the rule asks for it. */
  readonly policy?: Policy;
}

/** Programs for a library at a version, or the reason why there are none. */
export type Cell = readonly Pair[] | string;

/** What a rule is about. */
export type Subject = (library: LibraryDescriptor, version: string) => Cell;

/** Source text for a place; undefined where the place takes no such value. */
export type Write = (place: Place) => string | undefined;

/** The operations of these kinds that a version has. */
export function inVersion(library: LibraryDescriptor, version: string, kinds: readonly OperationKind[]): readonly OperationModel[] {
  return library.operations.filter(({ kind, versions, settledElsewhere }) => kinds.includes(kind) && !settledElsewhere && mayBe(version, versions));
}

const DOES: Readonly<Record<OperationKind, string>> = {
  sign: 'issues no signed tokens', verify: 'verifies no tokens', decode: 'reads no tokens without verifying them', encrypt: 'encrypts nothing', decrypt: 'decrypts nothing',
  configure: 'has no configuration of its own', 'key-set': 'reads no key sets', 'import-key': 'imports no keys', extract: 'takes no tokens from requests',
};

/** That a library has no operation of the first of these kinds, in words. */
export const lacks = (kinds: readonly OperationKind[]): string => DOES[kinds[0] ?? 'verify'];

/** A call with a bad and with a good value; nothing where the call cannot hold them. */
export function pair(library: LibraryDescriptor, model: OperationModel, version: string, bad: GivenText, good: GivenText, use?: (call: string) => string): readonly Pair[] {
  const base = usual(library, model, version);
  const texts = [bad, good].map((given) => program(library, model, version, { ...base, ...given }, use));
  return texts[0] === undefined || texts[1] === undefined ? [] : [{ about: model.calls.join(', '), bad: texts[0], good: texts[1] }];
}

/** The same text in every place. */
export const text = (source: string): Write => () => source;

/** A length of time as a place reads it; points in time are counted from now. */
export const lasting = (seconds: number): Write => ({ time }) => {
  switch (time?.number) {
    case 'duration-s': return String(seconds);
    case 'duration-ms': return String(seconds * 1000);
    case 'instant-s': return `Math.floor(Date.now() / 1000) + ${seconds}`;
    case 'instant-ms': return `Date.now() + ${seconds * 1000}`;
    case 'rejected': case 'ignored': return time.text === 'ms' || time.text === 'jose' ? `'${seconds}s'` : undefined;
    default: return undefined;
  }
};

/** A list of algorithms as a place takes it. */
export const algorithms = (...names: readonly string[]): Write => ({ shape }) => (shape === 'single' ? (names.length === 1 ? `'${names[0] ?? ''}'` : undefined) : `[${names.map((name) => `'${name}'`).join(', ')}]`);
