import { isCheckedByHand } from '../src/analysis/claim-checks.ts';
import { absentClaimCheck, isMisread, knownValues } from '../src/analysis/claim-settings.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { causeOf, placeOf, reportedSettings } from '../src/analysis/report-place.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Policy } from '../src/policy.ts';
import { addClaimCheck } from '../src/remedies/claim-check.ts';

/** A key says who could have signed a token; the issuer says who did. */
export const requireIssuer = defineRule({
  name: 'require-issuer',
  description: 'Require that a verified token comes from the issuer that this service trusts.',
  messages: {
    missing: '`{{name}}` accepts a token of any issuer that holds the key. Pass `{{option}}`.',
    off: '`{{option}}: {{given}}`{{elsewhere}} switches the check off, so that `{{name}}` accepts a token of any issuer that holds the key. Give the issuer that this service trusts.',
    contradicts: '`{{name}}` accepts the issuer `{{given}}`{{elsewhere}}, which is not the one of the policy. Take the issuer from the policy, or correct the policy.',
  },
  remedies: { 'add-issuer': 'Check the issuer {{value}}.' },
  references: ['RFC 7519 section 4.1.1', 'RFC 8725 section 3.8', 'CWE-346'],
  presets: { strict: 'error', service: 'error' },
  *check(operation, { policy, isEnabled }) {
    if (operation.kind === 'verify' || operation.kind === 'decrypt') {
      const absent = absentClaimCheck(operation, 'issuer');
      if (absent && !isCheckedByHand(operation, 'iss') && !(isEnabled('valid-verify-options') && isMisread(operation, 'issuer'))) {
        const { name } = operation;
        const common = { exploitability: absent.exploitability, remedies: absent.setting ? [] : added(operation, policy) } as const;
        if (absent.setting) {
          const place = placeOf(operation, absent.setting);
          yield { ...common, message: 'off', ...place, data: { name, option: absent.option, given: absent.given, elsewhere: causeOf(place) } };
        } else {
          yield { ...common, message: 'missing', node: operation.node, file: operation.file, data: { name, option: absent.option } };
        }
        return;
      }
    }
    if (operation.kind === 'sign' || operation.kind === 'encrypt') return;
    for (const setting of reportedSettings(operation, operation.settingsAt('issuer'))) {
      for (const { text, value } of knownValues(setting.value, policy.issuer)) {
        const place = placeOf(operation, setting, value);
        yield { message: 'contradicts', ...place, exploitability: 'depends', data: { name: operation.name, given: text, elsewhere: causeOf(place) } };
      }
    }
  },
});

function added(operation: JwtOperation, { issuer }: Policy): readonly Remedy<'add-issuer'>[] {
  const check = addClaimCheck(operation, 'issuer', 'iss', issuer);
  return check ? [{ id: 'add-issuer', safety: 'stricter', edits: check.edits, data: { value: check.value } }] : [];
}
