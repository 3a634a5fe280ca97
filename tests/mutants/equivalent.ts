/** Mutants that no program can tell from the original, with the reason. */
export const equivalent: readonly { readonly file: string; readonly original: string; readonly replacement: string; readonly reason: string }[] = [];
