import { someTexts } from '../src/analysis/algorithm-evidence.ts';
import { usesOfResult } from '../src/analysis/consumption.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { enclosingFunction } from '../src/analysis/order.ts';
import { isParsedAsJson } from '../src/analysis/uses.ts';
import { defineRule } from '../src/define-rule.ts';

/** Anybody can encrypt to a public key. */
export const noEncryptionAsAuthentication = defineRule({
  name: 'no-encryption-as-authentication',
  description: 'Disallow trusting a token only because it could be decrypted with a private key.',
  messages: {
    unsigned: '`{{name}}` decrypts what anybody can have encrypted to the public key. Put a signed token inside and verify it, or encrypt with a shared secret key.',
  },
  references: ['RFC 8725 section 3.3', 'RFC 7519 section 11.2', 'RFC 7516 section 11', 'CWE-345', 'CWE-347'],
  presets: { strict: 'error', service: 'error' },
  *check(operation, { operations, file }) {
    if (operation.kind !== 'decrypt' || !givesClaims(operation)) return;
    if (!isAsymmetric(operation) || isVerifiedToo(operation, operations)) return;
    if (usesOfResult(operation.node, operation.returnsPromise, file).every(({ consumption }) => consumption === 'discarded')) return;
    yield { message: 'unsigned', node: operation.node, file, exploitability: 'exploitable', data: { name: operation.name } };
  },
});

/** What was encrypted is taken for the claims of a token; of a general JWE only where the same function parses it as JSON. */
function givesClaims({ node, file, model: { result, signatureOnly } }: JwtOperation): boolean {
  if (result?.delivers !== 'holder' || result.at !== undefined) return true;
  return signatureOnly === true && isParsedAsJson(node, file);
}

/** The key is half of a pair, or only algorithms for pairs are accepted. */
function isAsymmetric(operation: JwtOperation): boolean {
  const possible = operation.key?.possibilities ?? [];
  if (possible.length > 0 && possible.every(({ family }) => family === 'private')) return true;
  if (possible.some(({ family }) => family === 'secret')) return false;
  const given = operation.setting('keyManagementAlgorithms');
  if (given.state !== 'set') return false;
  // Some libraries take the encryption of the content in the same list, and that is symmetric always.
  const texts = someTexts(given.value).filter(({ text }) => !/^A\d{3}(?:GCM|CBC-HS\d{3})$/.test(text));
  return texts.length > 0 && texts.every(({ text }) => /^(?:RSA|ECDH-ES)/.test(text));
}

/** A signature is verified in the same function: the inner token of a nested one (RFC 7519 section 5.2). */
function isVerifiedToo(operation: JwtOperation, operations: readonly JwtOperation[]): boolean {
  const owner = enclosingFunction(operation.node);
  return operations.some((other) => other.kind === 'verify' && other.file === operation.file && enclosingFunction(other.node) === owner);
}
