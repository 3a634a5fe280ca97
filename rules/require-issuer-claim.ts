import type { JwtOperation } from '../src/analysis/operation.ts';
import { claimOption } from '../src/analysis/option-names.ts';
import { bringsNoClaims, takesClaims } from '../src/analysis/record-evidence.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Policy } from '../src/policy.ts';
import { policyExpression } from '../src/remedies/environment.ts';
import { setMissing } from '../src/remedies/set-setting.ts';

/** A token that names no issuer is anybody's who holds the key. */
export const requireIssuerClaim = defineRule({
  name: 'require-issuer-claim',
  description: 'Require that every token that is issued names its issuer.',
  messages: {
    missing: '`{{name}}` issues a token that names no issuer, so that a service that trusts several issuers cannot tell whose it is. Set {{option}}.',
  },
  remedies: { 'write-issuer': 'Name the issuer {{value}} in the token.' },
  references: ['RFC 7519 section 4.1.1', 'RFC 8725 section 3.8', 'CWE-346'],
  presets: { service: 'error' },
  *check(operation, { operations, policy }) {
    // Where a function of the project issues the token, the claim belongs there and not at each of its callers.
    if (operation.wrapped && operation.argumentNode('options') === undefined) return;
    const absence = operation.model.absent?.issuer?.[0];
    if (absence?.means !== 'omitted') return;
    const given = operation.setting('issuer');
    if (given.state === 'set' || (given.state === 'unknown' && !bringsNoClaims(operation, 'issuer', operations))) return;
    yield { message: 'missing', node: operation.node, file: operation.file, exploitability: absence.exploitability, data: { name: operation.name, option: claimOption(operation, 'issuer', 'iss') }, remedies: written(operation, policy) };
  },
});

function written(operation: JwtOperation, { issuer }: Policy): readonly Remedy<'write-issuer'>[] {
  // Of several in the policy nothing says which this token is from.
  if (issuer === undefined || Array.isArray(issuer) || !takesClaims(operation)) return [];
  const value = policyExpression(issuer, operation.node, operation.file);
  const edits = value && setMissing(operation, 'issuer', value.text);
  return edits ? [{ id: 'write-issuer', safety: 'stricter', edits: [...edits, ...value.edits], data: { value: value.text } }] : [];
}
