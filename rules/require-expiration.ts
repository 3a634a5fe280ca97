import type { JwtOperation } from '../src/analysis/operation.ts';
import { claimOption } from '../src/analysis/option-names.ts';
import { bringsNoClaims, takesClaims } from '../src/analysis/record-evidence.ts';
import { isAbsent } from '../src/analysis/settings.ts';
import { tokenKindOf } from '../src/analysis/token-kind.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Policy } from '../src/policy.ts';
import { lifetimeText, policyLifetime } from '../src/remedies/lifetimes.ts';
import { setMissing } from '../src/remedies/set-setting.ts';

/** A token without `exp` opens the door for as long as its key lives. */
export const requireExpiration = defineRule({
  name: 'require-expiration',
  description: 'Require that every token that is issued expires.',
  messages: {
    missing: '`{{name}}` issues a token that never expires: whoever steals it can use it until the key changes. Set {{option}}.',
    record: '`{{name}}` is given no lifetime and a payload that brings none, so the token never expires. Set {{option}}.',
  },
  remedies: { 'add-expiration': 'Let the token expire after {{lifetime}}.' },
  references: ['RFC 7519 section 4.1.4', 'RFC 9068 section 2.2', 'CWE-613'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *check(operation, { operations, policy }) {
    const absence = operation.model.absent?.expiration?.[0];
    const given = operation.setting('expiration');
    const removed = given.state === 'set' && given.place.bare === 'removes' && isAbsent(given.value);
    if (!absence || (absence.means !== 'omitted' && !removed)) return;
    const { name, node, file } = operation;
    const common = { node: removed ? given.node : node, file, exploitability: removed ? 'exploitable' : absence.exploitability, data: { name, option: claimOption(operation, 'expiration', 'exp') } } as const;
    if (removed) {
      yield { ...common, message: 'missing' };
    } else if (given.state === 'missing') {
      yield { ...common, message: 'missing', remedies: added(operation, policy) };
    } else if (given.state === 'unknown' && bringsNoClaims(operation, 'expiration', operations)) {
      yield { ...common, message: 'record', remedies: added(operation, policy) };
    }
  },
});

function added(operation: JwtOperation, policy: Policy): readonly Remedy<'add-expiration'>[] {
  const lifetime = policyLifetime(policy, tokenKindOf(operation));
  if (lifetime === undefined || !takesClaims(operation)) return [];
  const edits = setMissing(operation, 'expiration', (place) => lifetimeText(place, lifetime, operation.file));
  return edits ? [{ id: 'add-expiration', safety: 'stricter', edits, data: { lifetime } }] : [];
}
