import { otherPlace } from '../src/analysis/other-place.ts';
import { causeOf, placeOf } from '../src/analysis/report-place.ts';
import { isSwitchedOff } from '../src/analysis/token-identity.ts';
import { type UnverifiedDecision, unverifiedDecisions } from '../src/analysis/tokens.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { verifyInstead } from '../src/remedies/verify-instead.ts';

const EFFECTS = {
  condition: 'decides a condition', presence: 'lets the request through', query: 'selects stored data', lookup: 'selects stored data',
  identity: 'becomes the user of the request', session: 'goes into a session', response: 'goes into the response', issue: 'goes into a new token',
  path: 'chooses a file', url: 'chooses a URL', command: 'goes into a command', key: 'chooses a key',
  result: 'is returned as if it had been verified',
} as const;

/** Decoding shows what a token says, not who wrote it. */
export const noUnverifiedDecode = defineRule({
  name: 'no-unverified-decode',
  description: 'Disallow decisions on the claims of a token that was decoded but never verified.',
  messages: {
    decision: '`{{name}}` does not check who wrote the token, and {{what}} {{effect}} on line {{line}}{{elsewhere}}: anybody can write such a token. Verify it first.',
    presence: '`{{name}}` does not check who wrote the token, and any text of the right form passes the test on line {{line}}. Verify the token before you call `next()`.',
    off: '`{{name}}` is told not to verify{{elsewhere}}: it accepts every token, whoever wrote it. Let it verify with the key of the issuer.',
  },
  remedies: { 'verify-instead': 'Call `{{call}}`, which checks the signature with the key that this file verifies with.' },
  options: { schema: { browser: { type: 'boolean', description: 'Also report code that runs in a browser, where claims only choose what is shown.' } }, defaults: { browser: false } },
  references: ['RFC 7519 section 7.2', 'RFC 8725 section 3.3', 'RFC 7515 section 5.2', 'CWE-345', 'CWE-347'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *check(operation) {
    // A strategy that does not verify has no result to follow: every route behind it trusts the claims.
    if (!operation.model.middleware || !isSwitchedOff(operation)) return;
    for (const setting of operation.settingsAt('skipVerification')) {
      const place = placeOf(operation, setting, setting);
      yield { message: 'off', data: { name: operation.name, elsewhere: causeOf(place) }, ...place, exploitability: 'exploitable' };
    }
  },
  *checkFile({ file, operations, options, isEnabled }) {
    for (const decision of unverifiedDecisions(file, options)) {
      const { reading, use, name, node } = decision;
      // jose `UnsecuredJWT` is a matter of the algorithm.
      if (reading.operation?.model.unsecured && isEnabled('no-none-algorithm')) continue;
      // What a failed verification falls back on is that rule's defect.
      if (decision.afterFailure && isEnabled('no-ignored-verification-error')) continue;
      const common = { node, file, exploitability: use.kind === 'response' ? 'depends' : 'exploitable', remedies: repaired(decision, operations) } as const;
      const line = use.node.loc.start.line;
      if (use.kind === 'presence') yield { ...common, message: 'presence', data: { name, line } };
      else yield { ...common, message: 'decision', data: { name, what: decision.claim === undefined ? 'what it says' : `its \`${decision.claim}\``, effect: EFFECTS[use.kind], line, elsewhere: otherPlace(use, file) } };
    }
  },
});

function repaired(decision: UnverifiedDecision, operations: readonly JwtOperation[]): readonly Remedy<'verify-instead'>[] {
  const { operation } = decision.reading;
  if (!operation || operation.node !== decision.node) return [];
  const verifying = verifyInstead(operation, operations);
  return verifying ? [{ id: 'verify-instead', safety: 'stricter', edits: [verifying.edit], data: { call: verifying.call } }] : [];
}
