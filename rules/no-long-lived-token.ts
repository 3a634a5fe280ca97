import { durationInWords, type Lifetime, lifetimesOf } from '../src/analysis/lifetimes.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { otherPlace } from '../src/analysis/other-place.ts';
import { isInside } from '../src/analysis/order.ts';
import { isUsedOnce } from '../src/analysis/uses.ts';
import { readMsText } from '../src/analysis/time.ts';
import { leavesMailingList, type TokenKind, tokenKindOf } from '../src/analysis/token-kind.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Policy } from '../src/policy.ts';
import { lifetimeText, policyLifetime } from '../src/remedies/lifetimes.ts';

interface Options { readonly max: string; readonly maxRefresh: string; readonly maxOneTime: string }

const LABELS: Readonly<Record<TokenKind, string>> = { access: 'an access token', refresh: 'a refresh token', oneTime: 'a one-time token' };

/** The longer a token lives, the longer a stolen one works. */
export const noLongLivedToken = defineRule({
  name: 'no-long-lived-token',
  description: 'Disallow tokens that live longer than their kind needs.',
  messages: {
    long: '`{{name}}` issues {{kind}} that lives for {{lifetime}}{{place}}, and a stolen one works as long. At most {{limit}} is allowed: use a shorter lifetime and renew it.',
  },
  remedies: { 'cap-lifetime': 'Let the token expire after {{lifetime}}.' },
  options: {
    schema: {
      max: { type: 'string', description: 'Longest lifetime of an access token, as `15m` or `1h`.' },
      maxRefresh: { type: 'string', description: 'Longest lifetime of a refresh token, as `30d`.' },
      maxOneTime: { type: 'string', description: 'Longest lifetime of a token for one action, such as an e-mail confirmation, as `24h`.' },
    },
    defaults: { max: '1h', maxRefresh: '30d', maxOneTime: '24h' } as Options,
  },
  references: ['RFC 6750 section 5.3', 'RFC 7519 section 4.1.4', 'CWE-613'],
  presets: { recommended: 'warn', strict: 'error', service: ['error', { max: '5m' }] },
  *check(operation, { policy, options, file }) {
    for (const lifetime of lifetimesOf(operation)) {
      // What the registration of a module says is reported there.
      if (lifetime.setting.place.at.startsWith('configuration.') || lifetime.seconds === undefined) continue;
      const kind = tokenKindOf(operation, lifetime);
      const limit = limitFor(kind, policy, options);
      if (lifetime.seconds <= limit || leavesMailingList(operation, lifetime)) continue;
      yield {
        message: 'long', node: lifetime.node, file: operation.file, exploitability: 'hardening',
        cause: lifetime.value,
        data: { name: operation.name, kind: LABELS[kind], lifetime: durationInWords(lifetime.seconds), limit: durationInWords(limit), place: otherPlace(lifetime.value, file) },
        remedies: capped(operation, lifetime, kind, policy),
      };
    }
  },
});

/** The limit for a kind of token in seconds: the rule's own, or the policy's lifetime where that is longer. */
function limitFor(kind: TokenKind, policy: Policy, options: Options): number {
  const own = { access: options.max, refresh: options.maxRefresh, oneTime: options.maxOneTime }[kind];
  return Math.max(readMsText(own) ?? Number.POSITIVE_INFINITY, readMsText(policyLifetime(policy, kind) ?? own) ?? 0);
}

function capped({ file }: JwtOperation, { node, value, setting }: Lifetime, kind: TokenKind, policy: Policy): readonly Remedy<'cap-lifetime'>[] {
  const lifetime = policyLifetime(policy, kind);
  if (lifetime === undefined || !setting.owned || value.file !== file) return [];
  // A constant may serve other calls: then the place where this one uses it is changed instead, unless that holds alternatives.
  const target = isInside(node, setting.node) || isUsedOnce(node, file) ? node : setting.node;
  if (target !== node && setting.value.kind === 'union') return [];
  const text = lifetimeText(setting.place, lifetime, file, { asNumber: value.kind === 'primitive' && typeof value.value === 'number' });
  return text === undefined ? [] : [{ id: 'cap-lifetime', safety: 'stricter', edits: [{ file, range: target.range, text }], data: { lifetime } }];
}
