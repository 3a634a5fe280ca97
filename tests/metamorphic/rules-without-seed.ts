/** Rules that no generated program is made for, with the reason. Their own tests hold their variants. */
const HANDLING = 'It is about where a token goes, not about a call of a library.';
const COMPARES = 'It compares several operations, files or packages.';

export const rulesWithoutSeed: Readonly<Record<string, string>> = {
  'no-browser-client-secret': HANDLING,
  'no-legacy-grant': HANDLING,
  'no-token-broadcast': HANDLING,
  'no-token-forwarding': HANDLING,
  'no-token-in-url': HANDLING,
  'no-token-in-web-storage': HANDLING,
  'no-token-logging': HANDLING,
  'no-uncached-client-credentials': 'It is about requests to the token endpoint, not about a call of a library.',
  'require-https': 'It is about URLs, most of them outside calls of a library.',
  'require-secure-cookie': HANDLING,
  'no-shared-key': COMPARES,
  'no-shared-token': HANDLING,
  'prefer-asymmetric-algorithm': COMPARES,
  'prefer-remote-jwks': COMPARES,
  'require-token-type': COMPARES,
  'no-unverified-header-key': 'Its key comes from the token at hand, which the key productions do not have in scope.',
  'no-vulnerable-library': 'It is about the installed version, not about the program.',
  'no-encryption-as-authentication': 'It is about functions for encryption, which the seeds do not call.',
  'require-decryption-limits': 'It is about functions for encryption, which the seeds do not call.',
  'no-weak-algorithm': 'It is about key generation and encryption, which the seeds do not call.',
  'no-optional-authentication': 'It is about middleware, which the seeds do not call.',
  'require-claims': 'It is about libraries with a list of demanded claims of their own, which the seeds do not call.',
};
