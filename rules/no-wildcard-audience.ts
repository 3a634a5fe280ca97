import { someTexts } from '../src/analysis/algorithm-evidence.ts';
import type { JwtOperation, SetSetting } from '../src/analysis/operation.ts';
import { outsideSource } from '../src/analysis/outside-input.ts';
import { isAnchored, matchesEverything } from '../src/analysis/patterns.ts';
import { causeOf, placeOf, reportedSettings } from '../src/analysis/report-place.ts';
import { possibilities, type Value } from '../src/analysis/value.ts';
import { defineRule } from '../src/define-rule.ts';

/** An audience that fits every service separates none. */
export const noWildcardAudience = defineRule({
  name: 'no-wildcard-audience',
  description: 'Disallow an audience that fits every service, or that the token or the request chooses.',
  messages: {
    wildcard: '`{{name}}` checks for the audience `{{given}}`{{elsewhere}}, which no single service answers to. Name the audience of this service.',
    everything: '`{{given}}`{{elsewhere}} matches every audience, so that `{{name}}` accepts a token meant for any other service. Name the audience of this service.',
    unanchored: '`{{given}}`{{elsewhere}} also matches inside of longer audiences, which somebody else may own. Anchor it with `^` and `$`, or name the audience.',
    outside: '`{{name}}` takes the audience that it expects from the {{source}}{{elsewhere}}, so that every token passes. Name the audience of this service.',
    issued: '`{{name}}` issues a token for the audience `{{given}}`{{elsewhere}}, which every service may take for its own. Name the service that the token is for.',
  },
  references: ['RFC 7519 section 4.1.3', 'RFC 8725 section 3.9', 'RFC 9700 section 2.3', 'CWE-863', 'CWE-625'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *check(operation) {
    const issues = operation.kind === 'sign' || operation.kind === 'encrypt';
    const { name } = operation;
    for (const setting of reportedSettings(operation, operation.settingsAt('audience'))) {
      for (const { text, value } of someTexts(setting.value).filter((one) => /^(?:\.?\*|https?:\/\/\*)$/.test(one.text.trim()))) {
        const place = placeOf(operation, setting, value);
        yield { message: issues ? 'issued' : 'wildcard', ...place, exploitability: 'depends', data: { name, given: text, elsewhere: causeOf(place) } };
      }
      if (!issues) yield* patterns(operation, setting);
    }
  },
});

function* patterns(operation: JwtOperation, setting: SetSetting) {
  const { name } = operation;
  for (const value of expressionsIn(setting.value)) {
    const everything = matchesEverything(value.pattern);
    if (!everything && isAnchored(value.pattern)) continue;
    const place = placeOf(operation, setting, value);
    yield { message: everything ? 'everything' : 'unanchored', ...place, exploitability: 'depends', data: { name, given: `/${value.pattern}/${value.flags}`, elsewhere: causeOf(place) } } as const;
  }
  const source = outsideSource(setting.value);
  if (source) {
    const place = placeOf(operation, setting);
    yield { message: 'outside', ...place, exploitability: 'depends', data: { name, source, elsewhere: causeOf(place) } } as const;
  }
}

function expressionsIn(value: Value): readonly Extract<Value, { kind: 'regexp' }>[] {
  return possibilities(value).flatMap((one) => (one.kind === 'regexp' ? [one] : one.kind === 'array' ? one.elements.flatMap(expressionsIn) : []));
}
