import { effectOfNoKey, type NoKey, noKeysIn } from '../src/analysis/empty-keys.ts';
import type { JwtOperation, SetSetting } from '../src/analysis/operation.ts';
import { otherPlace } from '../src/analysis/other-place.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
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
    if (!['verify', 'decrypt', 'sign', 'encrypt', 'configure'].includes(operation.kind) || operation.file !== file) return;
    const settings = operation.settingsAt('key').filter(({ place, file: made }) => made === file && !/^(?:configuration\b|new\()/.test(place.at));
    for (const setting of settings) {
      for (const found of noKeysIn(setting, operation)) {
        const effect = effectOfNoKey(operation, found);
        // A reading as it stands is the usual case; only where it opens the door is it a defect.
        if (found.source !== undefined && !found.fallback && effect === 'refused') continue;
        if (found.source !== undefined && !found.fallback && found.given === 'nothing' && effect === 'depends') continue;
        if (found.fallback && isEnabled('no-fallback-secret')) continue;
        // A missing allowlist is what opens the door to no key at all: one defect, one report.
        if (found.source !== undefined && found.given === 'nothing' && operation.setting('algorithms').state === 'missing' && isEnabled('require-algorithms')) continue;
        yield { ...described(operation, setting, found, effect), remedies: remediesFor(operation, found) };
      }
    }
    const given = operation.argument('key');
    if (settings.length > 0 || operation.wrapped) return;
    const { name } = operation;
    if (given?.kind === 'primitive' && given.value === undefined) {
      const found: NoKey = { given: 'nothing', source: undefined, fallback: false, value: given, reading: given, nested: false };
      yield { message: 'empty', node: operation.argumentNode('key') ?? operation.node, file, ...common(operation, effectOfNoKey(operation, found)), data: { name, given: GIVEN.nothing, place: '', effect: effectText(operation, effectOfNoKey(operation, found)) } };
    }
    const key = operation.setting('key');
    if (given === undefined && key.state === 'missing' && key.absence?.means === 'unchecked') yield { message: 'absent', node: operation.node, file, exploitability: key.absence.exploitability, data: { name } };
  },
});

type Effect = ReturnType<typeof effectOfNoKey>;

function common(_operation: JwtOperation, effect: Effect) {
  return { exploitability: effect === 'accepted' ? 'exploitable' : effect === 'depends' ? 'depends' : 'hardening' } as const;
}

function described(operation: JwtOperation, setting: SetSetting, found: NoKey, effect: Effect) {
  const { file, name } = operation;
  const here = found.value.file === file && !operation.wrapped;
  const at = { node: here ? found.value.node : setting.node, file, ...(found.value.file !== file && { cause: found.value }), ...common(operation, effect) };
  const data = { name, given: GIVEN[found.given], place: otherPlace(found.value, file), effect: effectText(operation, effect) };
  if (found.source === undefined) return { message: 'empty', ...at, data } as const;
  return { message: found.fallback ? 'fallback' : 'unset', ...at, data: { ...data, source: found.source } } as const;
}

function effectText({ kind, library, version }: JwtOperation, effect: Effect): string {
  if (effect === 'refused') return 'the call fails';
  const consequence = ISSUES.has(kind) ? 'tokens are issued that anybody can forge' : 'anybody can write a token that is accepted';
  return effect === 'depends' && version === undefined ? `in some versions of ${library.name} ${consequence}` : consequence;
}

function remediesFor(operation: JwtOperation, { source, reading }: NoKey): readonly Remedy<'require-environment'>[] {
  if (source === undefined || operation.wrapped) return [];
  const remedy = requireEnvironment(reading, operation.file);
  return remedy ? [{ id: 'require-environment', safety: 'stricter', edits: remedy.edits, data: { source: remedy.name } }] : [];
}
