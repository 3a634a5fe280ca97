import { AST_NODE_TYPES, type TSESTree } from '@typescript-eslint/utils';
import { walk } from '../src/analysis/call-nodes.ts';
import type { JwtOperation, SetSetting } from '../src/analysis/operation.ts';
import { causeOf, placeOf, reportedSettings, type ReportPlace } from '../src/analysis/report-place.ts';
import { servesRenewal } from '../src/analysis/purpose.ts';
import { loosening, switchState } from '../src/analysis/switches.ts';
import { numbersIn, possibilities } from '../src/analysis/value.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import { removeSetting } from '../src/remedies/properties.ts';

const SWITCHES = [
  { setting: 'ignoreExpiration', ignored: 'expired tokens' },
  { setting: 'ignoreNotBefore', ignored: 'tokens that are not valid yet' },
  { setting: 'ignoreIssuedAt', ignored: 'tokens issued in the future' },
] as const;

/** One switch that is on, with the operation that it loosens. */
interface Found {
  readonly operation: JwtOperation;
  readonly setting: SetSetting;
  readonly place: ReportPlace;
  readonly ignored: string;
  readonly message: 'ignored' | 'sometimes' | 'renewal';
}

/** A stolen token is worth something until it expires, and for ever where expiry is not checked. */
export const noIgnoreExpiration = defineRule({
  name: 'no-ignore-expiration',
  description: 'Disallow switching off the check of the times in a token.',
  messages: {
    ignored: '`{{name}}` accepts {{ignored}} because of `{{option}}`{{elsewhere}}. Remove the option.',
    sometimes: '`{{name}}` accepts {{ignored}} whenever the condition in `{{option}}`{{elsewhere}} holds. Remove the option.',
    renewal: '`{{name}}` accepts {{ignored}} because of `{{option}}`{{elsewhere}}, so that an old token keeps renewing or ending sessions. Use a refresh token that is stored and can be revoked.',
    frozen: '`{{name}}` judges every token by one fixed time, so that a token that was valid then never expires. Remove `{{option}}`.',
    handled: '`{{name}}` lets an expired token through, because `{{option}}` never throws. Throw the error that it is given.',
  },
  remedies: { 'check-times': 'Remove `{{option}}`.' },
  references: ['RFC 7519 section 4.1.4', 'RFC 7519 section 4.1.5', 'RFC 9068 section 4', 'CWE-613'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *checkFile({ operations }) {
    // Grouped by node: one option may serve several calls, and is repaired only if it is wrong for all of them.
    const groups = new Map<TSESTree.Node, readonly [Found, ...Found[]]>();
    for (const found of operations.flatMap((operation) => [...switchesOf(operation)])) groups.set(found.place.node, [found, ...(groups.get(found.place.node) ?? [])]);
    for (const group of groups.values()) {
      const { operation, setting, place, ignored, message } = group.findLast((found) => found.message !== 'renewal') ?? group[0];
      const option = optionOf(setting);
      yield {
        message, ...place, exploitability: 'exploitable',
        data: { name: operation.name, ignored, option, elsewhere: causeOf(place) },
        remedies: group.every((one) => one.message !== 'renewal') ? removal(setting, option) : [],
      };
    }
    for (const operation of operations) {
      yield* fixedTimes(operation);
      yield* handlers(operation);
    }
  },
});

function* switchesOf(operation: JwtOperation): Iterable<Found> {
  for (const { setting: name, ignored } of SWITCHES) {
    for (const setting of reportedSettings(operation, operation.settingsAt(name))) {
      const state = switchState(setting.value, setting.place);
      if (state === 'off') continue;
      const message = servesRenewal(operation) ? 'renewal' : state === 'on' ? 'ignored' : 'sometimes';
      yield { operation, setting, place: placeOf(operation, setting, loosening(setting.value, setting.place)), ignored, message };
    }
  }
}

function* fixedTimes(operation: JwtOperation) {
  if (operation.kind === 'sign') return;
  for (const setting of reportedSettings(operation, operation.settingsAt('currentTime'))) {
    const fixed = numbersIn(setting.value).find(({ value }) => value > 0);
    if (!fixed) continue;
    yield { message: 'frozen', ...placeOf(operation, setting, fixed), exploitability: 'exploitable', data: { name: operation.name, option: optionOf(setting) } } as const;
  }
}

function* handlers(operation: JwtOperation) {
  for (const setting of operation.settingsAt('acceptExpired')) {
    const handler = possibilities(setting.value).find((one) => one.kind === 'function');
    if (handler?.kind !== 'function' || refuses(handler.node, handler.file.sourceCode.visitorKeys)) continue;
    yield { message: 'handled', ...placeOf(operation, setting), exploitability: 'exploitable', data: { name: operation.name, option: optionOf(setting) } } as const;
  }
}

/** Whether a handler throws or rejects on some way through it. */
function refuses(handler: TSESTree.Node, keys: Parameters<typeof walk>[1]): boolean {
  let found = false;
  walk(handler, keys, (node) => {
    found ||= node.type === AST_NODE_TYPES.ThrowStatement;
    // What another function does with the error cannot be seen: `return next(err)`, `Promise.reject(err)`.
    found ||= node.type === AST_NODE_TYPES.CallExpression && node.arguments.some((argument) => argument.type === AST_NODE_TYPES.Identifier && /^(?:e|err|error)$/i.test(argument.name)) && !/(?:console|log(?:ger)?)\b/i.test(nameOf(node.callee));
  });
  return found;
}

function nameOf(callee: TSESTree.Node): string {
  if (callee.type === AST_NODE_TYPES.Identifier) return callee.name;
  return callee.type === AST_NODE_TYPES.MemberExpression ? `${nameOf(callee.object)}.${nameOf(callee.property)}` : '';
}

function optionOf(setting: SetSetting): string {
  const path = setting.place.at.replace(/^\w+\./, '').replace('useFactory().', '');
  return setting.place.on === 'false' ? `${path}: false` : path;
}

function removal(setting: SetSetting, option: string): readonly Remedy<'check-times'>[] {
  const edit = removeSetting(setting);
  return edit ? [{ id: 'check-times', safety: 'stricter', edits: [edit], data: { option } }] : [];
}
