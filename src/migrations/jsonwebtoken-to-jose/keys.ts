import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { familyOf } from '../../algorithms.ts';
import { familyOfKey, knownTexts, provenAlgorithms } from '../../analysis/algorithm-evidence.ts';
import type { KeyPossibility } from '../../analysis/keys.ts';
import type { JwtOperation } from '../../analysis/operation.ts';
import { partnersInPackage } from '../../analysis/package-operations.ts';
import { possibilities, type Value } from '../../analysis/value.ts';
import type { MigrationContext } from '../../migration.ts';
import { quote } from '../../remedies/style.ts';
import type { Rewriting } from '../rewriting.ts';
import type { NeededNames } from './names.ts';

/** What stands before and behind the text of a key, so that jose takes it. */
export interface KeyConversion {
  readonly before: string;
  readonly after: string;
  /** It gives a promise that has to be waited for. */
  readonly isPromise: boolean;
}

const UNCHANGED: KeyConversion = { before: '', after: '', isPromise: false };

/** The algorithms of an operation, as far as anything proves them; undefined where nothing does. */
function algorithmsOf(operation: JwtOperation, { operations, policy, file }: MigrationContext): readonly string[] | undefined {
  const setting = operation.setting(operation.kind === 'sign' ? 'algorithm' : 'algorithms');
  if (setting.state === 'set') return knownTexts(setting.value);
  if (setting.state === 'unknown') return undefined;
  return operation.kind === 'sign' ? ['HS256'] : provenAlgorithms(operation, operations, policy) ?? provenAlgorithms(operation, partnersInPackage(file), policy);
}

/** How a key is written for jose, by what the algorithms and the key itself prove; the reason where that is not proven. */
export function keyConversion(operation: JwtOperation, value: Value | undefined, context: MigrationContext, names: NeededNames, rewriting: Rewriting): KeyConversion | string {
  const algorithms = algorithmsOf(operation, context);
  if (algorithms?.some((name) => familyOf(name) === 'none')) return 'jose neither issues nor takes unsigned tokens in this way.';
  const families = new Set(algorithms?.map((name) => (familyOf(name) === 'HMAC' ? 'secret' : 'pair')));
  const found = familyOfKey(operation.key);
  if (families.size === 0 && found !== undefined) families.add(found === 'HMAC' ? 'secret' : 'pair');
  if (families.size !== 1) return 'Nothing proves whether the key is a secret or one of a pair: name the algorithms.';
  if (value && possibilities(value).every((one) => one.kind === 'key')) return UNCHANGED;
  if (families.has('secret')) return secret(value, operation, rewriting);
  return ofPair(operation, value ? algorithms ?? [] : [], names, rewriting);
}

function secret(value: Value | undefined, operation: JwtOperation, rewriting: Rewriting): KeyConversion | string {
  const all = value ? possibilities(value) : [];
  if (all.length > 0 && all.every((one) => one.kind === 'bytes')) return UNCHANGED;
  if (all.some((one) => one.kind === 'object')) return 'The key is an object, which jose does not take for a secret.';
  if (operation.key?.possibilities.some(({ material }) => material === 'pem' || material === 'none')) return 'The key is not a secret, but the algorithms are those of secrets.';
  const isText = all.length > 0 && all.every((one) => one.kind === 'primitive' || one.kind === 'environment' || one.kind === 'configuration' || one.kind === 'text');
  // Where it may be bytes already: a Buffer is made of either, as jsonwebtoken does.
  return isText || isStringTyped(operation, rewriting) ? { before: 'new TextEncoder().encode(', after: ')', isPromise: false } : { before: 'Buffer.from(', after: ')', isPromise: false };
}

/** A parameter that is written to be text. */
function isStringTyped(operation: JwtOperation, { file }: Rewriting): boolean {
  const node = operation.argumentNode('key');
  if (node?.type !== AST_NODE_TYPES.Identifier) return false;
  const scope = file.sourceCode.getScope(node as never);
  const definition = scope.references.find(({ identifier }) => (identifier as TSESTree.Node) === node)?.resolved?.defs[0]?.name as TSESTree.Node | undefined;
  return definition?.type === AST_NODE_TYPES.Identifier && definition.typeAnnotation?.typeAnnotation.type === AST_NODE_TYPES.TSStringKeyword;
}

function ofPair(operation: JwtOperation, algorithms: readonly string[], names: NeededNames, { file }: Rewriting): KeyConversion | string {
  const isPrivate = operation.kind === 'sign';
  const [algorithm] = algorithms;
  const label = labelOf(operation.key?.possibilities ?? []);
  if (algorithm !== undefined && algorithms.length === 1 && label === (isPrivate ? 'PRIVATE KEY' : 'PUBLIC KEY')) {
    return { before: `await ${names.jose(isPrivate ? 'importPKCS8' : 'importSPKI')}(`, after: `, ${quote(algorithm, file)})`, isPromise: true };
  }
  // Whatever form the text has: jsonwebtoken makes its keys with the same functions.
  return { before: `${names.crypto(isPrivate ? 'createPrivateKey' : 'createPublicKey')}(`, after: ')', isPromise: false };
}

/** What the one text of a key in the source says that it is. */
function labelOf(keys: readonly KeyPossibility[]): string | undefined {
  const labels = new Set(keys.map(({ text }) => (text === undefined ? undefined : /-----BEGIN ([A-Z0-9 ]+)-----/.exec(text)?.[1])));
  return labels.size === 1 ? [...labels][0] : undefined;
}
