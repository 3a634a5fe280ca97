import type { Codemod } from '../src/codemod.ts';
import { pinAlgorithms } from './pin-algorithms.ts';
import { removeNoneAlgorithm } from './remove-none-algorithm.ts';

/** The codemods of the catalogue, in alphabetical order. */
export const codemods: readonly Codemod[] = [
  pinAlgorithms,
  removeNoneAlgorithm,
];
