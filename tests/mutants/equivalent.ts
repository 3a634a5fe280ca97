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
    file: 'src/analysis/values.ts', original: "'it is empty'", replacement: "''",
    reason: 'A sequence has at least two expressions.',
  },
  {
    file: 'src/analysis/variables.ts', original: 'known', replacement: 'false',
    reason: 'The writes of a variable are kept only for speed.',
  },
  {
    file: 'src/analysis/variables.ts', original: "'the pattern is not read'", replacement: "''",
    reason: 'A pattern that declares or writes a name holds it.',
  },
  {
    file: 'src/analysis/variables.ts', original: '!parameter', replacement: 'false',
    reason: 'What declares a parameter is among the parameters of its function.',
  },
  {
    file: 'src/analysis/variables.ts', original: "'it is not a parameter'", replacement: "''",
    reason: 'What declares a parameter is among the parameters of its function.',
  },
  {
    file: 'src/analysis/sent-credentials.ts', original: 'before', replacement: 'false',
    reason: 'The credentials of a file are kept only for speed.',
  },
  {
    file: 'src/analysis/unit-evidence.ts', original: "value.kind !== 'primitive' || typeof value.value !== 'number'", replacement: "value.kind !== 'primitive' && typeof value.value !== 'number'",
    reason: '`Number.isFinite` is true of numbers alone.',
  },
  {
    file: 'src/analysis/unit-evidence.ts', original: "value.kind !== 'primitive' || typeof value.value !== 'number' || !Number.isFinite(value.value)", replacement: "value.kind !== 'primitive' || typeof value.value !== 'number' && !Number.isFinite(value.value)",
    reason: '`Number.isFinite` is true of numbers alone.',
  },
  {
    file: 'src/analysis/unit-evidence.ts', original: 'amount < 60_000', replacement: 'amount <= 60_000',
    reason: 'A minute has no fraction of a second and is no multiple of an hour.',
  },
  {
    file: 'src/analysis/unsigned-tokens.ts', original: "algorithm.kind === 'primitive' && typeof algorithm.value === 'string'", replacement: "algorithm.kind === 'primitive' || typeof algorithm.value === 'string'",
    reason: 'Nothing but a text is the name of an algorithm.',
  },
  {
    file: 'rules/no-vulnerable-library.ts', original: 'version === undefined', replacement: 'false',
    reason: 'A range of nothing is any version, and no flaw is in every version.',
  },
];
