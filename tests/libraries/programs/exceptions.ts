/** Cells for which the derived programs do not show what the rule is for, with the reason. */
export const exceptions: readonly { readonly rule: string; readonly library: string; readonly about?: string; readonly versions?: string; readonly reason: string }[] = [
  { rule: 'no-unverified-decode', library: '@auth0/angular-jwt', reason: 'It runs in a browser, where decoding is for display and the rule speaks only with its option `browser`.' },
  { rule: 'no-shared-key', library: 'jose', about: 'CompactSign#sign, FlattenedSign#sign', reason: 'It signs bytes, whose claims are not seen.' },
  { rule: 'no-shared-key', library: 'node-jose', reason: 'It signs bytes, whose claims are not seen.' },
  { rule: 'no-shared-key', library: 'fast-jwt', about: 'createSigner', reason: 'It makes a function; the tokens are issued by the calls of that.' },
];
