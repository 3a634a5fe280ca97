import type { Program } from './combine.ts';

/** Programs that are left out, with the reason that `docs/limits.md` gives. */
export interface Exclusion {
  readonly reason: string;
  applies(program: Program): boolean;
}

export const exclusions: readonly Exclusion[] = [];
