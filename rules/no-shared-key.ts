import { knownTexts, shareKey } from '../src/analysis/algorithm-evidence.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { PURPOSE_CLAIMS, type TokenKind, tokenKindOf } from '../src/analysis/token-kind.ts';
import { possibilities } from '../src/analysis/value.ts';
import { defineRule } from '../src/define-rule.ts';
import type { SettingName } from '../src/libraries/descriptor.ts';

const NAMES: Readonly<Record<TokenKind, string>> = { access: 'an access token', refresh: 'a refresh token', oneTime: 'a one-time token' };

/** Where two kinds of token are alike, each can be used in the place of the other. */
export const noSharedKey = defineRule({
  name: 'no-shared-key',
  description: 'Disallow one key for several kinds of token that nothing tells apart.',
  messages: {
    shared: '`{{name}}` signs {{kind}} with the key that signs {{other}} in line {{line}}, and nothing in the two tells them apart, so one is accepted in the place of the other. Use a key for each, or write a `typ`, an audience or a claim that the receiver checks.',
  },
  references: ['RFC 8725 section 2.8', 'RFC 8725 section 3.11', 'RFC 8725 section 3.12', 'CWE-347', 'CWE-863'],
  presets: { strict: 'error', service: 'error' },
  *checkFile({ file, operations }) {
    const signing = signingCalls(operations.filter((operation) => operation.kind === 'sign'));
    for (const [index, operation] of signing.entries()) {
      const kind = tokenKindOf(operation);
      const other = signing.slice(0, index).find((one) => tokenKindOf(one) !== kind && haveOneKey(innermost(one), innermost(operation)) && areAlike(innermost(one), innermost(operation)));
      if (!other) continue;
      yield {
        message: 'shared', node: operation.argumentNode('key') ?? operation.node, file, exploitability: 'depends',
        data: { name: operation.name, kind: NAMES[kind], other: NAMES[tokenKindOf(other)], line: other.node.loc.start.line },
      };
    }
  },
});

/**
 * A function of the project whose callers decide on the lifetime and ask for several kinds of token is looked at through
 * them, any other by itself: it issues one kind, whoever calls it.
 */
function signingCalls(operations: readonly JwtOperation[]): readonly JwtOperation[] {
  const kinds = new Map<unknown, Set<TokenKind>>();
  for (const operation of operations) {
    if (!operation.wrapped || operation.setting('expiration').state !== 'set') continue;
    const { node } = innermost(operation);
    kinds.set(node, (kinds.get(node) ?? new Set()).add(tokenKindOf(operation)));
  }
  return operations.filter((operation) => (operation.wrapped !== undefined) === ((kinds.get(innermost(operation).node)?.size ?? 0) > 1));
}

/** What a call of the project's own functions comes to, with this caller's arguments. */
function innermost(operation: JwtOperation): JwtOperation {
  return operation.wrapped ? innermost(operation.wrapped) : operation;
}

/** The same key is given to both, or is left to the same configuration. */
function haveOneKey(a: JwtOperation, b: JwtOperation): boolean {
  return a.key || b.key ? shareKey(a.key, b.key) : isConfigured(a, b, 'key');
}

/** Proven alike: the same `typ` and audience, and payloads that are written out and differ in no fixed claim. */
function areAlike(a: JwtOperation, b: JwtOperation): boolean {
  return sameSetting(a, b, 'type') && sameSetting(a, b, 'audience') && sameSetting(a, b, 'subject') && sameSetting(a, b, 'keyId') && samePayload(a, b);
}

function sameSetting(a: JwtOperation, b: JwtOperation, name: 'type' | 'audience' | 'subject' | 'keyId'): boolean {
  const [one, other] = [a.setting(name), b.setting(name)];
  // What only the key may hold is alike where the key is the same, and so is what one configuration gives both.
  if (one.state === 'unknown' || other.state === 'unknown') return one.state === other.state && (standsIn('key', [a, b], name) || isConfigured(a, b, name));
  if (one.state === 'missing' || other.state === 'missing') return one.state === other.state || name === 'subject';
  const [texts, others] = [knownTexts(one.value), knownTexts(other.value)];
  // Subjects differ from token to token, and that tells nobody what a token is for.
  return name === 'subject' ? texts === undefined || texts.join() === others?.join() : texts !== undefined && texts.join() === others?.join();
}

/** Calls of one object leave a setting to its configuration, wherever that is made. */
function isConfigured(a: JwtOperation, b: JwtOperation, name: SettingName): boolean {
  const receiver = ({ name: call }: JwtOperation) => call.replace(/\.?[^.]*$/, '');
  return a.library === b.library && receiver(a) === receiver(b) && standsIn('configuration', [a, b], name);
}

/** Whatever may be made of the setting is made there, for each of the operations. */
function standsIn(where: 'key' | 'configuration', operations: readonly JwtOperation[], name: SettingName): boolean {
  return operations.every((operation) => {
    const places = operation.unknownPlaces(name);
    return places.length > 0 && places.every(({ at }) => at.startsWith(`${where}.`));
  });
}

function samePayload(a: JwtOperation, b: JwtOperation): boolean {
  const fixed = fixedClaims(a);
  const others = fixedClaims(b);
  if (!fixed || !others) return false;
  return [...new Set([...fixed.keys(), ...others.keys()])].every((name) => fixed.get(name) === others.get(name));
}

/** Claims with a value that the source fixes; undefined where the payload may hold others, or a purpose that is not known. */
function fixedClaims(operation: JwtOperation): ReadonlyMap<string, string> | undefined {
  const payload = operation.argument('payload') ?? payloadOf(operation);
  if (payload?.kind !== 'object' || payload.open) return undefined;
  const claims = new Map<string, string>();
  for (const [name, { value }] of payload.entries) {
    if (name === 'exp' || name === 'iat' || name === 'nbf') continue;
    for (const one of possibilities(value)) {
      if (one.kind === 'primitive' && one.value !== undefined) claims.set(name, String(one.value));
      else if (PURPOSE_CLAIMS.includes(name)) return undefined;
    }
  }
  return claims;
}

function payloadOf(operation: JwtOperation) {
  const setting = operation.setting('payload');
  return setting.state === 'set' ? setting.value : undefined;
}
