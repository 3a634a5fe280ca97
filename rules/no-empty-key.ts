import { effectOfNoKey, type NoKey, noKeysIn } from '../src/analysis/empty-keys.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { causeOf, placeOf, reportedSettings, type ReportPlace } from '../src/analysis/report-place.ts';
import { isAbsent } from '../src/analysis/settings.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Exploitability } from '../src/libraries/descriptor.ts';
import { requireEnvironment } from '../src/remedies/require-environment.ts';

const GIVEN = { text: 'an empty string', bytes: 'empty', nothing: 'missing', word: 'a word that everybody knows' } as const;
const ISSUES = new Set(['sign', 'encrypt']);

/** A key that is nothing keeps nobody out. */
export const noEmptyKey = defineRule({
  name: 'no-empty-key',
  description: 'Disallow keys that are empty or missing, or that an unset environment variable makes so.',
  messages: {
    empty: 'The key of `{{name}}` is {{given}}{{place}}: {{effect}}. Pass a key.',
    fallback: 'The key of `{{name}}` is {{given}}{{place}} when `{{source}}` is not set: {{effect}}. Refuse to start without it.',
    unset: 'When `{{source}}` is not set, the key of `{{name}}` is {{given}}{{place}}: {{effect}}. Refuse to start without it.',
    absent: '`{{name}}` is given no key, so it accepts unsigned tokens, which anybody can write. Pass a key.',
  },
  remedies: { 'require-environment': 'Fail at start-up when `{{source}}` is not set.' },
  references: ['RFC 7518 section 3.2', 'RFC 8725 section 3.5', 'CWE-321', 'CWE-347', 'CWE-1188'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *check(operation, { file, isEnabled }) {
    // An import fails by itself, or the key that it makes is judged where it is used.
    if (operation.kind === 'import-key') return;
    for (const setting of reportedSettings(operation, operation.settingsAt('key'))) {
      for (const found of noKeysIn(setting.value, operation)) {
        const effect = effectOfNoKey(operation, found);
        const isReading = found.source !== undefined && !found.fallback;
        // A reading as it stands is the usual case; only where it opens the door is it a defect.
        if (isReading && (effect === 'refused' || (found.given === 'nothing' && effect === 'depends'))) continue;
        if (found.fallback && isEnabled('no-fallback-secret')) continue;
        // A missing allowlist is what opens the door to no key at all: one defect, one report.
        if (isReading && found.given === 'nothing' && operation.setting('algorithms').state === 'missing' && isEnabled('require-algorithms')) continue;
        yield { ...described(operation, placeOf(operation, setting, found.value), found), remedies: remediesFor(operation, found) };
      }
    }
    const key = operation.setting('key');
    if (key.state !== 'missing' || operation.wrapped) return;
    const { name, node } = operation;
    const given = operation.argument('key');
    for (const found of given && isAbsent(given) ? noKeysIn(given, operation) : []) yield described(operation, { node: operation.argumentNode('key') ?? node, file }, found);
    if (!given && key.absence?.means === 'unchecked') {
      yield { message: 'absent', node, file, exploitability: key.absence.exploitability, data: { name } };
    }
  },
});

type Effect = ReturnType<typeof effectOfNoKey>;

const EXPLOITABILITY = { accepted: 'exploitable', depends: 'depends', refused: 'hardening' } as const satisfies Record<Effect, Exploitability>;

function described(operation: JwtOperation, place: ReportPlace, found: NoKey) {
  const effect = effectOfNoKey(operation, found);
  const at = { ...place, exploitability: EXPLOITABILITY[effect] };
  const data = { name: operation.name, given: GIVEN[found.given], place: causeOf(place), effect: effectText(operation, effect) };
  if (found.source === undefined) return { message: 'empty', ...at, data } as const;
  return { message: found.fallback ? 'fallback' : 'unset', ...at, data: { ...data, source: found.source } } as const;
}

function effectText({ kind, library, version }: JwtOperation, effect: Effect): string {
  if (effect === 'refused') return 'the call fails';
  const consequence = ISSUES.has(kind) ? 'tokens are issued that anybody can forge' : 'anybody can write a token that is accepted';
  return effect === 'depends' && version === undefined ? `in some versions of ${library.name} ${consequence}` : consequence;
}

function remediesFor(operation: JwtOperation, { reading }: NoKey): readonly Remedy<'require-environment'>[] {
  const remedy = operation.wrapped ? undefined : requireEnvironment(reading, operation.file);
  return remedy ? [{ id: 'require-environment', safety: 'stricter', edits: remedy.edits, data: { source: remedy.name } }] : [];
}
