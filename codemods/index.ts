import type { Codemod } from '../src/codemod.ts';

/** The codemods of the catalogue, in alphabetical order. */
export const codemods: readonly Codemod[] = [
];
