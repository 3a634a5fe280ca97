import type { Exploitability, Misreading, SettingName } from '../libraries/descriptor.ts';
import type { PolicyValue } from '../policy.ts';
import { someTexts } from './algorithm-evidence.ts';
import { misreadOptions } from './option-checks.ts';
import type { JwtOperation, SetSetting } from './operation.ts';
import { possibilities, type Value } from './value.ts';
import { mayBe } from './versions.ts';

/** A claim that is proven not to be compared with anything. */
export interface AbsentCheck {
  /** Name of the option that would compare it. */
  readonly option: string;
  readonly exploitability: Exploitability;
  /** Where the check was switched off in so many words; undefined where nothing was written. */
  readonly setting: SetSetting | undefined;
  /** The value that switches it off, as written. */
  readonly given: string;
}

/** Whether audience or issuer is proven unchecked: not mentioned, or given a value that switches the check off. */
export function absentClaimCheck(operation: JwtOperation, name: SettingName): AbsentCheck | undefined {
  const option = operation.model.settings[name]?.[0]?.at.replace(/^.*\./, '') ?? name;
  const given = operation.setting(name);
  if (given.state === 'missing') {
    return given.absence?.means === 'unchecked' ? { option, exploitability: given.absence.exploitability, setting: undefined, given: '' } : undefined;
  }
  if (given.state !== 'set') return undefined;
  // One place that compares is enough, unless another has the last word.
  const places = operation.settingsAt(name);
  const deciding = places.filter(({ place }) => place.decides);
  const settings = deciding.length > 0 ? deciding : places;
  const all = settings.flatMap((setting) => possibilities(setting.value).map((value) => ({ setting, value })));
  const [first] = all;
  if (!first || !all.every(({ setting, value }) => switchesOff(operation, setting, value))) return undefined;
  if (first.setting.place.at.startsWith('configuration.') && first.setting.file !== operation.file) return undefined;
  return {
    option: first.setting.place.at.replace(/^\w+\./, ''), exploitability: operation.model.absent?.[name] ? worse(operation.exploitabilityOf(name)) : 'depends',
    setting: first.setting, given: first.value.kind === 'primitive' ? JSON.stringify(first.value.value) ?? 'undefined' : '',
  };
}

/** Switching a check off is no hardening, even where the library demands a value. */
function worse(exploitability: Exploitability): Exploitability {
  return exploitability === 'hardening' ? 'depends' : exploitability;
}

function switchesOff(operation: JwtOperation, setting: SetSetting, value: Value): boolean {
  if (value.kind !== 'primitive') return false;
  const type: Misreading['given'] | undefined = value.value === null ? 'null' : value.value === undefined ? 'undefined' : value.value === '' ? 'empty-string' : value.value === false ? 'boolean' : undefined;
  return type !== undefined && (setting.place.misread ?? []).some((misreading) => misreading.given === type && misreading.effect === 'ignored' && mayBe(operation.version, misreading.versions));
}

/** Texts in a setting that the policy does not name; none where the policy says nothing or reads the environment. */
export function knownValues(value: Value, policy: PolicyValue | readonly PolicyValue[] | undefined): readonly { readonly text: string; readonly value: Value }[] {
  const allowed: readonly PolicyValue[] = policy === undefined ? [] : Array.isArray(policy) ? (policy as readonly PolicyValue[]) : [policy as PolicyValue];
  if (allowed.length === 0 || allowed.some((one) => typeof one !== 'string')) return [];
  // `*` and the like are wildcards, which another rule reports.
  return someTexts(value).filter(({ text }) => text !== '' && !/^(?:\*|\.\*)$/.test(text) && !allowed.includes(text));
}

/** Whether a check stands in the options in a way that the library does not read: another defect than leaving it out. */
export function isMisread(operation: JwtOperation, name: SettingName): boolean {
  return misreadOptions(operation).some(({ setting }) => setting === name);
}
