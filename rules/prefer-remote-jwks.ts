import { acceptsOnlyAsymmetric, familyOfKey } from '../src/analysis/algorithm-evidence.ts';
import { type KeyUse, keyUses, placeOfKey } from '../src/analysis/key-uses.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { otherPlace } from '../src/analysis/other-place.ts';
import { partnersInPackage } from '../src/analysis/package-operations.ts';
import { causeOf, placeOf, reportedSettings } from '../src/analysis/report-place.ts';
import type { SourceFile } from '../src/analysis/source-file.ts';
import { numbersIn } from '../src/analysis/value.ts';
import { defineRule } from '../src/define-rule.ts';

const DAY = 24 * 60 * 60 * 1000;
/** A key set that is believed for longer than this does not follow a rotation. In milliseconds. */
const LONGEST_CACHE = 7 * DAY;

/** An issuer that withdraws a key must be heard. */
export const preferRemoteJwks = defineRule({
  name: 'prefer-remote-jwks',
  description: 'Prefer the key set that an issuer publishes to a copy of its public key.',
  messages: {
    frozen: '`{{name}}` checks tokens with a copy of a public key{{place}}: when the issuer changes or withdraws it, genuine tokens fail and forged ones pass. Fetch the keys from the issuer{{url}}.',
    cached: '`{{name}}` keeps the keys it has fetched {{time}}{{elsewhere}}, so a key that the issuer withdraws stays accepted. Let the cache end within a day.',
  },
  references: ['RFC 7517 section 5', 'RFC 8725 section 3.5', 'RFC 8414 section 2', 'CWE-324', 'CWE-672'],
  presets: { service: 'error' },
  *checkFile({ file, operations, policy }) {
    const checking = operations.filter(({ kind }) => kind === 'verify' || kind === 'key-set');
    for (const use of keyUses(checking)) {
      const { operation, possibility } = use;
      if (!isFrozenKey(use) || isReportedAtItsSet(use) || ownsPair(file, operations)) continue;
      const place = placeOfKey(use, file);
      yield {
        message: 'frozen', data: { name: operation.name, place: otherPlace(possibility, file), url: policy.jwksUrl === undefined ? '' : `, at ${policy.jwksUrl}` },
        node: place.node, file: place.file, exploitability: 'hardening', cause: possibility,
      };
    }
    for (const operation of operations) {
      for (const setting of reportedSettings(operation, operation.settingsAt('cacheMaxAge'))) {
        const long = numbersIn(setting.value).find(({ value }) => value > LONGEST_CACHE);
        if (!long) continue;
        const place = placeOf(operation, setting, long);
        const time = Number.isFinite(long.value) ? `for ${Math.round(long.value / DAY)} days` : 'for ever';
        yield { message: 'cached', data: { name: operation.name, time, elsewhere: causeOf(place) }, ...place, exploitability: 'hardening' };
      }
    }
  },
});

/** Text or a file in the repository; a key from the environment is replaced there. */
function isFrozenKey({ operation, possibility: { material, family } }: KeyUse): boolean {
  if (material !== 'pem' && material !== 'jwk' && material !== 'file' && material !== 'local-set') return false;
  return family === 'public' || (family === undefined && acceptsOnlyAsymmetric(operation));
}

/** A local set is reported where it is made, not at each verification with it. */
function isReportedAtItsSet({ operation, possibility }: KeyUse): boolean {
  return operation.kind === 'verify' && possibility.material === 'local-set' && possibility.node.type === 'CallExpression';
}

/** A package that signs with a private key checks its own tokens. */
function ownsPair(file: SourceFile, operations: readonly JwtOperation[]): boolean {
  return [...operations, ...partnersInPackage(file)].some((operation) => operation.kind === 'sign'
    && (!['HMAC', undefined].includes(familyOfKey(operation.key)) || operation.keys.some((key) => key.possibilities.some(({ family }) => family === 'private'))));
}
