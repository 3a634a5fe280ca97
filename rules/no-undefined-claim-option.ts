import { unguaranteedName } from '../src/analysis/environment-schema.ts';
import type { JwtOperation, SetSetting } from '../src/analysis/operation.ts';
import type { SourceFile } from '../src/analysis/source-file.ts';
import type { Value } from '../src/analysis/value.ts';
import { causeOf, placeOf, reportedSettings } from '../src/analysis/report-place.ts';
import { mayBe } from '../src/analysis/versions.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import { requireEnvironment } from '../src/remedies/require-environment.ts';

/** An unset variable must not switch a check off. */
export const noUndefinedClaimOption = defineRule({
  name: 'no-undefined-claim-option',
  description: 'Disallow an audience or issuer that is read from the environment without making sure that it is set, where an unset value switches the check off.',
  messages: {
    unset: '`{{name}}` does not check the {{claim}} when `{{source}}`{{place}} is not set. Refuse to start without it.',
    empty: '`{{name}}` does not check the {{claim}} when `{{source}}`{{place}} is not set, because an empty string counts as none. Refuse to start without it.',
  },
  remedies: { 'require-environment': 'Fail at start-up when `{{source}}` is not set.' },
  references: ['RFC 8725 section 3.9', 'RFC 7519 section 4.1.3', 'CWE-636', 'CWE-1188'],
  presets: { recommended: 'warn', strict: 'error', service: 'error' },
  *check(operation, { file }) {
    for (const claim of ['audience', 'issuer'] as const) {
      for (const setting of reportedSettings(operation, operation.settingsAt(claim))) {
        const open = openReading(setting, operation, file);
        if (!open) continue;
        const place = placeOf(operation, setting, open.whole);
        yield {
          message: open.empty ? 'empty' : 'unset', ...place, exploitability: operation.exploitabilityOf(claim),
          data: { name: operation.name, claim, source: open.source, place: causeOf(place) }, remedies: required(operation, open.whole, open.source),
        };
      }
    }
  },
});

interface OpenReading {
  /** The reading with the fallbacks around it. */
  readonly whole: Value;
  readonly source: string;
  readonly empty: boolean;
}

/** The reading that may come to nothing, in a place where nothing means no check. */
function openReading(setting: SetSetting, operation: JwtOperation, file: SourceFile): OpenReading | undefined {
  const ignores = (given: 'undefined' | 'empty-string') => setting.place.misread?.some((one) => one.given === given && one.effect === 'ignored' && mayBe(operation.version, one.versions)) ?? false;
  const visit = (value: Value, whole: Value): OpenReading | undefined => {
    if (value.kind === 'environment' || value.kind === 'configuration') {
      const source = ignores('undefined') ? unguaranteedName(value, file) : undefined;
      return source === undefined ? undefined : { whole, source, empty: false };
    }
    if (value.kind !== 'union') return undefined;
    if (value.how !== 'fallback') return value.members.map((member) => visit(member, member)).find((one) => one !== undefined);
    // The last of several is what remains.
    const last = value.members.at(-1);
    if (last?.kind === 'primitive') {
      const empty = last.value === '' && ignores('empty-string');
      if (!empty && last.value !== undefined && last.value !== null) return undefined;
      const reading = value.members.map((member) => visit(member, member)).find((one) => one !== undefined);
      return reading && { ...reading, whole, empty };
    }
    return last && visit(last, whole);
  };
  return visit(setting.value, setting.value);
}

function required(operation: JwtOperation, whole: Value, source: string): readonly Remedy<'require-environment'>[] {
  if (operation.wrapped) return [];
  const remedy = requireEnvironment(whole, operation.file);
  return remedy ? [{ id: 'require-environment', safety: 'stricter', edits: remedy.edits, data: { source } }] : [];
}
