import type { SetSetting } from '../src/analysis/operation.ts';
import { optionName } from '../src/analysis/option-names.ts';
import { otherPlace } from '../src/analysis/other-place.ts';
import { possibilities, truthiness, type Value } from '../src/analysis/value.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import { removeSetting } from '../src/remedies/properties.ts';

/** Without `iat` nobody can tell how old a token is. */
export const noDisabledTimestamp = defineRule({
  name: 'no-disabled-timestamp',
  description: 'Disallow leaving out the time of issue from tokens.',
  messages: {
    disabled: '`{{option}}`{{place}} leaves out `iat`: no verifier can bound the age of this token or refuse those from before a revocation. Remove it.',
  },
  remedies: { 'restore-timestamp': 'Remove `{{option}}`.' },
  references: ['RFC 7519 section 4.1.6', 'CWE-613'],
  presets: { strict: 'error', service: 'error' },
  *check(operation, { file }) {
    for (const setting of operation.settingsAt('noTimestamp')) {
      if (setting.place.at.startsWith('configuration.') || !possibilities(setting.value).some((value) => switchesOff(value, setting))) continue;
      const option = optionName(setting.place);
      yield {
        message: 'disabled', node: setting.node, file: operation.file, exploitability: 'hardening', data: { option, place: otherPlace(setting.value, file) },
        cause: setting.value, remedies: restored(setting, option),
      };
    }
  },
});

function switchesOff(value: Value, { place }: SetSetting): boolean {
  return place.on === 'false' ? value.kind === 'primitive' && value.value === false : truthiness(value) === true;
}

function restored(setting: SetSetting, option: string): readonly Remedy<'restore-timestamp'>[] {
  const edit = removeSetting(setting);
  return edit ? [{ id: 'restore-timestamp', safety: 'equivalent', edits: [edit], data: { option } }] : [];
}
