import { durationInWords } from '../src/analysis/lifetimes.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { type CheckName, type MisreadName, misreadOptions, type MisreadOption, type MisreadUnit, type MisreadValue } from '../src/analysis/option-checks.ts';
import { causeOf, placeIn, placeOf } from '../src/analysis/report-place.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Exploitability } from '../src/libraries/descriptor.ts';
import { correctOption } from '../src/remedies/correct-option.ts';

/** What does not happen when a check is not read. */
const CONSEQUENCES: Readonly<Record<CheckName, string>> = {
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
      // What a function of the project writes itself is reported where it stands.
      if ('entry' in option && operation.wrapped && option.entry.file !== file) continue;
      const at = 'entry' in option ? placeIn(operation, option.entry) : placeOf(operation, option.given, option.value);
      const common = { ...at, exploitability: exploitabilityOf(operation, option), remedies: remediesFor(operation, option) };
      const place = causeOf(at);
      if (option.problem === 'misread') yield { ...common, message: 'misread', data: { name: operation.name, place, ...misreading(option) } };
      else if (option.problem === 'unit') yield { ...common, message: 'unit', data: { name: operation.name, place, option: optionPath(option), ...unitOf(option) } };
      else yield { ...common, ...nameProblem(operation, option, place) };
    }
  },
});

function nameProblem({ name, library, version }: JwtOperation, option: MisreadName, place: string) {
  const data = { name, place, written: pathOf(option.written), consequence: CONSEQUENCES[option.setting] };
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

function exploitabilityOf(operation: JwtOperation, option: MisreadOption): Exploitability {
  if (option.problem === 'misread' && option.misreading.effect === 'always-passes') return 'exploitable';
  return option.setting === 'maxAge' || option.setting === 'clockTolerance' ? 'hardening' : operation.exploitabilityOf(option.setting);
}

function misreading(option: MisreadValue) {
  const { given: { place }, type, misreading: { effect, note }, setting } = option;
  return { effect: EFFECTS[effect], option: optionPath(option), type: TYPES[type] ?? type, note: note ?? sentence(CONSEQUENCES[setting]), advice: adviceFor(place.accepts, place.shape, type) };
}

function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}

function adviceFor(accepts: readonly string[] | undefined, shape: string | undefined, type: string): string {
  if (type === 'numeric-string' && !accepts) return 'Write a number, or a string with its unit';
  if (accepts?.includes('number')) return 'Pass a number';
  if (shape === 'list') return 'Pass a list';
  return type === 'empty-string' ? 'Pass a value' : 'Pass a string';
}

function unitOf({ mistake: { read, amount } }: MisreadUnit) {
  return { unit: read, amount, meaning: durationInWords(read === 'seconds' ? amount : amount / 1000) };
}

function optionPath({ given }: MisreadUnit | MisreadValue): string {
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
