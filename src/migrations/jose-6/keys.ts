import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { knownTexts } from '../../analysis/algorithm-evidence.ts';
import { type AnyCall, collectCalls, nodesOf } from '../../analysis/call-nodes.ts';
import { unwrapped, writtenName } from '../../analysis/expressions.ts';
import { possibilities } from '../../analysis/value.ts';
import { variableOf } from '../../analysis/variables.ts';
import type { MigrationContext } from '../../migration.ts';
import { addProperty, findProperty } from '../../remedies/properties.ts';
import { quote } from '../../remedies/style.ts';
import type { Rewriting } from '../rewriting.ts';
import { GONE_ALGORITHMS, OLD_MODULES } from './modules.ts';

/** Functions that make keys, and where their algorithm and their options stand. */
const MAKERS: Readonly<Record<string, { readonly algorithm: number; readonly options: number; readonly isPublic?: boolean }>> = {
  importPKCS8: { algorithm: 1, options: 2 },
  importSPKI: { algorithm: 1, options: 2, isPublic: true },
  importX509: { algorithm: 1, options: 2, isPublic: true },
  importJWK: { algorithm: 1, options: 2 },
  parseJwk: { algorithm: 1, options: 2 },
  generateKeyPair: { algorithm: 0, options: 1 },
  generateSecret: { algorithm: 0, options: 1 },
};
const EXPORTERS = new Set(['exportPKCS8', 'exportJWK', 'fromKeyLike']);
/** Members of a KeyObject, which version 6 no longer gives. */
const OF_KEY_OBJECTS = new Set(['export', 'asymmetricKeyType', 'asymmetricKeyDetails', 'symmetricKeySize', 'equals']);

interface KeyCall {
  readonly node: AnyCall;
  readonly name: string;
}

/** Writes what version 6 wants to be told of a key: its algorithm, and that it may be exported again. */
export function rewriteKeys(context: MigrationContext, rewriting: Rewriting): void {
  const calls = keyCalls(context);
  const makers = calls.filter(({ name }) => name in MAKERS);
  for (const call of makers) {
    nameAlgorithm(call, context, rewriting);
    dropKeyObjectSwitch(call, rewriting);
  }
  const isExported = calls.some(({ name, node }) => EXPORTERS.has(name) && !isPublicHalf(node.arguments[0], rewriting));
  if (isExported) for (const call of makers) if (!MAKERS[call.name]?.isPublic) makeExtractable(call, rewriting);
  refuseKeyObjects(makers, rewriting);
  for (const node of nodesOf(rewriting.file)) if (node.type === AST_NODE_TYPES.Literal && typeof node.value === 'string' && GONE_ALGORITHMS.has(node.value)) rewriting.refuse(node, `Version 6 does not implement \`${node.value}\`.`);
  for (const { node, name } of calls) if (name === 'createRemoteJWKSet') refuseAgent(node, rewriting);
}

