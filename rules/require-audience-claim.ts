import type { JwtOperation } from '../src/analysis/operation.ts';
import { claimOption } from '../src/analysis/option-names.ts';
import { bringsNoClaims, takesClaims } from '../src/analysis/record-evidence.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Policy } from '../src/policy.ts';
import { policyExpression } from '../src/remedies/environment.ts';
import { setMissing } from '../src/remedies/set-setting.ts';

/** A token that names no audience is meant for everybody. */
export const requireAudienceClaim = defineRule({
  name: 'require-audience-claim',
  description: 'Require that every token that is issued names its audience.',
  messages: {
    missing: '`{{name}}` issues a token that names no audience, so that every service that trusts the key takes it for its own. Set {{option}}.',
  },
  remedies: { 'write-audience': 'Name the audience {{value}} in the token.' },
  references: ['RFC 7519 section 4.1.3', 'RFC 8725 section 3.9', 'CWE-863'],
  presets: { service: 'error' },
  *check(operation, { operations, policy }) {
    // Where a function of the project issues the token, the claim belongs there and not at each of its callers.
    if (operation.wrapped && operation.argumentNode('options') === undefined) return;
    const absence = operation.model.absent?.audience?.[0];
    if (absence?.means !== 'omitted') return;
    const given = operation.setting('audience');
    if (given.state === 'set' || (given.state === 'unknown' && !bringsNoClaims(operation, 'audience', operations))) return;
    yield { message: 'missing', node: operation.node, file: operation.file, exploitability: absence.exploitability, data: { name: operation.name, option: claimOption(operation, 'audience', 'aud') }, remedies: written(operation, policy) };
  },
});

function written(operation: JwtOperation, { audience }: Policy): readonly Remedy<'write-audience'>[] {
  // Of several in the policy nothing says which this token is meant for.
  if (audience === undefined || Array.isArray(audience) || !takesClaims(operation)) return [];
  const value = policyExpression(audience, operation.node, operation.file);
  const edits = value && setMissing(operation, 'audience', value.text);
  return edits ? [{ id: 'write-audience', safety: 'stricter', edits: [...edits, ...value.edits], data: { value: value.text } }] : [];
}
