import { acceptsOnlyAsymmetric } from '../src/analysis/algorithm-evidence.ts';
import { isWrittenSecret, keyUses, placeOfKey, type KeyUse } from '../src/analysis/key-uses.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { otherPlace } from '../src/analysis/other-place.ts';
import { isRefusedInProduction } from '../src/analysis/production-checks.ts';
import { sentCredentials } from '../src/analysis/sent-credentials.ts';
import { defineRule } from '../src/define-rule.ts';
import { withoutFallback } from '../src/remedies/fallback.ts';

/** Whoever knows the source knows the fallback, and nothing fails when a deployment forgets the variable. */
export const noFallbackSecret = defineRule({
  name: 'no-fallback-secret',
  description: 'Disallow a written-out fallback for a secret that is missing in the environment or the configuration.',
  messages: {
    fallback: 'A deployment without {{source}} runs with this fallback{{place}} as its secret, and everybody who has the code can issue tokens for it. Refuse to start without it instead.',
    empty: 'A deployment without {{source}} runs with an empty secret{{place}}. Refuse to start without it instead.',
  },
  remedies: {
    'remove-fallback': 'Drop the fallback, and refuse to start without {{variable}}.',
  },
  references: ['RFC 8725 section 3.5', 'RFC 7515 section 10.2', 'CWE-1188', 'CWE-798'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *checkFile(context) {
    const { file, operations } = context;
    const fallbacks = keyUses(operations).filter((use) => isFallback(use) && !isRefusedInProduction(use.possibility, siblingsOf(use), file));
    for (const use of fallbacks) {
      const { possibility } = use;
      const place = placeOfKey(use, file);
      yield {
        message: possibility.material === 'empty' ? 'empty' : 'fallback',
        data: { source: sourceName(use), place: otherPlace(possibility, file) },
        node: place.node, file: place.file, exploitability: 'depends',
        cause: possibility,
        remedies: withoutFallback(possibility, 'remove-fallback'),
      };
    }
    for (const one of sentCredentials(context)) {
      if (!one.fallback) continue;
      const here = one.file === file ? one : one.use;
      yield { message: 'fallback', data: { source: 'the variable', place: otherPlace(one, file) }, node: here.node, file, exploitability: 'depends', cause: one, remedies: withoutFallback(one, 'remove-fallback') };
    }
  },
});

function isFallback({ operation, possibility }: KeyUse): boolean {
  if (!possibility.fallback) return false;
  // Without its public key a verification fails: nobody signs with nothing.
  return isWrittenSecret(possibility) || (possibility.material === 'empty' && !takesPublicKey(operation));
}

function takesPublicKey(operation: JwtOperation): boolean {
  return operation.model.keyKind === 'public' || operation.model.keyKind === 'certificate' || (operation.kind === 'verify' && acceptsOnlyAsymmetric(operation));
}

/** What the key is when all is well. */
function siblingsOf({ key, possibility }: KeyUse): KeyUse['key']['possibilities'] {
  return key.possibilities.filter((other) => other !== possibility && (other.material === 'environment' || other.material === 'configuration'));
}

function sourceName(use: KeyUse): string {
  const [first] = siblingsOf(use);
  return first?.name === undefined ? 'the value' : `\`${first.name}\``;
}
