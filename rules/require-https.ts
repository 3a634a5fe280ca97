import type { JwtOperation } from '../src/analysis/operation.ts';
import { disabledTlsChecks, plainProtectedUrls } from '../src/analysis/protected-requests.ts';
import { otherPlace } from '../src/analysis/other-place.ts';
import { causeOf, placeOf, reportedSettings } from '../src/analysis/report-place.ts';
import type { SourceFile } from '../src/analysis/source-file.ts';
import { switchState } from '../src/analysis/switches.ts';
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
    tls: 'With this{{place}} the certificate is not checked, so whoever is on the way can answer in the place of the server. Take it out, and trust your own certificate authority if you have one.',
  },
  remedies: { 'use-https': 'Change the scheme to https for {{host}}, which the policy names.' },
  references: ['RFC 8725 section 3.8', 'RFC 6750 section 5.3', 'RFC 8414 section 2', 'CWE-319', 'CWE-295'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *checkFile({ file, operations, policy }) {
    const seen = new Set<number>();
    for (const found of [...unsafeOperations(file, operations, policy), ...unsafeRequests(file, operations, policy)]) {
      if (seen.has(found.node.range[0])) continue;
      seen.add(found.node.range[0]);
      yield found;
    }
  },
});

function* unsafeOperations(file: SourceFile, operations: readonly JwtOperation[], policy: Policy) {
  for (const operation of operations) {
    const { name, kind } = operation;
    for (const setting of reportedSettings(operation, operation.settingsAt('url'))) {
      for (const url of plainUrls(setting.value)) {
        const place = placeOf(operation, setting, url);
        yield { message: 'keys', data: { name, place: causeOf(place) }, ...place, exploitability: 'exploitable', remedies: withHttps(url, policy) } as const;
      }
    }
    for (const setting of kind === 'verify' || kind === 'configure' ? reportedSettings(operation, operation.settingsAt('issuer')) : []) {
      for (const url of plainUrls(setting.value)) {
        const place = placeOf(operation, setting, url);
        // The issuer is compared with the claim, letter by letter: it changes where tokens are issued, not here.
        yield { message: 'issuer', data: { name, place: causeOf(place) }, ...place, exploitability: 'hardening' } as const;
      }
    }
    for (const setting of reportedSettings(operation, operation.settingsAt('tlsVerification'))) {
      if (!possibilities(setting.value).some((one) => switchState(one, setting.place) === 'on')) continue;
      const place = setting.file === file ? { node: setting.holder, file } : placeOf(operation, setting);
      yield { message: 'tls', data: { place: causeOf(place) }, ...place, exploitability: 'exploitable' } as const;
    }
  }
}

function* unsafeRequests(file: SourceFile, operations: readonly JwtOperation[], policy: Policy) {
  for (const url of plainProtectedUrls(file)) {
    const node = url.file === file ? url.node : url.use;
    yield { message: url.carries === 'token' ? 'request' : 'endpoint', data: { place: otherPlace(url, file) }, node, file, cause: url, exploitability: 'exploitable', remedies: withHttps(url, policy) } as const;
  }
  const concerned = operations.some(({ kind }) => kind === 'key-set' || kind === 'verify') || /grant_type|\bauthorization\b/i.test(file.sourceCode.text);
  for (const node of concerned ? disabledTlsChecks(file) : []) yield { message: 'tls', data: { place: '' }, node, file, exploitability: 'exploitable' } as const;
}

/** Only hosts that are known to serve https. */
function withHttps({ node, file, host }: PlainUrl, { httpsHosts }: Policy): readonly Remedy<'use-https'>[] {
  if (!httpsHosts?.includes(host)) return [];
  const scheme = /http:\/\//i.exec(file.sourceCode.getText(node as never));
  if (!scheme) return [];
  const start = node.range[0] + scheme.index;
  return [{ id: 'use-https', safety: 'stricter', edits: [{ file, range: [start, start + 'http'.length], text: 'https' }], data: { host } }];
}
