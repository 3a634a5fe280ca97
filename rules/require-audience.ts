import { isCheckedByHand } from '../src/analysis/claim-checks.ts';
import { absentClaimCheck, isMisread, knownValues } from '../src/analysis/claim-settings.ts';
import { causeOf, placeOf, reportedSettings } from '../src/analysis/report-place.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import type { Policy } from '../src/policy.ts';
import { addClaimCheck } from '../src/remedies/claim-check.ts';

/** A token for one service must not open another. */
export const requireAudience = defineRule({
  name: 'require-audience',
  description: 'Require that a verified token was meant for this service.',
  messages: {
    missing: '`{{name}}` accepts a token meant for any other service that trusts the same issuer. Pass `{{option}}`.',
    off: '`{{option}}: {{given}}`{{elsewhere}} switches the check off, so that `{{name}}` accepts a token meant for any other service. Give the audience of this service.',
    contradicts: '`{{name}}` accepts the audience `{{given}}`{{elsewhere}}, which is not the one of the policy. Take the audience from the policy, or correct the policy.',
  },
  remedies: { 'add-audience': 'Check the audience {{value}}.' },
  references: ['RFC 7519 section 4.1.3', 'RFC 8725 section 3.9', 'CWE-287', 'CWE-863'],
  presets: { recommended: 'warn', strict: 'error', service: 'error' },
  *check(operation, { policy, isEnabled }) {
    if (operation.kind === 'verify' || operation.kind === 'decrypt') {
      const absent = absentClaimCheck(operation, 'audience');
      if (absent && !isCheckedByHand(operation, 'aud') && !(isEnabled('valid-verify-options') && isMisread(operation, 'audience'))) {
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
    for (const setting of reportedSettings(operation, operation.settingsAt('audience'))) {
      for (const { text, value } of knownValues(setting.value, policy.audience)) {
        const place = placeOf(operation, setting, value);
        yield { message: 'contradicts', ...place, exploitability: 'depends', data: { name: operation.name, given: text, elsewhere: causeOf(place) } };
      }
    }
  },
});

function added(operation: JwtOperation, { audience }: Policy): readonly Remedy<'add-audience'>[] {
  const check = addClaimCheck(operation, 'audience', 'aud', audience);
  return check ? [{ id: 'add-audience', safety: 'stricter', edits: check.edits, data: { value: check.value } }] : [];
}
