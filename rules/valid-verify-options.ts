import type { JwtOperation } from '../src/analysis/operation.ts';
import { type MisreadName, misreadOptions, type MisreadOption, type MisreadUnit, type MisreadValue } from '../src/analysis/option-checks.ts';
import { otherPlace } from '../src/analysis/other-place.ts';
import type { Provenance } from '../src/analysis/value.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Exploitability, SettingName } from '../src/libraries/descriptor.ts';
import { correctOption } from '../src/remedies/correct-option.ts';

/** What does not happen when a check is not read. */
const CONSEQUENCES: Readonly<Partial<Record<SettingName, string>>> = {
  audience: 'the audience is not checked', issuer: 'the issuer is not checked', subject: 'the subject is not checked',
  tokenId: 'the token id is not checked', nonce: 'the nonce is not checked', maxAge: 'the age of the token is not bounded',
  clockTolerance: 'no tolerance is given', requiredClaims: 'no claim is demanded', type: 'the type of the token is not checked',
  algorithms: 'the algorithms are not restricted',
};

const EFFECTS = {
  ignored: 'ignores', 'always-passes': 'misreads', substring: 'compares with parts of', 'other-unit': 'misreads', rejects: 'refuses',
} as const;

const TYPES: Readonly<Record<string, string>> = {
  'numeric-string': 'a string of digits', string: 'a string', regexp: 'a regular expression', array: 'a list', set: 'a Set', object: 'an object', function: 'a function',
  'empty-string': 'an empty string', 'empty-array': 'an empty list', number: 'a number',
};

