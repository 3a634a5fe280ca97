import type { SetSetting } from '../src/analysis/operation.ts';
import { optionName } from '../src/analysis/option-names.ts';
import { causeOf, placeOf, reportedSettings } from '../src/analysis/report-place.ts';
import { loosening, switchState } from '../src/analysis/switches.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import { removeSetting } from '../src/remedies/properties.ts';

/** What each switch lets in; anything else is described by its name alone. */
const EFFECTS: Readonly<Record<string, string>> = {
  allowInsecureKeySizes: 'RSA keys under 2048 bits, which can be factored',
  allowInvalidAsymmetricKeyTypes: 'keys of a kind that does not belong to the algorithm',
};

/** A library refuses a key for a reason; these options take the refusal away. */
export const noInsecureKeyOptions = defineRule({
  name: 'no-insecure-key-options',
  description: 'Disallow options that make a library accept keys it would refuse.',
  messages: {
    allowed: '`{{option}}`{{elsewhere}} makes `{{name}}` accept {{effect}}. Remove it and use a key that fits the algorithm.',
  },
  remedies: { 'remove-option': 'Remove `{{option}}`.' },
  references: ['RFC 7518 section 3.3', 'RFC 7518 section 3.4', 'RFC 8725 section 3.2', 'CWE-326', 'CWE-327'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *check(operation) {
    for (const setting of reportedSettings(operation, operation.settingsAt('insecureKeys'))) {
      if (switchState(setting.value, setting.place) === 'off') continue;
      const option = optionName(setting.place);
      const place = placeOf(operation, setting, loosening(setting.value, setting.place));
      yield {
        message: 'allowed', ...place, exploitability: 'depends',
        data: { name: operation.name, option, effect: EFFECTS[option] ?? 'keys that it would refuse', elsewhere: causeOf(place) },
        remedies: removal(setting, option),
      };
    }
  },
});

function removal(setting: SetSetting, option: string): readonly Remedy<'remove-option'>[] {
  const edit = removeSetting(setting);
  return edit ? [{ id: 'remove-option', safety: 'stricter', edits: [edit], data: { option } }] : [];
}
