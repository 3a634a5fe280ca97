import type { JwtOperation, SetSetting } from '../src/analysis/operation.ts';
import { optionName } from '../src/analysis/option-names.ts';
import { causeOf, placeOf, reportedSettings } from '../src/analysis/report-place.ts';
import { secondsAt, writeSeconds } from '../src/analysis/durations.ts';
import { durationInWords } from '../src/analysis/lifetimes.ts';
import { possibilities, type Value } from '../src/analysis/value.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import { replaceValue } from '../src/remedies/values.ts';

/** Clocks differ by seconds; everything beyond that is lifetime given to stolen tokens. */
export const noLargeClockTolerance = defineRule({
  name: 'no-large-clock-tolerance',
  description: 'Disallow a clock tolerance that keeps expired tokens alive.',
  messages: {
    large: '`{{name}}` accepts tokens for {{given}} after they have expired: `{{option}}`{{elsewhere}} is read in {{unit}}. Allow {{max}} at most.',
    endless: '`{{name}}` accepts tokens for ever after they have expired: `{{option}}`{{elsewhere}} has no end. Allow {{max}} at most.',
  },
  remedies: { 'lower-tolerance': 'Allow {{max}}.' },
  options: {
    schema: { max: { type: 'number', minimum: 0, description: 'Largest tolerance in seconds; `clockTolerance` of the policy wins over it.' } },
    defaults: { max: 300 },
  },
  references: ['RFC 7519 section 4.1.4', 'RFC 7519 section 4.1.5', 'CWE-613'],
  presets: { recommended: 'warn', strict: 'error', service: ['error', { max: 60 }] },
  *check(operation, { options, policy }) {
    const max = policy.clockTolerance ?? options.max;
    for (const setting of reportedSettings(operation, operation.settingsAt('clockTolerance'))) {
      for (const value of possibilities(setting.value)) {
        const seconds = secondsAt(setting.place, value);
        if (seconds === undefined || seconds <= max) continue;
        const place = placeOf(operation, setting, value);
        const option = optionName(setting.place);
        const data = { name: operation.name, option, max: durationInWords(max), elsewhere: causeOf(place) };
        const common = { ...place, exploitability: 'depends', remedies: lowered(operation, setting, value, max) } as const;
        if (seconds === Number.POSITIVE_INFINITY) yield { ...common, message: 'endless', data };
        else yield { ...common, message: 'large', data: { ...data, given: durationInWords(seconds), unit: setting.place.time?.number === 'duration-ms' ? 'milliseconds' : 'seconds' } };
      }
    }
  },
});

function lowered(operation: JwtOperation, setting: SetSetting, value: Value, max: number): readonly Remedy<'lower-tolerance'>[] {
  // Several values: which of them is meant to stay is for a person to say.
  if (possibilities(setting.value).length > 1) return [];
  const text = writeSeconds(max, setting.place, operation.file, value.kind === 'primitive' && typeof value.value === 'string');
  const edits = text === undefined ? undefined : replaceValue(operation, setting, text);
  return edits ? [{ id: 'lower-tolerance', safety: 'stricter', edits, data: { max: durationInWords(max) } }] : [];
}
