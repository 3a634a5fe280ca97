import { claimFindings } from '../src/claim-findings.ts';
import { defineRule } from '../src/define-rule.ts';

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
  check: (operation, context) => claimFindings(operation, context, { setting: 'issuer', claim: 'iss', remedy: 'add-issuer' }),
});
