import { shareKey } from '../src/analysis/algorithm-evidence.ts';
import { isCheckedByHand } from '../src/analysis/claim-checks.ts';
import { demandedClaims } from '../src/analysis/demanded-claims.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { optionName } from '../src/analysis/option-names.ts';
import { isLookedUp } from '../src/analysis/stored-tokens.ts';
import { tokenKindOf } from '../src/analysis/token-kind.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Policy } from '../src/policy.ts';
import { setMissing } from '../src/remedies/set-setting.ts';
import { quote } from '../src/remedies/style.ts';

const CLAIMS = ['typ', 'type', 'token_use', 'tokenType', 'token_type', 'use', 'purpose', 'kind', 'scope'] as const;
/** Registered claims that tokens of every kind carry, so that demanding one tells none apart. */
const EVERYWHERE = new Set(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']);
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
    if (operation.kind !== 'verify') return;
    const type = operation.setting('type');
    if (type.state !== 'missing' || isToldApart(operation)) return;
    const issued = operations.filter((other) => other.kind === 'sign' && shareKey(operation.key, other.key));
    const kinds = [...new Set(issued.map((other) => tokenKindOf(other)))];
    // Audiences of their own tell tokens apart where they are compared, which another rule asks for.
    if (kinds.length < 2 || issued.every((other) => other.setting('audience').state === 'set')) return;
    const [place] = operation.model.settings.type ?? [];
    yield {
      // A library that pins `typ` to its own default tells nothing apart either: it signs every kind with that.
      message: 'mixed', node: operation.node, file, exploitability: 'depends',
      data: { name: operation.name, kinds: kinds.map((kind) => KINDS[kind]).join(' and '), advice: place ? `Pass \`${optionName(place)}\`, or use a key for each kind` : 'Use a key for each kind, or compare a claim' },
      remedies: typed(operation, policy),
    };
  },
});

/** The code around the verification compares a claim that tells kinds apart, or looks the token up; or an audience or a subject of its own is demanded. */
function isToldApart(operation: JwtOperation): boolean {
  if (CLAIMS.some((claim) => isCheckedByHand(operation, claim)) || isLookedUp(operation)) return true;
  if (operation.setting('audience').state === 'set' || operation.setting('subject').state === 'set') return true;
  return demandedClaims(operation)?.every((claim) => EVERYWHERE.has(claim)) === false;
}

function typed(operation: JwtOperation, { tokenType }: Policy): readonly Remedy<'add-token-type'>[] {
  if (tokenType === undefined) return [];
  const edits = setMissing(operation, 'type', ({ accepts }) => {
    if (!accepts?.includes('boolean')) return quote(tokenType, operation.file);
    // A switch that demands access tokens can demand nothing else (RFC 9068 section 2.1).
    return /^(?:application\/)?at\+jwt$/i.test(tokenType) ? 'true' : undefined;
  });
  return edits ? [{ id: 'add-token-type', safety: 'stricter', edits, data: { type: `\`${tokenType}\`` } }] : [];
}
