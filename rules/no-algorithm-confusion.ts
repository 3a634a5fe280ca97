import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { familyOfKey, fits, someTexts } from '../src/analysis/algorithm-evidence.ts';
import { isCheckedAlgorithm } from '../src/analysis/checked-algorithm.ts';
import type { JwtOperation, SetSetting } from '../src/analysis/operation.ts';
import { outsideSource } from '../src/analysis/outside-input.ts';
import { confusionOf, isChosenByAlgorithm, isPublic } from '../src/analysis/public-keys.ts';
import { causeOf, placeOf, reportedSettings } from '../src/analysis/report-place.ts';
import { possibilities, type Value } from '../src/analysis/value.ts';
import { familyOf, isMixed } from '../src/algorithms.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import { keepElements } from '../src/remedies/lists.ts';

/** With the public key as HMAC secret, everybody who can verify can also sign. */
export const noAlgorithmConfusion = defineRule({
  name: 'no-algorithm-confusion',
  description: 'Disallow HMAC and asymmetric algorithms for one key, and algorithms that the token chooses.',
  messages: {
    mixed: '`{{name}}` accepts HMAC and asymmetric algorithms with one key{{elsewhere}}: a token signed with the text of the public key as secret can pass. Keep only the family of your key.',
    publicKey: '`{{name}}` uses {{algorithm}} with a public key{{elsewhere}}: everybody who has that key can sign tokens that pass. Use the asymmetric algorithm of the key.',
    outside: '`{{name}}` takes the algorithm from the {{source}}{{elsewhere}}, so that an attacker chooses how the token is checked. Name the algorithms that you issue.',
  },
  remedies: { 'keep-family': 'Accept only {{algorithms}}, which fit the key.' },
  references: ['RFC 8725 section 2.1', 'RFC 8725 section 3.1', 'RFC 7515 section 10.7', 'CWE-347', 'CWE-327'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *check(operation) {
    const { name } = operation;
    for (const setting of reportedSettings(operation, [...operation.settingsAt('algorithms'), ...operation.settingsAt('algorithm')])) {
      const source = outsideSource(setting.value);
      if (source && (operation.kind !== 'sign' || source === 'token')) {
        if (isCheckedAlgorithm(setting.node, setting.file)) continue;
        // Where the header is read nothing is wrong yet: it is taken over here.
        const place = placeOf(operation, setting, setting);
        yield { message: 'outside', ...place, exploitability: operation.kind === 'verify' ? strongest(operation) : 'depends', data: { name, source, elsewhere: causeOf(place) } };
        continue;
      }
      if (operation.kind === 'import-key') continue;
      for (const list of possibilities(setting.value)) {
        const names = someTexts(list).map(({ text }) => text);
        if (isMixed(names)) {
          if (isOneAtATime(list) || isChosenByAlgorithm(operation.key)) continue;
          const place = placeOf(operation, setting, list);
          const exploitability = familyOfKey(operation.key) === 'HMAC' ? 'hardening' : confusionOf(operation);
          yield { message: 'mixed', ...place, exploitability, data: { name, elsewhere: causeOf(place) }, remedies: separated(operation, setting, list) };
        } else if (names.length > 0 && names.every((one) => familyOf(one) === 'HMAC') && isPublic(operation.key)) {
          const place = placeOf(operation, setting, list);
          yield { message: 'publicKey', ...place, exploitability: confusionOf(operation), data: { name, algorithm: names.join(', '), elsewhere: causeOf(place) } };
        }
      }
    }
  },
});

/** `[secret ? 'HS256' : 'RS256']`: whatever the condition says, the list never holds both. */
function isOneAtATime(list: Value): boolean {
  return list.kind === 'array' && list.elements.length === 1 && !list.open;
}

/** A token that names its own algorithm may also name HMAC: worth what a mixed list is worth. */
function strongest(operation: JwtOperation) {
  const confusion = confusionOf(operation);
  return confusion === 'hardening' ? 'depends' : confusion;
}

function separated({ file, key }: JwtOperation, setting: SetSetting, list: Value): readonly Remedy<'keep-family'>[] {
  const family = familyOfKey(key) ?? (isPublic(key) ? 'asymmetric' : undefined);
  if (family === undefined || !setting.owned || list.file !== file || list.node.type !== AST_NODE_TYPES.ArrayExpression) return [];
  const names = someTexts(list);
  // A spread or a computed element would be lost without being looked at.
  if (!list.node.elements.every((element) => names.some(({ value }) => value.node === element))) return [];
  const kept = names.filter(({ text }) => fits(text, family));
  const edit = keepElements(list.node, (element) => kept.some(({ value }) => value.node === element), file);
  return edit ? [{ id: 'keep-family', safety: 'stricter', edits: [edit], data: { algorithms: kept.map(({ text }) => text).join(', ') } }] : [];
}
