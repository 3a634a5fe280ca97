import { knownTexts, shareKey } from '../src/analysis/algorithm-evidence.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { type TokenKind, tokenKindOf } from '../src/analysis/token-kind.ts';
import { possibilities } from '../src/analysis/value.ts';
import { defineRule } from '../src/define-rule.ts';

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
    const signing = operations.filter((operation) => operation.kind === 'sign' && operation.key !== undefined && operation.file === file);
    for (const [index, operation] of signing.entries()) {
      const kind = tokenKindOf(operation);
      const other = signing.slice(0, index).find((one) => tokenKindOf(one) !== kind && shareKey(one.key, operation.key) && areAlike(one, operation));
      if (!other) continue;
      yield {
        message: 'shared', node: operation.argumentNode('key') ?? operation.node, file, exploitability: 'depends',
        data: { name: operation.name, kind: NAMES[kind], other: NAMES[tokenKindOf(other)], line: other.node.loc.start.line },
      };
    }
  },
});

/** Proven alike: the same `typ` and audience, and payloads that are written out and differ in no fixed claim. */
function areAlike(a: JwtOperation, b: JwtOperation): boolean {
  return sameSetting(a, b, 'type') && sameSetting(a, b, 'audience') && sameSetting(a, b, 'subject') && sameSetting(a, b, 'keyId') && samePayload(a, b);
}

function sameSetting(a: JwtOperation, b: JwtOperation, name: 'type' | 'audience' | 'subject' | 'keyId'): boolean {
  const [one, other] = [a.setting(name), b.setting(name)];
  // What only the key may hold is alike where the key is the same.
  if (one.state === 'unknown' && other.state === 'unknown' && standsInKey(a, name) && standsInKey(b, name)) return true;
  if (one.state === 'unknown' || other.state === 'unknown') return false;
  if (one.state === 'missing' || other.state === 'missing') return one.state === other.state || name === 'subject';
  const [texts, others] = [knownTexts(one.value), knownTexts(other.value)];
  // Subjects differ from token to token, and that tells nobody what a token is for.
  return name === 'subject' ? texts === undefined || texts.join() === others?.join() : texts !== undefined && texts.join() === others?.join();
}

function standsInKey(operation: JwtOperation, name: 'type' | 'audience' | 'subject' | 'keyId'): boolean {
  const places = operation.unknownPlaces(name);
  return places.length > 0 && places.every(({ at }) => at.startsWith('key.'));
}

function samePayload(a: JwtOperation, b: JwtOperation): boolean {
  const fixed = fixedClaims(a);
  const others = fixedClaims(b);
  if (!fixed || !others) return false;
  return [...new Set([...fixed.keys(), ...others.keys()])].every((name) => fixed.get(name) === others.get(name));
}

/** Claims with a value that the source fixes; undefined where the payload may hold others. */
function fixedClaims(operation: JwtOperation): ReadonlyMap<string, string> | undefined {
  const payload = operation.argument('payload') ?? payloadOf(operation);
  if (payload?.kind !== 'object' || payload.open) return undefined;
  const claims = new Map<string, string>();
  for (const [name, { value }] of payload.entries) {
    if (name === 'exp' || name === 'iat' || name === 'nbf') continue;
    for (const one of possibilities(value)) if (one.kind === 'primitive' && one.value !== undefined) claims.set(name, String(one.value));
  }
  return claims;
}

function payloadOf(operation: JwtOperation) {
  const setting = operation.setting('payload');
  return setting.state === 'set' ? setting.value : undefined;
}