/** A check in the options that the library does not make. */
export const validVerifyOptions = defineRule({
  name: 'valid-verify-options',
  description: 'Disallow options for verification that the library silently ignores or reads differently from how they are written.',
  messages: {
    misspelt: '`{{name}}` ignores `{{written}}`{{place}}, so {{consequence}}. Write `{{option}}`.',
    misplaced: '`{{name}}` does not look at `{{written}}`{{place}}, so {{consequence}}. Write it at `{{option}}`.',
    unsupported: '`{{name}}` ignores `{{written}}`{{place}}, so {{consequence}}. {{library}} has no option for it: check the verified claims by hand.',
    unread: '`{{name}}` ignores `{{written}}`{{place}} in {{library}} {{version}}, so {{consequence}}. Only versions {{range}} read it.',
    misread: '`{{name}}` {{effect}} `{{option}}`{{place}} because it is {{type}}. {{note}} {{advice}}.',
    unit: '`{{name}}` reads `{{option}}`{{place}} in {{unit}}, so {{amount}} means {{meaning}}. Write it in {{unit}}.',
  },
  remedies: {
    'correct-option': 'Write {{corrected}}.',
    'correct-claim-option': 'Check the claim: write {{corrected}}.',
  },
  references: ['RFC 8725 section 3.9', 'RFC 7519 section 4.1', 'CWE-347', 'CWE-1173', 'CWE-613'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *check(operation, { file, operations, isEnabled }) {
    for (const option of misreadOptions(operation)) {
      if (option.setting === 'algorithms' && isOthers(option, isEnabled('require-algorithms'))) continue;
      if ('entry' in option && isForIssuing(option, operations)) continue;
      const at = placeOf(operation, option);
      if (!at) continue;
      const { node, cause } = at;
      const common = { node, file, exploitability: exploitabilityOf(operation, option), ...(cause && { cause }), remedies: remediesFor(operation, option) };
      const place = cause ? otherPlace(cause, file) : '';
      if (option.problem === 'misread') yield { ...common, message: 'misread', data: { name: operation.name, place, ...misreading(option) } };
      else if (option.problem === 'unit') yield { ...common, message: 'unit', data: { name: operation.name, place, option: lastName(option), ...unitOf(option) } };
      else yield { ...common, ...nameProblem(operation, option, place) };
    }
  },
});

function nameProblem({ name, library, version }: JwtOperation, option: MisreadName, place: string) {
  const data = { name, place, written: pathOf(option.written), consequence: CONSEQUENCES[option.setting] ?? 'nothing is checked' };
  switch (option.problem) {
    case 'misspelt': return { message: 'misspelt', data: { ...data, option: pathOf(option.belongs ?? []) } } as const;
    case 'misplaced': return { message: 'misplaced', data: { ...data, option: pathOf(option.belongs ?? []) } } as const;
    case 'too-new': return { message: 'unread', data: { ...data, library: library.name, version: version ?? '', range: option.place?.versions ?? '' } } as const;
    case 'unsupported': return { message: 'unsupported', data: { ...data, library: library.name } } as const;
  }
}

/** A misspelt allowlist and an empty one belong to the rule that asks for the allowlist. */
function isOthers(option: MisreadOption, isRequired: boolean): boolean {
  if (!isRequired) return false;
  return option.problem === 'misspelt' || (option.problem === 'misread' && option.type === 'empty-array');
}

/** One object for signing and verifying: what signing reads is written for signing. */
function isForIssuing({ entry, written }: MisreadName, operations: readonly JwtOperation[]): boolean {
  return operations.some((other) => {
    if (other.kind !== 'sign' && other.kind !== 'encrypt') return false;
    const options = other.argument('options');
    return options?.kind === 'object' && options.entries.get(written.at(-1) ?? '')?.node === entry.node;
  });
}

/** The smallest node in the linted file; what stands elsewhere is reported where it is handed in. */
function placeOf(operation: JwtOperation, option: MisreadOption): { node: Provenance['node']; cause?: Provenance } | undefined {
  const { file } = operation;
  if ('entry' in option) {
    if (option.entry.file === file) return { node: option.entry.node };
    if (operation.wrapped) return undefined;
    return { node: operation.argumentNode('options') ?? operation.node, cause: option.entry };
  }
  const { given, value } = option;
  if (value.file === file && value.node.range[0] >= given.holder.range[0] && value.node.range[1] <= given.holder.range[1]) return { node: value.node };
  if (operation.wrapped && given.node === operation.node) return undefined;
  return given.file === file ? { node: given.node, ...(value.file !== file && { cause: value }) } : { node: operation.argumentNode('options') ?? operation.node, cause: given };
}

function exploitabilityOf(operation: JwtOperation, option: MisreadOption): Exploitability {
  if (option.problem === 'misread') {
    if (option.misreading.effect === 'always-passes') return 'exploitable';
    if (option.misreading.effect === 'other-unit') return 'hardening';
  }
  return option.problem === 'unit' || option.setting === 'clockTolerance' ? 'hardening' : operation.exploitabilityOf(option.setting);
}

function misreading({ given, type, misreading: { effect, note }, setting }: MisreadValue) {
  return {
    effect: EFFECTS[effect], option: pathOf(given.place.at.split('.').slice(1)), type: TYPES[type] ?? type,
    note: note ?? `So ${CONSEQUENCES[setting] ?? 'nothing is checked'}.`.replace(/^So t/, 'T').replace(/^So n/, 'N'),
    advice: adviceFor(given.place.accepts, given.place.shape, type),
  };
}

function adviceFor(accepts: readonly string[] | undefined, shape: string | undefined, type: string): string {
  if (type === 'numeric-string' && !accepts) return 'Write a number, or a string with its unit';
  if (accepts?.includes('number')) return 'Pass a number';
  if (shape === 'list' || accepts?.every((one) => one === 'array')) return 'Pass a list';
  return type === 'empty-string' ? 'Pass a value' : 'Pass a string';
}

function unitOf({ mistake: { read, amount } }: MisreadUnit) {
  const seconds = read === 'seconds' ? amount : amount / 1000;
  return { unit: read, amount, meaning: seconds < 1 ? `${amount} thousandths of a second` : seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 864) / 100} days` };
}

function lastName({ given }: MisreadUnit): string {
  return pathOf(given.place.at.split('.').slice(1));
}

/** A property path as it is written; what a factory returns is where its author writes. */
function pathOf(path: readonly string[]): string {
  return path.filter((step) => !step.endsWith('()')).join('.');
}

function remediesFor(operation: JwtOperation, option: MisreadOption): readonly Remedy<'correct-option' | 'correct-claim-option'>[] {
  const correction = correctOption(operation, option);
  if (!correction) return [];
  // A claim that not every issuer writes yet may only be demanded later.
  const id = option.setting === 'audience' || option.setting === 'issuer' ? 'correct-claim-option' : 'correct-option';
  return [{ id, safety: 'stricter', edits: correction.edits, data: { corrected: `\`${correction.corrected}\`` } }];
}
