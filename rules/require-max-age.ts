import { isDemandedByHand } from '../src/analysis/claim-checks.ts';
import { policySeconds, secondsAt, writeSeconds } from '../src/analysis/durations.ts';
import { demandedClaims } from '../src/analysis/demanded-claims.ts';
import { isMisread } from '../src/analysis/claim-settings.ts';
import { durationInWords } from '../src/analysis/lifetimes.ts';
import type { JwtOperation, SetSetting } from '../src/analysis/operation.ts';
import { optionName } from '../src/analysis/option-names.ts';
import { causeOf, placeOf, reportedSettings } from '../src/analysis/report-place.ts';
import { possibilities } from '../src/analysis/value.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Policy } from '../src/policy.ts';
import { replaceValue } from '../src/remedies/values.ts';
import { setCheck } from '../src/remedies/claim-check.ts';

/** Libraries compare `exp` where there is one; a token without it lives for ever. */
export const requireMaxAge = defineRule({
  name: 'require-max-age',
  description: 'Require a bound on the age of the tokens that are accepted.',
  messages: {
    missing: '`{{name}}` accepts a token without `exp` for ever. Pass `{{option}}`{{orDemand}}.',
    longer: '`{{name}}` accepts tokens up to {{given}} seconds old{{elsewhere}}, longer than the {{max}} seconds of the policy. Lower `{{option}}`.',
  },
  remedies: {
    'bound-age': 'Accept tokens up to an age of {{max}}.',
    'lower-age': 'Accept tokens up to an age of {{max}}.',
  },
  references: ['RFC 7519 section 4.1.4', 'RFC 9068 section 2.2', 'CWE-613'],
  presets: { strict: 'error', service: 'error' },
  *check(operation, { policy, isEnabled }) {
    const { name, file } = operation;
    const [place] = operation.model.settings.maxAge ?? [];
    if (!place) return;
    const option = optionName(place);
    const given = operation.setting('maxAge');
    if ((operation.kind === 'verify' || operation.kind === 'decrypt') && given.state === 'missing') {
      if (given.absence?.means !== 'unchecked' || isBounded(operation)) return;
      if (isEnabled('valid-verify-options') && isMisread(operation, 'maxAge')) return;
      const orDemand = operation.model.settings.requiredClaims ? ', or demand `exp` with `requiredClaims`' : '';
      yield { message: 'missing', node: operation.node, file, exploitability: given.absence.exploitability, data: { name, option, orDemand }, remedies: bounded(operation, policy) };
      return;
    }
    const limit = allowedAge(policy);
    if (limit === undefined) return;
    for (const setting of reportedSettings(operation, operation.settingsAt('maxAge'))) {
      for (const value of possibilities(setting.value)) {
        const seconds = secondsAt(setting.place, value);
        if (seconds === undefined || seconds <= limit) continue;
        const where = placeOf(operation, setting, value);
        yield { message: 'longer', ...where, exploitability: 'depends', data: { name, option, given: seconds, max: limit, elsewhere: causeOf(where) }, remedies: lowered(operation, setting, limit) };
      }
    }
  },
});

/** Whether `exp` is demanded, by the library or by hand, or the age is computed by hand. */
function isBounded(operation: JwtOperation): boolean {
  const claims = demandedClaims(operation);
  return claims === undefined || claims.includes('exp') || isDemandedByHand(operation, 'exp') || isDemandedByHand(operation, 'iat');
}

/** The age that the policy allows, in seconds; undefined where it says nothing. */
function allowedAge({ maxAge }: Policy): number | undefined {
  return maxAge === undefined ? undefined : policySeconds(maxAge);
}

function bounded(operation: JwtOperation, policy: Policy): readonly Remedy<'bound-age'>[] {
  const seconds = allowedAge(policy);
  if (seconds === undefined) return [];
  const edits = setCheck(operation, 'maxAge', 'iat', (place) => writeSeconds(seconds, place, operation.file, place.time?.text === 'ms' || place.time?.text === 'jose'));
  return edits ? [{ id: 'bound-age', safety: 'stricter', edits, data: { max: durationInWords(seconds) } }] : [];
}

function lowered(operation: JwtOperation, setting: SetSetting, limit: number): readonly Remedy<'lower-age'>[] {
  // Several values: which of them is meant to stay is for a person to say.
  if (setting.value.kind !== 'primitive') return [];
  const text = writeSeconds(limit, setting.place, operation.file, typeof setting.value.value === 'string');
  const edits = text === undefined ? undefined : replaceValue(operation, setting, text);
  return edits ? [{ id: 'lower-age', safety: 'stricter', edits, data: { max: durationInWords(limit) } }] : [];
}
