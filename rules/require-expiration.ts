import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { isRecord } from '../src/analysis/record-evidence.ts';
import { tokenKindOf } from '../src/analysis/token-kind.ts';
import { possibilities } from '../src/analysis/value.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Policy } from '../src/policy.ts';
import { lifetimeText, policyLifetime } from '../src/remedies/lifetimes.ts';
import { setMissing } from '../src/remedies/set-setting.ts';

/** A token without `exp` opens the door for as long as its key lives. */
export const requireExpiration = defineRule({
  name: 'require-expiration',
  description: 'Require that every token that is issued expires.',
  messages: {
    missing: '`{{name}}` issues a token that never expires: whoever steals it can use it until the key changes. Set {{option}}.',
    record: '`{{name}}` is given no lifetime and a payload that brings none, so the token never expires. Set {{option}}.',
  },
  remedies: { 'add-expiration': 'Let the token expire after {{lifetime}}.' },
  references: ['RFC 7519 section 4.1.4', 'RFC 9068 section 2.2', 'CWE-613'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *check(operation, { operations, policy }) {
    if (operation.kind !== 'sign' && operation.kind !== 'encrypt') return;
    if (operation.model.absent?.expiration?.[0]?.means !== 'omitted') return;
    const given = operation.setting('expiration');
    const { name, node, file } = operation;
    const common = { node, file, exploitability: operation.exploitabilityOf('expiration'), data: { name, option: optionOf(operation) } } as const;
    if (given.state === 'missing') {
      yield { ...common, message: 'missing', remedies: added(operation, policy) };
    } else if (given.state === 'unknown' && bringsNone(operation, operations)) {
      yield { ...common, message: 'record', remedies: added(operation, policy) };
    }
  },
});

/** Whether only the payload is not known, and by its names it is a record of the database. */
function bringsNone(operation: JwtOperation, operations: readonly JwtOperation[]): boolean {
  const places = operation.unknownPlaces('expiration');
  if (places.length === 0 || !places.every(({ at }) => at.startsWith('payload.') || at.startsWith('new(0).'))) return false;
  const payload = payloadNode(operation);
  if (!payload) return false;
  // The callers of this function in the same file say what it is given: they are asked instead.
  if (operations.some((other) => innermost(other) === operation.node && other.node !== operation.node)) return false;
  const value = operation.evaluate(payload);
  if (value.kind === 'input' || isRequestBody(payload)) return value.kind !== 'input' || value.from === 'request';
  return isRecord(payload, operation.file);
}

function isRequestBody(node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.MemberExpression && node.property.type === AST_NODE_TYPES.Identifier && node.property.name === 'body' && node.object.type === AST_NODE_TYPES.Identifier && /^req(?:uest)?$/.test(node.object.name);
}

function innermost(operation: JwtOperation): TSESTree.Node {
  return operation.wrapped ? innermost(operation.wrapped) : operation.node;
}

function payloadNode(operation: JwtOperation): TSESTree.Node | undefined {
  const argument = operation.argumentNode('payload');
  if (argument) return argument;
  const payload = operation.setting('payload');
  return payload.state === 'set' && payload.file === operation.file ? payload.node : undefined;
}

/** What to write where, in the library's own words. */
function optionOf(operation: JwtOperation): string {
  const place = operation.model.settings.expiration?.find(({ readOnly }) => !readOnly);
  const name = place?.at.replace(/^\.(\w+)\(0\)$/, '$1').replace(/^.*\./, '') ?? 'exp';
  return place?.at.startsWith('payload.') ? `\`${name}\` in the payload` : `\`${name}\``;
}

function added(operation: JwtOperation, policy: Policy): readonly Remedy<'add-expiration'>[] {
  const lifetime = policyLifetime(policy, tokenKindOf(operation));
  if (lifetime === undefined || !takesClaims(operation)) return [];
  const edits = setMissing(operation, 'expiration', (place) => lifetimeText(place, lifetime, operation.file));
  return edits ? [{ id: 'add-expiration', safety: 'stricter', edits, data: { lifetime } }] : [];
}

/** Libraries refuse a lifetime for a payload that is no plain object. */
function takesClaims(operation: JwtOperation): boolean {
  const payload = operation.argument('payload');
  if (!payload) return true;
  if (possibilities(payload).every((one) => one.kind === 'object')) return true;
  const node = operation.argumentNode('payload');
  return node?.type === AST_NODE_TYPES.CallExpression && node.callee.type === AST_NODE_TYPES.MemberExpression && node.callee.property.type === AST_NODE_TYPES.Identifier && /^to(?:JSON|Object)$/.test(node.callee.property.name);
}
