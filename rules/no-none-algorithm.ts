import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { provenAlgorithms, someTexts } from '../src/analysis/algorithm-evidence.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import { familyOf } from '../src/algorithms.ts';
import type { JwtOperation, SetSetting } from '../src/analysis/operation.ts';
import type { Value } from '../src/analysis/value.ts';
import { isElementOf } from '../src/remedies/lists.ts';
import { removeElement } from '../src/remedies/properties.ts';
import { causeOf, placeOf, reportedSettings } from '../src/analysis/report-place.ts';
import { readerOf } from '../src/analysis/operations.ts';
import { unsignedHeaders } from '../src/analysis/unsigned-tokens.ts';
import { algorithmList } from '../src/remedies/algorithms.ts';
import { quote } from '../src/remedies/style.ts';
import { replaceValue } from '../src/remedies/values.ts';

/** `none` signs nothing: whoever writes a token is believed. */
export const noNoneAlgorithm = defineRule({
  name: 'no-none-algorithm',
  description: 'Disallow the algorithm `none`, with which anybody can write a token that is accepted.',
  messages: {
    accepted: '`{{name}}` accepts tokens with the algorithm `none`{{elsewhere}}, which carry no signature: anybody can write one. Take `none` out of the list.',
    issued: '`{{name}}` issues a token with the algorithm `none`{{elsewhere}}: nobody can tell it from a forged one. Sign it with a key.',
    keyless: '`{{name}}` is given no key, so that it accepts unsigned tokens, which anybody can write. Pass the key and the algorithm.',
    unsecured: '`{{name}}` handles unsecured tokens, which anybody can write. Use a signed token instead.',
    handmade: 'The token that is put together with this header carries no signature: nobody can tell it from a forged one. Let a library sign it with a key.',
  },
  remedies: {
    'remove-none': 'Take `none` out of the accepted algorithms.',
    'pin-algorithms': 'Accept only {{algorithms}}, which the key proves.',
  },
  references: ['RFC 8725 section 3.1', 'RFC 8725 section 3.2', 'RFC 7518 section 3.6', 'CWE-347', 'CWE-327'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *check(operation, { operations, policy }) {
    const { name, file } = operation;
    if (operation.model.unsecured) {
      yield { message: 'unsecured', data: { name }, node: operation.node, file, exploitability: 'exploitable' };
      return;
    }
    const key = operation.setting('key');
    if (key.state === 'missing' && key.absence?.means === 'unchecked') {
      yield { message: 'keyless', data: { name }, node: operation.node, file, exploitability: 'exploitable' };
    }
    for (const key of operation.keys) {
      const none = key.possibilities.find(({ material }) => material === 'none');
      const node = none?.file === file ? none.node : key.node;
      if (none) yield { message: 'unsecured', data: { name }, node, file, exploitability: 'exploitable' };
    }
    for (const setting of reportedSettings(operation, operation.settingsAt('algorithms'))) {
      const none = someTexts(setting.value).filter(({ text }) => familyOf(text) === 'none');
      for (const { value } of none) {
        const place = placeOf(operation, setting, value);
        yield {
          message: 'accepted', ...place, data: { name, elsewhere: causeOf(place) }, exploitability: 'exploitable',
          remedies: value.file === file ? removals(operation, setting, value, provenAlgorithms(operation, operations, policy) ?? []) : [],
        };
      }
    }
    if (operation.kind !== 'sign' && operation.kind !== 'configure') return;
    for (const setting of reportedSettings(operation, operation.settingsAt('algorithm'))) {
      for (const { value } of someTexts(setting.value).filter(({ text }) => familyOf(text) === 'none')) {
        const place = placeOf(operation, setting, value);
        yield { message: 'issued', ...place, data: { name, elsewhere: causeOf(place) }, exploitability: 'exploitable' };
      }
    }
  },
  *checkFile({ file, operations }) {
    for (const node of unsignedHeaders(readerOf(file), file, operations.map((operation) => operation.node))) yield { message: 'handmade', node, file, exploitability: 'exploitable' };
  },
});

/** Takes the element out of its list; where nothing would be left, pins what the key proves. */
function removals(operation: JwtOperation, setting: SetSetting, none: Value, proven: readonly string[]): readonly Remedy<'remove-none' | 'pin-algorithms'>[] {
  const { file } = operation;
  if (operation.wrapped) return [];
  const others = someTexts(setting.value).filter(({ text }) => familyOf(text) !== 'none');
  // One of several lists, and nothing else in it: which list is meant to stay is for a person to say.
  if (others.length > 0 && isAlone(none.node)) return [];
  if (others.length > 0) return isElementOf(none.node) ? [{ id: 'remove-none', safety: 'stricter', edits: [removeElement(none.node, file)] }] : [];
  const [only, ...more] = proven;
  const isList = setting.value.kind === 'array';
  // A library that takes one algorithm takes no list.
  if (only === undefined || (!isList && more.length > 0)) return [];
  const text = isList ? algorithmList(proven, file) : quote(only, file);
  const edits = replaceValue(operation, setting, text);
  return edits ? [{ id: 'pin-algorithms', safety: 'stricter', edits, data: { algorithms: proven.join(', ') } }] : [];
}

function isAlone({ parent }: Value['node']): boolean {
  return parent?.type === AST_NODE_TYPES.ArrayExpression && parent.elements.length === 1;
}
