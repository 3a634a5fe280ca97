import { someTexts } from '../src/analysis/algorithm-evidence.ts';
import type { JwtOperation, SetSetting } from '../src/analysis/operation.ts';
import { optionName } from '../src/analysis/option-names.ts';
import { causeOf, placeOf } from '../src/analysis/report-place.ts';
import { numbersIn } from '../src/analysis/value.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import { algorithmList } from '../src/remedies/algorithms.ts';
import { setMissing } from '../src/remedies/set-setting.ts';

/** Work that a stranger's token may ask for has to end. */
export const requireDecryptionLimits = defineRule({
  name: 'require-decryption-limits',
  description: 'Require limits on the work that an encrypted token can cause: iterations of password-based keys and decompressed size.',
  messages: {
    iterations: '`{{name}}` computes as many PBES2 iterations as the token asks for. {{note}} Accept only algorithms without PBES2.',
    decompression: '`{{name}}` decompresses without a limit. {{note}} Update the library.',
    large: '`{{option}}` of `{{name}}` allows {{amount}}{{elsewhere}}, which a single token can use up. Allow {{limit}} at most.',
  },
  remedies: {
    'exclude-passwords': 'Accept every algorithm but PBES2.',
    'lower-limit': 'Allow {{limit}}.',
  },
  options: {
    schema: {
      maxIterations: { type: 'number', minimum: 1000, description: 'Largest number of PBES2 iterations that a token may ask for.' },
      maxBytes: { type: 'number', minimum: 1, description: 'Largest size that a token may be decompressed to, in bytes.' },
    },
    defaults: { maxIterations: 1_000_000, maxBytes: 10_000_000 },
  },
  references: ['RFC 7518 section 4.8', 'RFC 7518 section 8.1', 'RFC 8725 section 3.6', 'CWE-400', 'CWE-409'],
  presets: { strict: 'error', service: 'error' },
  *check(operation, { file, options }) {
    const { name } = operation;
    const iterations = operation.setting('maxPBES2Count');
    if (iterations.state === 'missing' && iterations.absence?.means === 'unchecked' && acceptsPasswords(operation)) {
      yield { message: 'iterations', node: operation.node, file, exploitability: iterations.absence.exploitability, data: { name, note: iterations.absence.note ?? '' }, remedies: excluded(operation) };
    }
    const size = operation.setting('maxDecompressedLength');
    if (size.state === 'missing' && size.absence?.means === 'unchecked') yield { message: 'decompression', node: operation.node, file, exploitability: size.absence.exploitability, data: { name, note: size.absence.note ?? '' } };
    for (const [setting, limit] of [['maxPBES2Count', options.maxIterations], ['maxDecompressedLength', options.maxBytes]] as const) {
      for (const given of operation.settingsAt(setting)) {
        const large = numbersIn(given.value).find(({ value }) => value > limit);
        if (!large) continue;
        const place = placeOf(operation, given, large);
        yield { message: 'large', ...place, exploitability: 'exploitable', data: { elsewhere: causeOf(place), name, option: optionName(given.place), amount: large.value, limit }, remedies: lowered(operation, given, limit) };
      }
    }
  },
});

/** PBES2 is among what is accepted, or nothing says what is. */
function acceptsPasswords(operation: JwtOperation): boolean {
  const given = operation.setting('keyManagementAlgorithms');
  if (given.state === 'missing') return true;
  return given.state === 'set' && someTexts(given.value).some(({ text }) => text.startsWith('PBES2'));
}

function excluded(operation: JwtOperation): readonly Remedy<'exclude-passwords'>[] {
  const list = operation.model.withoutPasswords;
  if (!list || operation.setting('keyManagementAlgorithms').state !== 'missing') return [];
  const edits = setMissing(operation, 'keyManagementAlgorithms', algorithmList(list, operation.file));
  return edits ? [{ id: 'exclude-passwords', safety: 'stricter', edits }] : [];
}

function lowered(operation: JwtOperation, given: SetSetting, limit: number): readonly Remedy<'lower-limit'>[] {
  if (!given.owned || given.value.kind !== 'primitive') return [];
  return [{ id: 'lower-limit', safety: 'stricter', edits: [{ file: operation.file, range: given.node.range, text: String(limit) }], data: { limit } }];
}
