import { basename } from 'node:path';
import { familyOf } from '../src/algorithms.ts';
import { familyOfKey, knownTexts, shareKey } from '../src/analysis/algorithm-evidence.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { packagesReading } from '../src/analysis/packages-around.ts';
import { partnersInPackage } from '../src/analysis/package-operations.ts';
import { defineRule } from '../src/define-rule.ts';

interface Options {
  readonly sharedSecrets: 'allowed' | 'forbidden' | 'policy';
}

/** Who can check an HMAC can also make one. */
export const preferAsymmetricAlgorithm = defineRule({
  name: 'prefer-asymmetric-algorithm',
  description: 'Prefer a key pair to a secret for tokens that pass between services.',
  messages: {
    several: '`{{variable}}` is the secret of {{services}} too, so each of these services can issue tokens in the name of the others. Sign with a private key, and let the others check with the public one.',
    forbidden: '`{{name}}` shares a secret with another service, which can then issue tokens as well. Sign with a private key, and let the other side check with the public one.',
  },
  options: {
    schema: { sharedSecrets: { type: 'string', enum: ['allowed', 'forbidden', 'policy'], description: 'Whether a secret may be shared with another service; `policy` takes it from `policy.sharedSecrets`.' } },
    defaults: { sharedSecrets: 'policy' } as Options,
  },
  references: ['RFC 8725 section 3.5', 'RFC 7515 section 10.5', 'RFC 8725 section 2.2', 'CWE-321', 'CWE-653'],
  presets: { service: ['error', { sharedSecrets: 'forbidden' }] },
  *checkFile({ file, operations, policy, options }) {
    const setting = policy.sharedSecrets ?? (options.sharedSecrets === 'policy' ? undefined : options.sharedSecrets);
    if (setting === 'allowed') return;
    for (const operation of operations) {
      if ((operation.kind !== 'sign' && operation.kind !== 'verify') || !usesSecret(operation)) continue;
      const node = operation.node;
      const variable = operation.key?.possibilities.find(({ material }) => material === 'environment')?.name;
      const others = variable === undefined ? [] : packagesReading(variable, file.filename, /\b(?:sign|verify|jwtVerify|SignJWT|secretOrKey|jwt)\b/);
      if (variable !== undefined && others.length > 0) yield { message: 'several', data: { variable, services: others.map((folder) => basename(folder)).join(', ') }, node, file, exploitability: 'depends' };
      else if (setting === 'forbidden' && !staysInside(operation, operations)) yield { message: 'forbidden', data: { name: operation.name }, node, file, exploitability: 'depends' };
    }
  },
});

/** HMAC for certain, by the algorithm or by the key. */
function usesSecret(operation: JwtOperation): boolean {
  const texts = [...operation.settingsAt('algorithm'), ...operation.settingsAt('algorithms')].flatMap(({ value }) => knownTexts(value) ?? []);
  if (texts.length > 0) return texts.every((text) => familyOf(text) === 'HMAC');
  const family = familyOfKey(operation.key);
  if (family !== undefined) return family === 'HMAC';
  const algorithm = operation.setting('algorithm');
  return algorithm.state === 'missing' && algorithm.absence?.means === 'defaulted';
}

/** The other half of the pair, signing for verifying, is in the same package: nobody else needs the secret. */
function staysInside(operation: JwtOperation, operations: readonly JwtOperation[]): boolean {
  // Only what is handed to a deployment is handed to several; a key in the source is another rule's finding.
  if (!operation.key?.possibilities.some(({ material }) => material === 'environment' || material === 'configuration')) return true;
  const isPartner = (other: JwtOperation) => other.kind === (operation.kind === 'sign' ? 'verify' : 'sign') && shareKey(other.key, operation.key);
  return operations.some(isPartner) || partnersInPackage(operation.file).some(isPartner);
}
