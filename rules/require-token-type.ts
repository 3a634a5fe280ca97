import { shareKey } from '../src/analysis/algorithm-evidence.ts';
import { isCheckedByHand } from '../src/analysis/claim-checks.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { tokenKindOf } from '../src/analysis/token-kind.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Policy } from '../src/policy.ts';
import { setMissing } from '../src/remedies/set-setting.ts';
import { quote } from '../src/remedies/style.ts';

const CLAIMS = ['typ', 'type', 'token_use', 'tokenType', 'token_type', 'use', 'purpose', 'kind', 'scope'] as const;
const KINDS = { access: 'access', refresh: 'refresh', oneTime: 'one-time' } as const;

/** A refresh token must not pass for an access token. */
export const requireTokenType = defineRule({
  name: 'require-token-type',
  description: 'Require that verification tells kinds of token apart where one key signs several of them.',
  messages: {
    mixed: '`{{name}}` accepts {{kinds}} tokens alike, because one key signs them all. {{advice}}.',
  },
  remedies: { 'add-token-type': 'Accept only tokens of the type {{type}}.' },
  references: ['RFC 8725 section 3.11', 'RFC 8725 section 3.12', 'RFC 9068 section 2.1', 'CWE-287', 'CWE-345'],
  presets: { service: 'error' },
  *check(operation, { operations, policy, file }) {
    if (operation.kind !== 'verify' || operation.file !== file || operation.wrapped) return;
    if (operation.setting('type').state !== 'missing' || isToldApart(operation)) return;
    const issued = operations.filter((other) => other.kind === 'sign' && shareKey(operation.key, other.key));
    const kinds = [...new Set(issued.map((other) => tokenKindOf(other)))];
    if (kinds.length < 2 || issued.every((other) => isMarked(other, issued))) return;
    const absence = operation.setting('type');
    const option = operation.model.settings.type?.[0]?.at.replace(/^.*\./, '');
    yield {
      message: 'mixed', node: operation.node, file, exploitability: absence.state === 'missing' ? absence.absence?.exploitability ?? 'depends' : 'depends',
      data: { name: operation.name, kinds: kinds.map((kind) => KINDS[kind]).join(' and '), advice: option === undefined ? 'Use a key for each kind, or compare a claim' : `Pass \`${option}\`, or use a key for each kind` },
      remedies: typed(operation, policy),
    };
  },
});

/** The code around the verification compares a claim that tells kinds apart, or demands an audience or a subject of its own. */
function isToldApart(operation: JwtOperation): boolean {
  if (CLAIMS.some((claim) => isCheckedByHand(operation, claim))) return true;
  return ['audience', 'requiredClaims'].some((setting) => operation.setting(setting as 'audience').state !== 'missing' && operation.setting(setting as 'audience').state === 'set');
}

/** What is issued carries an audience of its own, which the verification would compare. */
function isMarked(operation: JwtOperation, all: readonly JwtOperation[]): boolean {
  const audience = operation.setting('audience');
  return audience.state === 'set' && all.filter((other) => other.setting('audience').state === 'set').length === all.length;
}

function typed(operation: JwtOperation, { tokenType }: Policy): readonly Remedy<'add-token-type'>[] {
  if (tokenType === undefined) return [];
  const edits = setMissing(operation, 'type', quote(tokenType, operation.file));
  return edits ? [{ id: 'add-token-type', safety: 'stricter', edits, data: { type: `\`${tokenType}\`` } }] : [];
}
