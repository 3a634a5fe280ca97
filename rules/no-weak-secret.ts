import { someTexts } from '../src/analysis/algorithm-evidence.ts';
import { isWrittenSecret, keyUses, placeOfKey, type KeyUse } from '../src/analysis/key-uses.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { otherPlace } from '../src/analysis/other-place.ts';
import { isPlaceholder } from '../src/analysis/placeholder-secrets.ts';
import { defineRule } from '../src/define-rule.ts';

/** Length of the hash in bytes, which is the least length of the key (RFC 7518 section 3.2). */
const HASH_BYTES = { HS256: 32, HS384: 48, HS512: 64 } as const;

/** Whoever has one token can try secrets without asking anybody. */
export const noWeakSecret = defineRule({
  name: 'no-weak-secret',
  description: 'Disallow HMAC secrets that are shorter than the hash or that stand in a list of placeholders.',
  messages: {
    short: 'The secret of `{{name}}` has {{bytes}} bytes{{place}}, where {{algorithm}} asks for {{needed}} or more: whoever has one token can find it by trying. Use {{needed}} random bytes.',
    random: 'The secret of `{{name}}` has {{bytes}} random bytes{{place}}, where {{algorithm}} asks for {{needed}} or more. Use {{needed}} random bytes.',
    placeholder: 'The secret of `{{name}}` is a placeholder{{place}} that stands in every list of secrets to try. Use {{needed}} random bytes.',
  },
  references: ['RFC 7518 section 3.2', 'RFC 8725 section 3.5', 'CWE-326', 'CWE-521', 'CWE-330'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *checkFile({ file, operations, isEnabled }) {
    for (const use of keyUses(operations.filter(({ kind }) => kind === 'sign' || kind === 'verify' || kind === 'configure'))) {
      const { operation, possibility } = use;
      if (possibility.family !== 'secret') continue;
      const algorithm = weakestAlgorithm(operation);
      if (algorithm === undefined) continue;
      const needed = HASH_BYTES[algorithm];
      if (isWrittenSecret(possibility) && isEnabled(possibility.fallback ? 'no-fallback-secret' : 'no-hardcoded-secret')) continue;
      const { bytes } = possibility;
      const place = placeOfKey(use, file);
      const common = { node: place.node, file: place.file, cause: possibility };
      const data = { name: operation.name, place: otherPlace(possibility, file), algorithm, needed };
      if (isRandom(use) && bytes !== undefined && bytes < needed) yield { ...common, message: 'random', data: { ...data, bytes }, exploitability: bytes < 16 ? 'exploitable' : 'hardening' };
      if (!isWrittenSecret(possibility)) continue;
      if (possibility.text !== undefined && isPlaceholder(possibility.text)) yield { ...common, message: 'placeholder', data: { name: data.name, place: data.place, needed }, exploitability: 'exploitable' };
      else if (bytes !== undefined && bytes < needed) yield { ...common, message: 'short', data: { ...data, bytes }, exploitability: bytes < 16 ? 'exploitable' : 'depends' };
    }
  },
});

/** Bytes straight from the random source; text made from them is longer than they are. */
function isRandom({ possibility }: KeyUse): boolean {
  const { node, file } = possibility;
  return node.type === 'CallExpression' && /randomBytes$/.test(file.sourceCode.getText(node.callee as never));
}

/** The HMAC algorithm with the shortest hash that the operation uses; undefined where it uses none. */
function weakestAlgorithm(operation: JwtOperation): keyof typeof HASH_BYTES | undefined {
  const texts = [...operation.settingsAt('algorithm'), ...operation.settingsAt('algorithms')].flatMap(({ value }) => someTexts(value).map(({ text }) => text));
  if (texts.length === 0) return 'HS256';
  return texts.filter((text): text is keyof typeof HASH_BYTES => Object.hasOwn(HASH_BYTES, text)).sort()[0];
}
