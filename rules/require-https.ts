import { otherPlace } from '../src/analysis/other-place.ts';
import { disabledTlsChecks, plainProtectedUrls } from '../src/analysis/protected-requests.ts';
import { type PlainUrl, plainUrls } from '../src/analysis/urls.ts';
import { possibilities } from '../src/analysis/value.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Policy } from '../src/policy.ts';

/** A key that came over plain http is the key of whoever was on the way. */
export const requireHttps = defineRule({
  name: 'require-https',
  description: 'Require https where keys and tokens are fetched, and where a token or a credential is sent.',
  messages: {
    keys: '`{{name}}` fetches its keys over http{{place}}, so whoever is on the way can put in keys of their own and sign tokens. Use https.',
    issuer: '`{{name}}` expects an issuer whose URL is http{{place}}, and its keys and metadata are found there. Use an issuer with https.',
    endpoint: 'This endpoint is reached over http{{place}}, so whoever is on the way reads and changes what it answers. Use https.',
    request: 'This request carries a token or a credential over http{{place}}, where everybody on the way can read it. Use https.',
    tls: 'With this the certificate is not checked, so whoever is on the way can answer in the place of the server. Take it out, and trust your own certificate authority if you have one.',
  },
  remedies: { 'use-https': 'Change the scheme to https for {{host}}, which the policy names.' },
  references: ['RFC 8725 section 3.8', 'RFC 6750 section 5.3', 'RFC 8414 section 2', 'CWE-319', 'CWE-295'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *checkFile({ file, operations, policy }) {
    const seen = new Set<number>();
    for (const operation of operations) {
      const { name } = operation;
      const fetching = operation.settingsAt('url').map((setting) => ({ setting, message: 'keys' as const }));
      const named = operation.kind === 'verify' || operation.kind === 'configure' ? operation.settingsAt('issuer').map((setting) => ({ setting, message: 'issuer' as const })) : [];
      for (const { setting, message } of [...fetching, ...named]) {
        if (setting.place.at.startsWith('configuration.') && setting.file !== file) continue;
        for (const url of plainUrls(setting.value)) {
          const node = url.file === file ? url.node : setting.node;
          if (seen.has(node.range[0]) || (url.file !== file && setting.file !== file)) continue;
          seen.add(node.range[0]);
          yield {
            message, data: { name, place: otherPlace(url, file) }, node, file, exploitability: message === 'keys' ? 'exploitable' : 'hardening',
            ...(url.file !== file && { cause: url }),
            // The issuer is compared with the claim, letter by letter: it changes where tokens are issued, not here.
            remedies: message === 'keys' ? withHttps(url, policy) : [],
          };
        }
      }
      for (const setting of operation.settingsAt('tlsVerification')) {
        const off = possibilities(setting.value).some((one) => one.kind === 'primitive' && (setting.place.on === 'false' ? one.value === false : Boolean(one.value)));
        if (!off || setting.file !== file || seen.has(setting.holder.range[0])) continue;
        seen.add(setting.holder.range[0]);
        yield { message: 'tls', node: setting.holder, file, exploitability: 'exploitable' };
      }
    }
    for (const url of plainProtectedUrls(file)) {
      if (url.file !== file || seen.has(url.node.range[0])) continue;
      seen.add(url.node.range[0]);
      yield { message: url.carries === 'token' ? 'request' : 'endpoint', data: { place: '' }, node: url.node, file, exploitability: 'exploitable', remedies: withHttps(url, policy) };
    }
    const concerned = operations.some(({ kind }) => kind === 'key-set' || kind === 'verify') || /grant_type|\bauthorization\b/i.test(file.sourceCode.text);
    for (const node of concerned ? disabledTlsChecks(file) : []) {
      if (seen.has(node.range[0])) continue;
      seen.add(node.range[0]);
      yield { message: 'tls', node, file, exploitability: 'exploitable' };
    }
  },
});

/** Only hosts that are known to serve https. */
function withHttps({ node, file, host }: PlainUrl, { httpsHosts }: Policy): readonly Remedy<'use-https'>[] {
  if (!httpsHosts?.includes(host)) return [];
  const scheme = file.sourceCode.getText(node as never).search(/http:\/\//i);
  if (scheme < 0) return [];
  const start = node.range[0] + scheme;
  return [{ id: 'use-https', safety: 'stricter', edits: [{ file, range: [start, start + 'http'.length], text: 'https' }], data: { host } }];
}
