import { type Lifetime, inWords, lifetimesOf } from '../src/analysis/lifetimes.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { otherPlace } from '../src/analysis/other-place.ts';
import { isInside } from '../src/analysis/order.ts';
import { isUsedOnce } from '../src/analysis/uses.ts';
import { readMsText } from '../src/analysis/time.ts';
import { type TokenKind, tokenKindOf } from '../src/analysis/token-kind.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Policy } from '../src/policy.ts';
import { lifetimeText, policyLifetime, secondsText } from '../src/remedies/lifetimes.ts';

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
    if (operation.kind !== 'sign' && operation.kind !== 'encrypt' && operation.kind !== 'configure') return;
    for (const lifetime of lifetimesOf(operation)) {
      // What the registration of a module says is reported there.
      if (lifetime.setting.place.at.startsWith('configuration.') || lifetime.seconds === undefined) continue;
      const kind = tokenKindOf(operation, lifetime);
      const limit = limitFor(kind, policy, options);
      if (lifetime.seconds <= limit.seconds) continue;
      yield {
        message: 'long', node: lifetime.node, file: operation.file, exploitability: 'hardening',
        ...(lifetime.value.file === file ? {} : { cause: lifetime.value }),
        data: { name: operation.name, kind: LABELS[kind], lifetime: inWords(lifetime.seconds), limit: limit.text, place: otherPlace(lifetime.value, file) },
        remedies: capped(operation, lifetime, kind, policy),
      };
    }
  },
});

/** The limit for a kind of token: the rule's own, or the policy's lifetime where that is longer. */
function limitFor(kind: TokenKind, policy: Policy, options: Options): { readonly seconds: number; readonly text: string } {
  const own = { access: options.max, refresh: options.maxRefresh, oneTime: options.maxOneTime }[kind];
  const allowed = policyLifetime(policy, kind);
  const text = allowed !== undefined && (readMsText(allowed) ?? 0) > (readMsText(own) ?? 0) ? allowed : own;
  return { seconds: readMsText(text) ?? Number.POSITIVE_INFINITY, text };
}

function capped(operation: JwtOperation, { node, value, setting, seconds }: Lifetime, kind: TokenKind, policy: Policy): readonly Remedy<'cap-lifetime'>[] {
  const lifetime = policyLifetime(policy, kind);
  const shorter = lifetime === undefined ? undefined : readMsText(lifetime);
  if (lifetime === undefined || shorter === undefined || seconds === undefined || shorter >= seconds || operation.wrapped || !setting.owned) return [];
  // A constant may serve other calls: then the place where this one uses it is changed instead, unless that holds alternatives.
  const target = isInside(node, setting.node) || isUsedOnce(node, operation.file) ? node : setting.node;
  if (target !== node && setting.value.kind === 'union') return [];
  const text = value.kind === 'primitive' && typeof value.value === 'number' ? secondsText(setting.place, shorter) : lifetimeText(setting.place, lifetime, operation.file);
  return text === undefined || value.file !== operation.file ? [] : [{ id: 'cap-lifetime', safety: 'stricter', edits: [{ file: operation.file, range: target.range, text }], data: { lifetime } }];
}
