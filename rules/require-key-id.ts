import { familyOf } from '../src/algorithms.ts';
import { familyOfKey, knownTexts } from '../src/analysis/algorithm-evidence.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { optionName } from '../src/analysis/option-names.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Policy } from '../src/policy.ts';
import { policyExpression } from '../src/remedies/environment.ts';
import { setMissing } from '../src/remedies/set-setting.ts';

/** Receivers with several keys, as in every rotation, look a key up by its id. */
export const requireKeyId = defineRule({
  name: 'require-key-id',
  description: 'Require that a token signed with a private key names the key in its header.',
  messages: {
    missing: '`{{name}}` signs with a private key and does not say which, so receivers cannot tell an old key from a new one and the key cannot be rotated. Set `{{option}}` to the key id that your JWKS publishes.',
  },
  remedies: { 'add-key-id': 'Name the key {{value}}.' },
  references: ['RFC 7515 section 4.1.4', 'RFC 7517 section 4.5', 'CWE-324'],
  presets: { service: 'error' },
  *check(operation, { policy }) {
    if (operation.kind !== 'sign' || !signsAsymmetrically(operation)) return;
    const given = operation.setting('keyId');
    if (given.state !== 'missing' || given.absence?.means !== 'omitted') return;
    yield { message: 'missing', node: operation.node, file: operation.file, exploitability: 'hardening', data: { name: operation.name, option: operation.model.settings.keyId?.map(optionName)[0] ?? '' }, remedies: named(operation, policy) };
  },
});

/** By the algorithm where it is known, else by the key. */
function signsAsymmetrically(operation: JwtOperation): boolean {
  const algorithm = operation.setting('algorithm');
  if (algorithm.state === 'set') {
    return knownTexts(algorithm.value)?.every((text) => ['RSA', 'EC', 'OKP'].includes(familyOf(text) ?? '')) ?? false;
  }
  // Unless the library takes the algorithm from the key, a missing one is HMAC.
  if (algorithm.state === 'missing' && algorithm.absence?.means === 'defaulted') return false;
  const family = familyOfKey(operation.key);
  return family !== undefined && family !== 'HMAC';
}

function named(operation: JwtOperation, { keyId }: Policy): readonly Remedy<'add-key-id'>[] {
  const value = keyId === undefined ? undefined : policyExpression(keyId, operation.node, operation.file);
  const edits = value && setMissing(operation, 'keyId', value.text);
  return edits ? [{ id: 'add-key-id', safety: 'stricter', edits: [...edits, ...value.edits], data: { value: value.text } }] : [];
}
