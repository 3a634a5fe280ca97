import { familyOfKey } from '../src/analysis/algorithm-evidence.ts';
import type { KeyPossibility } from '../src/analysis/keys.ts';
import { type KeyUse, keyUses, placeOfKey } from '../src/analysis/key-uses.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { otherPlace } from '../src/analysis/other-place.ts';
import { partnersInPackage } from '../src/analysis/package-operations.ts';
import type { SourceFile } from '../src/analysis/source-file.ts';
import { possibilities } from '../src/analysis/value.ts';
import { defineRule } from '../src/define-rule.ts';

/** A key set that is believed for longer than this does not follow a rotation. In milliseconds. */
const LONGEST_CACHE = 7 * 24 * 60 * 60 * 1000;

/** An issuer that withdraws a key must be heard. */
export const preferRemoteJwks = defineRule({
  name: 'prefer-remote-jwks',
  description: 'Prefer the key set that an issuer publishes to a copy of its public key.',
  messages: {
    frozen: '`{{name}}` checks tokens with a copy of a public key{{place}}: when the issuer changes or withdraws it, genuine tokens fail and forged ones pass. Fetch the keys from the issuer{{url}}.',
    cached: '`{{name}}` keeps the keys it has fetched {{time}}, so a key that the issuer withdraws stays accepted. Let the cache end within a day.',
  },
  references: ['RFC 7517 section 5', 'RFC 8725 section 3.5', 'RFC 8414 section 2', 'CWE-324', 'CWE-672'],
  presets: { service: 'error' },
  *checkFile({ file, operations, policy }) {
    const checking = operations.filter(({ kind, model }) => kind === 'verify' || (kind === 'key-set' && !model.settings.url));
    for (const use of keyUses(checking)) {
      const { operation, possibility } = use;
      if (!isFrozenKey(possibility) || isReportedAtItsSet(use, file) || ownsPair(file, operations)) continue;
      const place = placeOfKey(use, file);
      const other = possibility.file === file ? undefined : possibility;
      yield {
        message: 'frozen', data: { name: operation.name, place: otherPlace(possibility, file), url: policy.jwksUrl === undefined ? '' : `, at ${policy.jwksUrl}` },
        node: place.node, file: place.file, exploitability: 'hardening', ...(other && { cause: other }),
      };
    }
    for (const operation of operations) {
      if (operation.kind !== 'key-set' || operation.file !== file) continue;
      for (const setting of operation.settingsAt('cacheMaxAge')) {
        const longest = possibilities(setting.value).flatMap((one) => (one.kind === 'primitive' && typeof one.value === 'number' && one.value > LONGEST_CACHE ? [one.value] : []))[0];
        if (longest === undefined || setting.file !== file) continue;
        yield { message: 'cached', data: { name: operation.name, time: Number.isFinite(longest) ? `for ${Math.round(longest / 86_400_000)} days` : 'for ever' }, node: setting.node, file, exploitability: 'hardening' };
      }
    }
  },
});

/** Text or a file in the repository; a key from the environment is replaced there. */
function isFrozenKey({ material, family }: KeyPossibility): boolean {
  return (material === 'pem' || material === 'jwk' || material === 'file' || material === 'local-set') && family === 'public';
}

/** A local set is reported where it is made, not at each verification with it. */
function isReportedAtItsSet({ operation, possibility }: KeyUse, file: SourceFile): boolean {
  return operation.kind === 'verify' && possibility.material === 'local-set' && (possibility.file !== file || possibility.node.type === 'CallExpression');
}

/** A package that signs with a private key checks its own tokens. */
function ownsPair(file: SourceFile, operations: readonly JwtOperation[]): boolean {
  return [...operations, ...partnersInPackage(file)].some((operation) => operation.kind === 'sign'
    && (!['HMAC', undefined].includes(familyOfKey(operation.key)) || operation.keys.some((key) => key.possibilities.some(({ family }) => family === 'private'))));
}