/** Calls of jose's own functions about keys, wherever they were imported from. */
function keyCalls({ reader, file }: MigrationContext): readonly KeyCall[] {
  return collectCalls(file).flatMap((node): KeyCall[] => {
    const callee = possibilities(reader.evaluate(node.callee, file)).find((one) => one.kind === 'api' && (one.library === 'jose' || one.library in OLD_MODULES));
    const path = callee?.kind === 'api' ? callee.path.replace(/^default$/, '') : undefined;
    const name = callee?.kind === 'api' && path === '' ? OLD_MODULES[callee.library]?.default ?? '' : /[^.#]*$/.exec(path ?? '')?.[0] ?? '';
    return name in MAKERS || EXPORTERS.has(name) || name === 'createRemoteJWKSet' ? [{ node, name }] : [];
  });
}

/** The one algorithm of all operations in the file, if there is one. */
function onlyAlgorithm({ operations }: MigrationContext): string | undefined {
  const texts = new Set<string>();
  for (const operation of operations) {
    if (operation.library.name !== 'jose' || (operation.kind !== 'sign' && operation.kind !== 'verify')) continue;
    const setting = operation.setting(operation.kind === 'sign' ? 'algorithm' : 'algorithms');
    const known = setting.state === 'set' ? knownTexts(setting.value) : undefined;
    if (!known) return undefined;
    for (const text of known) texts.add(text);
  }
  return texts.size === 1 ? [...texts][0] : undefined;
}

function nameAlgorithm({ node, name }: KeyCall, context: MigrationContext, rewriting: Rewriting): void {
  const [key, algorithm] = node.arguments;
  if (!key || algorithm || MAKERS[name]?.algorithm !== 1) return;
  if (name === 'importJWK' || name === 'parseJwk') {
    const value = context.reader.evaluate(key, rewriting.file);
    const type = value.kind === 'object' ? value.entries.get('kty')?.value : undefined;
    if (value.kind === 'object' && (value.entries.has('alg') || (type?.kind === 'primitive' && type.value === 'oct'))) return;
  }
  const only = onlyAlgorithm(context);
  if (only !== undefined) rewriting.insert(key.range[1], `, ${quote(only, rewriting.file)}`);
  else if (name === 'importJWK' || name === 'parseJwk') rewriting.leave(node, '`importJWK` of version 6 throws for a key that does not say its algorithm (`alg`). Pass it as the second argument, if there are such keys.');
  else rewriting.refuse(node, `\`${name}\` of version 6 has to be told the algorithm, and nothing proves which one it is.`);
}

/** `importJWK(jwk, alg, true)` asked for a KeyObject of a secret; version 6 always gives its bytes. */
function dropKeyObjectSwitch({ node, name }: KeyCall, rewriting: Rewriting): void {
  const [, algorithm, third] = node.arguments;
  if ((name !== 'importJWK' && name !== 'parseJwk') || !algorithm || third?.type !== AST_NODE_TYPES.Literal || typeof third.value !== 'boolean') return;
  rewriting.replace([algorithm.range[1], third.range[1]], '');
}

/** Keys of version 6 cannot be exported unless that was asked for when they were made. */
function makeExtractable({ node, name }: KeyCall, rewriting: Rewriting): void {
  const places = MAKERS[name];
  const options = places && node.arguments[places.options];
  const last = node.arguments.at(-1);
  if (!places || !last) return;
  if (options?.type === AST_NODE_TYPES.ObjectExpression) {
    if (!findProperty(options, 'extractable')) rewriting.add([addProperty(options, 'extractable', 'true', rewriting.file)]);
  } else if (options && !(options.type === AST_NODE_TYPES.Literal && typeof options.value === 'boolean')) {
    rewriting.refuse(options, 'These options have to say `extractable: true`, and are put together elsewhere.');
  } else if (node.arguments.length < places.options) {
    rewriting.refuse(node, 'The key is exported again, which version 6 has to be told behind the algorithm.');
  } else {
    const before = node.arguments[places.options - 1] ?? last;
    rewriting.insert(options ? options.range[1] : before.range[1], ', { extractable: true }');
  }
}

/** The public half of a pair, which can always be exported. */
function isPublicHalf(node: TSESTree.Node | undefined, { file }: Rewriting): boolean {
  const key = node && unwrapped(node);
  if (key?.type === AST_NODE_TYPES.MemberExpression) return writtenName(key) === 'publicKey';
  if (key?.type !== AST_NODE_TYPES.Identifier) return false;
  const name = variableOf(key, file)?.defs[0]?.name as TSESTree.Node | undefined;
  return name?.parent?.type === AST_NODE_TYPES.Property && name.parent.parent.type === AST_NODE_TYPES.ObjectPattern && writtenName(name.parent) === 'publicKey';
}

/** A key that was imported or made here and is then used as a KeyObject of Node. */
function refuseKeyObjects(makers: readonly KeyCall[], rewriting: Rewriting): void {
  const { file } = rewriting;
  for (const node of nodesOf(file)) {
    if (node.type !== AST_NODE_TYPES.MemberExpression || !OF_KEY_OBJECTS.has(writtenName(node) ?? '')) continue;
    const object = unwrapped(node.object);
    const definition = object.type === AST_NODE_TYPES.Identifier ? variableOf(object, file)?.defs[0]?.node as TSESTree.Node | undefined : undefined;
    const init = definition?.type === AST_NODE_TYPES.VariableDeclarator && definition.init ? unwrapped(definition.init) : undefined;
    if (makers.some((call) => call.node === init || call.node === object)) rewriting.refuse(node, `Keys of version 6 are CryptoKeys, which have no \`${writtenName(node) ?? ''}\`.`);
  }
}

function refuseAgent({ arguments: [, options] }: AnyCall, rewriting: Rewriting): void {
  const agent = options?.type === AST_NODE_TYPES.ObjectExpression ? findProperty(options, 'agent') : undefined;
  if (agent) rewriting.refuse(agent, 'Version 6 fetches key sets with `fetch`, which takes no `agent`: write a `customFetch`.');
}
