import { knownTexts, provenAlgorithms, someTexts } from '../src/analysis/algorithm-evidence.ts';
import { isMisread } from '../src/analysis/claim-settings.ts';
import type { JwtOperation, Setting } from '../src/analysis/operation.ts';
import { optionName } from '../src/analysis/option-names.ts';
import { causeOf, placeOf, reportedSettings } from '../src/analysis/report-place.ts';
import { possibilities, type Value } from '../src/analysis/value.ts';
import { familyOf } from '../src/algorithms.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Absence, Place, SettingName } from '../src/libraries/descriptor.ts';
import type { Policy } from '../src/policy.ts';
import { algorithmList } from '../src/remedies/algorithms.ts';
import { findProperty } from '../src/remedies/properties.ts';
import { narrowed } from '../src/remedies/inferred-types.ts';
import { setMissing } from '../src/remedies/set-setting.ts';
import { quote } from '../src/remedies/style.ts';

/** Names under which authors look for the allowlist, in the order of preference when one is renamed. */
const MISSPELT = ['algorithm', 'alg', 'algs', 'algorithms', 'allowedAlgorithms'];

/** Without an allowlist the library, the key or the token decides what is accepted. */
export const requireAlgorithms = defineRule({
  name: 'require-algorithms',
  description: 'Require an allowlist of algorithms wherever a token is verified or decrypted.',
  messages: {
    missing: '`{{name}}` accepts every algorithm that {{decides}}.{{consequence}} Pass `{{option}}` with the algorithms that you issue.',
    empty: '`{{name}}` is given an empty list of algorithms, which {{effect}}. List the algorithms that you issue.',
    contradicts: '`{{name}}` accepts {{given}}{{elsewhere}}, which the policy does not name. Accept the algorithms of the policy, or correct the policy.',
    misspelt: '`{{name}}` ignores `{{written}}`, so every algorithm that {{decides}} is accepted. Write `{{option}}` with a list.',
  },
  remedies: {
    'pin-algorithms': 'Accept only {{algorithms}}.',
    'rename-option': 'Rename `{{written}}` to `{{option}}`.',
  },
  references: ['RFC 8725 section 3.1', 'CWE-347', 'CWE-757'],
  presets: { recommended: 'warn', strict: 'error', service: 'error' },
  *check(operation, { operations, policy, isEnabled }) {
    const { name, file, kind } = operation;
    const settings: readonly SettingName[] = kind === 'decrypt' ? ['keyManagementAlgorithms', 'contentEncryptionAlgorithms'] : ['algorithms'];
    for (const setting of settings) {
      const given = operation.setting(setting);
      const [place] = operation.model.settings[setting] ?? [];
      const absence = given.state === 'missing' ? given.absence : undefined;
      // Some functions leave nobody a choice: what they accept is a matter of the version (no-vulnerable-library) or of limits.
      if (place && absence && isOpen(absence)) {
        const option = optionName(place);
        const written = misspeltOption(operation, option);
        // A misspelt list is reported here, with the algorithms to pin; one in the wrong place by the rule for such options.
        if (!written && isEnabled('valid-verify-options') && isMisread(operation, setting)) return;
        const common = { file, exploitability: absence.exploitability } as const;
        const proven = setting === 'algorithms' ? withinPolicy(provenAlgorithms(operation, operations, policy), policy) : undefined;
        if (written) {
          yield { ...common, message: 'misspelt', node: written.node, data: { name, written: written.name, option, decides: decides(absence) }, remedies: renamed(operation, written, option) };
        } else {
          yield { ...common, message: 'missing', node: operation.node, data: { name, option, decides: decides(absence), consequence: absence.note === undefined ? '' : ` ${absence.note}` }, remedies: pinned(operation, setting, place, proven ?? []) };
        }
        return;
      }
      if (setting === 'algorithms' && policy.algorithms) {
        for (const one of reportedSettings(operation, operation.settingsAt(setting))) {
          for (const { text, value } of someTexts(one.value)) {
            // What no policy should name has rules of its own.
            if (policy.algorithms.includes(text) || familyOf(text) === undefined || familyOf(text) === 'none') continue;
            const place = placeOf(operation, one, value);
            yield { message: 'contradicts', ...place, exploitability: 'depends', data: { name, given: text, elsewhere: causeOf(place) } };
          }
        }
      }
      if (given.state === 'set' && isEmptyList(given)) {
        const ignored = given.place.misread?.find((misreading) => misreading.given === 'empty-array' && misreading.effect === 'ignored');
        yield { message: 'empty', ...placeOf(operation, given), exploitability: ignored ? operation.exploitabilityOf(setting) : 'hardening', data: { name, effect: ignored ? 'counts as none at all' : 'rejects every token' } };
      }
    }
  },
});

/** Where key and policy say different things, a person decides which is right. */
function withinPolicy(proven: readonly string[] | undefined, { algorithms }: Policy): readonly string[] | undefined {
  return algorithms && proven?.some((name) => !algorithms.includes(name)) ? undefined : proven;
}

function isOpen({ means }: Absence): boolean {
  return means === 'by-key' || means === 'from-token' || means === 'unchecked';
}

function decides({ means }: Absence): string {
  return means === 'from-token' ? 'the token names' : 'the key allows';
}

function isEmptyList(given: Extract<Setting, { state: 'set' }>): boolean {
  return possibilities(given.value).some((one: Value) => one.kind === 'array' && one.elements.length === 0 && !one.open);
}

function misspeltOption(operation: JwtOperation, option: string) {
  const options = operation.argument('options');
  if (options?.kind !== 'object') return undefined;
  for (const name of MISSPELT) {
    const entry = options.entries.get(name);
    if (entry && name !== option && entry.file === operation.file && !(operation.model.options?.known ?? []).includes(name)) return { name, node: entry.node, value: entry.value };
  }
  return undefined;
}

function renamed(operation: JwtOperation, written: NonNullable<ReturnType<typeof misspeltOption>>, option: string): readonly Remedy<'rename-option'>[] {
  const object = operation.optionsObject;
  const property = object && findProperty(object.node, written.name);
  if (!property || property.shorthand) return [];
  const isList = written.value.kind === 'array';
  if (!isList && !knownTexts(written.value)) return [];
  const text = operation.file.sourceCode.getText(property.value as never);
  return [{ id: 'rename-option', safety: 'stricter', edits: [{ file: operation.file, range: property.range, text: `${option}: ${narrowed(isList ? text : `[${text}]`, object.node, operation.file)}` }], data: { written: written.name, option } }];
}

function pinned(operation: JwtOperation, setting: SettingName, { shape }: Place, proven: readonly string[]): readonly Remedy<'pin-algorithms'>[] {
  const [only, ...more] = proven;
  // Some libraries take one algorithm, not a list.
  const isSingle = shape === 'single';
  if (only === undefined || (isSingle && more.length > 0)) return [];
  const edits = setMissing(operation, setting, isSingle ? quote(only, operation.file) : algorithmList(proven, operation.file));
  return edits ? [{ id: 'pin-algorithms', safety: 'stricter', edits, data: { algorithms: proven.join(', ') } }] : [];
}
