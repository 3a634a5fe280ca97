import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { isCheckedByHand, isDemandedByHand } from '../src/analysis/claim-checks.ts';
import { demandedClaims } from '../src/analysis/demanded-claims.ts';
import { optionName } from '../src/analysis/option-names.ts';
import { isMisread } from '../src/analysis/claim-settings.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { SettingName } from '../src/libraries/descriptor.ts';
import { addElements } from '../src/remedies/lists.ts';
import { setMissing } from '../src/remedies/set-setting.ts';
import { quote } from '../src/remedies/style.ts';

/** Settings that compare a claim, and so demand it unless the library lets a token without it pass. */
const COMPARED = [
  { claim: 'aud', setting: 'audience' }, { claim: 'iss', setting: 'issuer' }, { claim: 'sub', setting: 'subject' },
  { claim: 'jti', setting: 'tokenId' }, { claim: 'nonce', setting: 'nonce' }, { claim: 'iat', setting: 'maxAge' },
] as const satisfies readonly { claim: string; setting: SettingName }[];

/** A check of a claim is worth nothing where a token may leave the claim out. */
export const requireClaims = defineRule({
  name: 'require-claims',
  description: 'Require that a token carries the claims that it is judged by.',
  messages: {
    missing: '`{{name}}` accepts a token that carries no {{claims}}. {{advice}}.',
    skipped: '`{{name}}` compares {{claims}} only where the token carries it, so that a token without it passes. {{advice}}.',
  },
  remedies: { 'demand-claims': 'Demand {{claims}}.' },
  options: {
    schema: { claims: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'Claims that every token must carry, besides `requiredClaims` of the policy and those that are compared.' } },
    defaults: { claims: ['exp'] as readonly string[] },
  },
  references: ['RFC 7519 section 4', 'RFC 9068 section 2.2', 'RFC 8725 section 3.9', 'CWE-345', 'CWE-613'],
  presets: { recommended: ['warn', { claims: [] }], strict: 'error', service: 'error' },
  *check(operation, { options, policy, isEnabled, operations }) {
    const demanded = demandedClaims(operation);
    if (demanded === undefined || (isEnabled('valid-verify-options') && isMisread(operation, 'requiredClaims'))) return;
    const lacking = (claim: string) => !demanded.includes(claim) && !isDemandedByHand(operation, claim) && !(operation.kind === 'configure' && isDemandedByCalls(operation, claim, operations));
    const skipped = COMPARED.filter(({ claim, setting }) => isSkipped(operation, setting) && lacking(claim)).map(({ claim }): string => claim);
    if (skipped.length > 0) yield { message: 'skipped', ...common(operation, skipped), exploitability: 'depends' };
    const { requiredClaims: absence } = operation.model.absent ?? {};
    if (absence === undefined) return;
    const wanted = [...new Set([...options.claims, ...(policy.requiredClaims ?? [])])];
    const missing = wanted.filter((claim) => lacking(claim) && !skipped.includes(claim) && !isSettled(operation, claim) && !(claim === 'exp' && (isEnabled('require-max-age') || isBounded(operation))));
    if (missing.length > 0) yield { message: 'missing', ...common(operation, missing), exploitability: operation.exploitabilityOf('requiredClaims') };
  },
});

function common(operation: JwtOperation, claims: readonly string[]) {
  const { requiredClaims: [place] = [], maxAge: [age] = [] } = operation.model.settings;
  const list = claims.map((claim) => `\`${claim}\``).join(', ');
  const advice = place ? `List it in \`${optionName(place)}\`` : age && claims.includes('exp') ? `Set \`${optionName(age)}\`` : 'Check it by hand after verifying';
  return { node: operation.node, file: operation.file, data: { name: operation.name, claims: list, advice }, remedies: demand(operation, claims) };
}

/** Whether all verifications in the file of a configuration demand a claim themselves. */
function isDemandedByCalls({ library }: JwtOperation, claim: string, operations: readonly JwtOperation[]): boolean {
  const calls = operations.filter((other) => other.kind === 'verify' && other.library === library);
  return calls.length > 0 && calls.every((call) => demandedClaims(call)?.includes(claim) !== false);
}

/** Whether the library compares a claim that is set, but lets a token pass that lacks it. A configuration is reported where it is made. */
function isSkipped(operation: JwtOperation, setting: SettingName): boolean {
  const given = operation.setting(setting);
  return given.state === 'set' && !given.place.at.startsWith('configuration.') && given.place.missingClaim === 'accepted' && !(given.value.kind === 'primitive' && !given.value.value);
}

/** Whether a claim is compared with something, by the library or by hand, so that a token without it fails; unknown counts. */
function isSettled(operation: JwtOperation, claim: string): boolean {
  const compared = COMPARED.find((one) => one.claim === claim);
  if (compared && operation.model.settings[compared.setting] && operation.setting(compared.setting).state !== 'missing') return true;
  return isCheckedByHand(operation, claim);
}

function isBounded(operation: JwtOperation): boolean {
  return operation.model.settings.maxAge !== undefined && operation.setting('maxAge').state !== 'missing';
}

function demand(operation: JwtOperation, claims: readonly string[]): readonly Remedy<'demand-claims'>[] {
  const { file } = operation;
  const texts = claims.map((claim) => quote(claim, file));
  const data = { claims: claims.join(', ') };
  const given = operation.setting('requiredClaims');
  if (given.state === 'missing') {
    const edits = setMissing(operation, 'requiredClaims', `[${texts.join(', ')}]`);
    return edits ? [{ id: 'demand-claims', safety: 'stricter', edits, data }] : [];
  }
  if (given.state !== 'set' || !given.owned || given.node.type !== AST_NODE_TYPES.ArrayExpression) return [];
  return [{ id: 'demand-claims', safety: 'stricter', edits: [addElements(given.node, texts, file)], data }];
}
