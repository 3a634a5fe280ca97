import { claimFindings } from '../src/claim-findings.ts';
import { defineRule } from '../src/define-rule.ts';

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
  check: (operation, context) => claimFindings(operation, context, { setting: 'audience', claim: 'aud', remedy: 'add-audience' }),
});
