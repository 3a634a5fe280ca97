import type { AnyRule } from '../src/define-rule.ts';
import { noNoneAlgorithm } from './no-none-algorithm.ts';
import { requireAlgorithms } from './require-algorithms.ts';
import { requireAudience } from './require-audience.ts';

/** The rules of the catalogue, in alphabetical order. */
export const rules: readonly AnyRule[] = [
  noNoneAlgorithm,
  requireAlgorithms,
  requireAudience,
];
