import { isCheckedByHand } from '../src/analysis/claim-checks.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import type { Policy } from '../src/policy.ts';
import { policyExpression } from '../src/remedies/environment.ts';
import { setMissing } from '../src/remedies/set-setting.ts';

/** A token for one service must not open another. */
export const requireAudience = defineRule({
  name: 'require-audience',
  description: 'Require that a verified token was meant for this service.',
  messages: {
    missing: '`{{name}}` accepts a token meant for any other service that trusts the same issuer. Pass `{{option}}`.',
  },
  remedies: { 'add-audience': 'Check the audience {{value}}.' },
  references: ['RFC 7519 section 4.1.3', 'RFC 8725 section 3.9', 'CWE-287', 'CWE-863'],
  presets: { recommended: 'warn', strict: 'error', service: 'error' },
  *check(operation, { policy }) {
    if (operation.kind !== 'verify' && operation.kind !== 'decrypt') return;
    const given = operation.setting('audience');
    if (given.state !== 'missing' || given.absence?.means !== 'unchecked') return;
    if (isCheckedByHand(operation, 'aud')) return;
    const option = operation.model.settings.audience?.[0]?.at.replace(/^.*\./, '') ?? 'audience';
    yield { message: 'missing', node: operation.node, file: operation.file, exploitability: given.absence.exploitability, data: { name: operation.name, option }, remedies: added(operation, policy) };
  },
});

function added(operation: JwtOperation, { audience }: Policy): readonly Remedy<'add-audience'>[] {
  const value = audience === undefined ? undefined : policyExpression(audience, operation.node, operation.file);
  const edits = value && setMissing(operation, 'audience', value.text);
  return edits ? [{ id: 'add-audience', safety: 'stricter', edits: [...edits, ...value.edits], data: { value: value.text } }] : [];
}
