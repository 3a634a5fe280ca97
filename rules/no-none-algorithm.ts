import { provenAlgorithms, someTexts } from '../src/analysis/algorithm-evidence.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import { familyOf } from '../src/algorithms.ts';
import type { JwtOperation, SetSetting } from '../src/analysis/operation.ts';
import type { Value } from '../src/analysis/value.ts';
import { isElementOf } from '../src/remedies/lists.ts';
import { removeElement } from '../src/remedies/properties.ts';
import { algorithmList } from '../src/remedies/algorithms.ts';

/** `none` signs nothing: whoever writes a token is believed. */
export const noNoneAlgorithm = defineRule({
  name: 'no-none-algorithm',
  description: 'Disallow the algorithm `none`, with which anybody can write a token that is accepted.',
  messages: {
    accepted: '`{{name}}` accepts tokens with the algorithm `none`, which carry no signature: anybody can write one. Take `none` out of the list.',
    issued: '`{{name}}` issues a token with the algorithm `none`: nobody can tell it from a forged one. Sign it with a key.',
    unsecured: '`{{name}}` handles unsecured tokens, which anybody can write. Use a signed token instead.',
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
    for (const setting of operation.settingsAt('algorithms')) {
      const none = someTexts(setting.value).filter(({ text }) => familyOf(text) === 'none');
      for (const { value } of none) {
        const here = value.file === file;
        yield {
          message: 'accepted', data: { name }, node: here ? value.node : setting.node, file, exploitability: 'exploitable',
          ...(here ? {} : { cause: value }),
          remedies: here ? removals(operation, setting, value, provenAlgorithms(operation, operations, policy)) : [],
        };
      }
    }
    if (operation.kind !== 'sign') return;
    for (const setting of operation.settingsAt('algorithm')) {
      if (someTexts(setting.value).some(({ text }) => familyOf(text) === 'none')) yield { message: 'issued', data: { name }, node: setting.node, file, exploitability: 'exploitable' };
    }
  },
});

/** Takes the element out of its list; where nothing would be left, pins what the key proves. */
function removals(operation: JwtOperation, setting: SetSetting, none: Value, proven: readonly string[] | undefined): readonly Remedy<'remove-none' | 'pin-algorithms'>[] {
  const { file } = operation;
  const others = someTexts(setting.value).filter(({ text }) => familyOf(text) !== 'none');
  if (others.length > 0) return isElementOf(none.node) ? [{ id: 'remove-none', safety: 'stricter', edits: [removeElement(none.node, file)] }] : [];
  if (!proven || !setting.owned) return [];
  return [{ id: 'pin-algorithms', safety: 'stricter', edits: [{ file, range: setting.node.range, text: algorithmList(proven, file) }], data: { algorithms: proven.join(', ') } }];
}
