import { outsideSource } from '../src/analysis/outside-input.ts';
import { isForPossessionProofs } from '../src/analysis/possession-proofs.ts';
import { placeOf } from '../src/analysis/report-place.ts';
import { headerKeys } from '../src/analysis/tokens.ts';
import { possibilities } from '../src/analysis/value.ts';
import { defineRule } from '../src/define-rule.ts';
import type { JwtOperation, SetSetting } from '../src/analysis/operation.ts';

const KID_EFFECTS = { path: 'chooses a file', url: 'is part of a URL', query: 'is part of the text of a query', command: 'goes into a command', key: 'becomes a key' } as const;

/** A token must not bring along the key that it is verified with. */
export const noUnverifiedHeaderKey = defineRule({
  name: 'no-unverified-header-key',
  description: 'Disallow verifying a token with a key that the token or its sender chooses.',
  messages: {
    brought: 'The key comes from `{{parameter}}` in the header of the token that it verifies: whoever writes the token brings the key along. Take the key from a set that you trust.',
    fetched: 'The key is fetched from the address in `{{parameter}}` of the token that it verifies: whoever writes the token says where. Take the address from your configuration, or compare it with a list.',
    kid: '`kid` of a token that is not verified yet {{effect}}: whoever writes the token writes it. Look the key up in a fixed set.',
    embedded: '`{{name}}` verifies the token with the key in its own header, which proves nothing: everybody can make such a pair. Pass keys that you trust.',
    request: '`{{name}}` takes its key from the request that brings the token: whoever sends both passes. Take the key from your own configuration.',
  },
  references: ['RFC 7515 section 4.1', 'RFC 8725 section 3.10', 'CWE-347', 'CWE-22', 'CWE-89', 'CWE-918'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *check(operation) {
    if (operation.kind !== 'verify' || isForPossessionProofs(operation)) return;
    const { name, file } = operation;
    const common = { file, exploitability: 'exploitable', data: { name } } as const;
    const embedded = operation.settingsAt('embeddedKey').find(isOn);
    if (embedded) yield { ...common, message: 'embedded', node: embedded.node };
    for (const setting of operation.settingsAt('key')) {
      const { node } = placeOf(operation, setting, setting);
      if (bringsKey(operation)) yield { ...common, message: 'embedded', node };
      else if (outsideSource(setting.value) === 'request') yield { ...common, message: 'request', node };
    }
  },
  *checkFile({ file }) {
    for (const { name, kind, node } of headerKeys(file)) {
      const common = { node, file, exploitability: 'exploitable' } as const;
      if (name === 'kid') yield { ...common, message: 'kid', data: { effect: KID_EFFECTS[kind] } };
      else if (kind === 'url') yield { ...common, message: 'fetched', data: { parameter: name } };
      else if (kind === 'key') yield { ...common, message: 'brought', data: { parameter: name } };
    }
  },
});

function isOn({ value }: SetSetting): boolean {
  return possibilities(value).some((one) => one.kind === 'primitive' && Boolean(one.value));
}

/** A library's own source of keys that reads the token's header (jose `EmbeddedJWK`). */
function bringsKey({ keys }: JwtOperation): boolean {
  return keys.some(({ possibilities: materials }) => materials.some(({ material }) => material === 'token'));
}
