interface EquivalentMutant {
  readonly file: string;
  readonly original: string;
  readonly replacement: string;
  readonly reason: string;
}

/** Mutants that no program can tell from the original, with the reason. */
export const equivalent: readonly EquivalentMutant[] = [
  {
    file: 'src/analysis/token-addresses.ts', original: 'at < node.expressions.length', replacement: 'at <= node.expressions.length',
    reason: 'Behind the last quasi there is no expression, and a parameter without one is none.',
  },
  {
    file: 'src/analysis/token-addresses.ts', original: "before.type === AST_NODE_TYPES.Literal && typeof before.value === 'string'", replacement: "before.type === AST_NODE_TYPES.Literal || typeof before.value === 'string'",
    reason: 'A number, a pattern or `null` as text never ends in `token=`.',
  },
  {
    file: 'src/analysis/grant-requests.ts', original: "written.type === AST_NODE_TYPES.Literal && typeof written.value === 'string'", replacement: "written.type === AST_NODE_TYPES.Literal || typeof written.value === 'string'",
    reason: 'No other literal reads `password` as text, and the other nodes with a text as value are no expressions.',
  },
  {
    file: 'rules/no-vulnerable-library.ts', original: 'version === undefined', replacement: 'false',
    reason: 'A range of nothing is any version, and no flaw is in every version.',
  },
];
