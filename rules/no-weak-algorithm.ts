import { shareKey, someTexts } from '../src/analysis/algorithm-evidence.ts';
import { rsaKeyGenerations } from '../src/analysis/key-generation.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { optionName } from '../src/analysis/option-names.ts';
import { causeOf, placeOf, reportedSettings } from '../src/analysis/report-place.ts';
import type { Value } from '../src/analysis/value.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { SourceFile } from '../src/analysis/source-file.ts';
import { quote } from '../src/remedies/style.ts';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';

/** Retired names: why, and the member of the same family that has taken their place. */
const RETIRED: Readonly<Record<string, { readonly why: string; readonly current: string }>> = {
  RSA1_5: { why: 'whose padding lets an attacker decrypt by asking often enough', current: 'RSA-OAEP-256' },
  HS1: { why: 'which rests on SHA-1', current: 'HS256' },
  RS1: { why: 'which rests on SHA-1', current: 'RS256' },
  HMD5: { why: 'which rests on MD5', current: 'HS256' },
};

/** Least length of an RSA modulus (RFC 7518 section 3.3). */
const LEAST_BITS = 2048;

/** An algorithm that was retired was retired for a reason. */
export const noWeakAlgorithm = defineRule({
  name: 'no-weak-algorithm',
  description: 'Disallow retired algorithms, short RSA keys, and one key for encrypting and signing.',
  messages: {
    retired: '`{{name}}` uses {{algorithm}}{{elsewhere}}, {{why}}. Use {{current}}.',
    short: '`{{name}}` makes an RSA key of {{bits}} bits, which can be factored. Make it 2048 bits or longer.',
    shared: '`{{name}}` encrypts with {{algorithm}}{{elsewhere}} under a key that also signs tokens: what breaks one breaks both. Use a key of its own.',
    unlimited: '`{{name}}` accepts {{algorithm}}{{elsewhere}} with as many iterations as the token asks for, each of them computed before anything is checked. Use a random key{{orLimit}}.',
  },
  remedies: {
    'use-current': 'Use {{current}}.',
    'lengthen-key': 'Make the key 2048 bits long.',
  },
  references: ['RFC 8725 section 3.2', 'RFC 7518 section 3.3', 'RFC 7518 section 8.3', 'RFC 7518 section 8.8', 'CWE-327', 'CWE-326'],
  presets: { recommended: 'warn', strict: 'error', service: 'error' },
  *check(operation, { operations, isEnabled }) {
    const { name } = operation;
    const [limit] = operation.model.settings.maxPBES2Count ?? [];
    const settings = [...operation.settingsAt('algorithms'), ...operation.settingsAt('algorithm'), ...operation.settingsAt('keyManagementAlgorithms')];
    for (const setting of reportedSettings(operation, settings)) {
      for (const { text, value } of someTexts(setting.value)) {
        const place = placeOf(operation, setting, value);
        const data = { name, algorithm: text, elsewhere: causeOf(place) };
        const retired = Object.hasOwn(RETIRED, text) ? RETIRED[text] : undefined;
        if (retired) {
          yield { ...place, message: 'retired', exploitability: text === 'RSA1_5' ? 'depends' : 'hardening', data: { ...data, ...retired }, remedies: replaced(operation, value, retired.current) };
        } else if (text === 'dir' || text.startsWith('PBES2-')) {
          if (operations.some((other) => (other.kind === 'sign' || other.kind === 'verify') && shareKey(operation.key, other.key))) {
            yield { ...place, message: 'shared', exploitability: 'hardening', data };
          } else if (text !== 'dir' && operation.kind === 'decrypt' && isUnlimited(operation) && !isEnabled('require-decryption-limits')) {
            yield { ...place, message: 'unlimited', exploitability: 'depends', data: { ...data, orLimit: limit ? `, or set \`${optionName(limit)}\`` : '' } };
          }
        }
      }
    }
  },
  *checkFile({ file }) {
    for (const { node, name, bits, value } of rsaKeyGenerations(file)) {
      if (bits >= LEAST_BITS) continue;
      const here = value.file === file;
      yield { message: 'short', node: here ? value.node : node, file, exploitability: 'depends', data: { name, bits }, cause: value, remedies: here ? lengthened(value, file) : [] };
    }
  },
});

function isUnlimited(operation: JwtOperation): boolean {
  return operation.setting('maxPBES2Count').state === 'missing';
}

function replaced(operation: JwtOperation, { node, file }: Value, current: string): readonly Remedy<'use-current'>[] {
  if (operation.wrapped || file !== operation.file || node.type !== AST_NODE_TYPES.Literal) return [];
  // Tokens in use may still carry the old name: a person has to change both sides.
  return [{ id: 'use-current', safety: 'review', edits: [{ file, range: node.range, text: quote(current, file) }], data: { current } }];
}

function lengthened({ node }: Value, file: SourceFile): readonly Remedy<'lengthen-key'>[] {
  return node.type === AST_NODE_TYPES.Literal ? [{ id: 'lengthen-key', safety: 'review', edits: [{ file, range: node.range, text: String(LEAST_BITS) }] }] : [];
}
