import { loggedSecrets } from '../src/analysis/logs.ts';
import { evidenceIn } from '../src/analysis/token-sinks.ts';
import { defineRule } from '../src/define-rule.ts';

/** Logs are read by many, copied to many places and kept for long. */
export const noTokenLogging = defineRule({
  name: 'no-token-logging',
  description: 'Disallow writing tokens, keys and secrets to logs.',
  messages: {
    token: 'This writes a token to the log, and whoever reads the log can use it. Leave it out, or log an identifier of it such as `jti`.',
    secret: 'This writes a secret to the log, and whoever reads the log can sign tokens. Leave it out, and change the secret.',
  },
  references: ['RFC 6750 section 5.2', 'CWE-532'],
  presets: { recommended: 'warn', strict: 'error', service: 'error', browser: 'error' },
  *checkFile({ file, operations }) {
    const evidence = evidenceIn(file, operations);
    for (const { kind, node } of loggedSecrets(evidence)) yield { message: kind, node, file, exploitability: 'hardening' };
  },
});
