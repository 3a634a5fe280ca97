import type { Program } from './combine.ts';

/** Programs that are left out, with the reason that `docs/limits.md` gives. */
export interface Exclusion {
  readonly reason: string;
  applies(program: Program): boolean;
}

export const exclusions: readonly Exclusion[] = [
  {
    reason: 'A promise of verification that is returned into a `then` chain counts as passed on, whatever becomes of the chain.',
    applies: ({ seed, side, parts }) => seed.rule === 'no-unawaited-verification' && side === 'bad' && parts.origin.startsWith('import then'),
  },
  {
    reason: 'A `try` around a `then` chain without `await` catches nothing; what fails there is not an error that is swallowed but a promise that nobody awaits.',
    applies: ({ seed, side, parts }) => seed.rule === 'no-ignored-verification-error' && side === 'bad' && parts.origin.startsWith('import then'),
  },
];
