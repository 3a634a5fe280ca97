import type { AnyRule } from '../src/define-rule.ts';

/** The rules of the catalogue, in alphabetical order. */
export const rules: readonly AnyRule[] = [
];
