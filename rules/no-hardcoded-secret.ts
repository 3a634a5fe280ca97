import { isWrittenSecret, keyUses, placeOfKey, type KeyUse } from '../src/analysis/key-uses.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { otherPlace } from '../src/analysis/other-place.ts';
import { type SentCredential, sentCredentials } from '../src/analysis/sent-credentials.ts';
import type { SourceFile } from '../src/analysis/source-file.ts';
import { isTestFile } from '../src/analysis/test-files.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import type { Policy } from '../src/policy.ts';
import { canMove, readInstead, variableFor, variablesReadIn, type WrittenSecret } from '../src/remedies/secret-variable.ts';

/** A secret in the source is known to everybody who has ever had the source. */
export const noHardcodedSecret = defineRule({
  name: 'no-hardcoded-secret',
  description: 'Disallow secrets, private keys, credentials and tokens that are written in the source.',
  messages: {
    secret: 'The secret that `{{name}}` uses is written in the source{{place}}, so everybody who has the code can issue tokens. Read it from the environment, and replace the old value, which stays in the history.',
    privateKey: 'The private key that `{{name}}` uses is written in the source{{place}}, so everybody who has the code can issue tokens. Read it from the environment, and replace the pair, which stays in the history.',
    credential: 'The {{kind}} of this request is written in the source{{place}}, so everybody who has the code can ask for tokens. Read it from the environment, and replace the old value, which stays in the history.',
    token: 'This request carries a token that is written in the source{{place}}. Ask the issuer for one at run time, and have this one revoked.',
  },
  remedies: {
    'read-environment': 'Read it from the environment variable {{variable}}, without which the program does not start.',
  },
  references: ['RFC 8725 section 3.5', 'RFC 7515 section 10.2', 'RFC 6819 section 5.1.4.1', 'CWE-798', 'CWE-321'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *checkFile(context) {
    const { file, operations, policy } = context;
    const uses = keyUses(operations).filter(({ possibility }) => isWrittenSecret(possibility) && !possibility.fallback);
    const credentials = sentCredentials(context).filter(({ fallback }) => !fallback);
    const told = isTestFile(file.filename) ? toldApart(operations) : new Set<string>();
    const secrets = [
      ...uses.map((use) => ({ text: textOf(use), written: told.has(textOf(use)) ? undefined : writtenKey(use, policy) })),
      ...credentials.map((one) => ({ text: one.text, written: one.whole ? writtenCredential(one) : undefined })),
    ];
    const remedies = new Remedies(secrets);
    for (const [index, use] of uses.entries()) {
      const { operation, possibility } = use;
      const place = placeOfKey(use, file);
      yield {
        message: possibility.family === 'private' ? 'privateKey' : 'secret',
        data: { name: operation.name, place: otherPlace(possibility, file) },
        node: place.node, file: place.file, exploitability: 'exploitable',
        cause: possibility,
        remedies: remedies.of(index),
      };
    }
    for (const [index, one] of credentials.entries()) {
      const here = one.file === file ? one : one.use;
      const common = { node: here.node, file, exploitability: 'exploitable' as const, cause: one, remedies: remedies.of(uses.length + index) };
      if (one.kind === 'token') yield { ...common, message: 'token', data: { place: otherPlace(one, file) } };
      else yield { ...common, message: 'credential', data: { kind: one.kind, place: otherPlace(one, file) } };
    }
  },
});

/**
 * Texts of keys beside which the same kind of operation uses another key: in a test one of them is wrong on purpose, and
 * nothing says which.
 */
function toldApart(operations: readonly JwtOperation[]): ReadonlySet<string> {
  const byKind = new Map<JwtOperation['kind'], Set<string>>();
  for (const { kind, keys } of operations) {
    const texts = byKind.get(kind) ?? new Set<string>();
    byKind.set(kind, texts);
    for (const { possibilities } of keys) for (const possibility of possibilities) if (possibility.material !== 'parameter' && possibility.material !== 'missing') texts.add(textOf({ possibility }));
  }
  return new Set([...byKind.values()].flatMap((texts) => (texts.size > 1 ? [...texts] : [])));
}

function textOf({ possibility }: Pick<KeyUse, 'possibility'>): string {
  return possibility.text ?? possibility.file.sourceCode.getText(possibility.node as never);
}

function writtenCredential({ kind, node, file }: SentCredential): WrittenSecret {
  return { node, file, defaultName: kind === 'password' ? 'TOKEN_PASSWORD' : 'CLIENT_SECRET', policyName: undefined, kind: 'text' };
}

function writtenKey({ possibility }: KeyUse, { environment }: Policy): WrittenSecret {
  const isPrivate = possibility.family === 'private';
  return {
    node: possibility.node, file: possibility.file,
    defaultName: isPrivate ? 'JWT_PRIVATE_KEY' : 'JWT_SECRET',
    policyName: isPrivate ? environment?.privateKey : environment?.secret,
    kind: possibility.material === 'jwk' ? 'json' : 'text',
  };
}

interface Candidate {
  readonly text: string;
  /** Undefined where the text cannot be replaced. */
  readonly written: WrittenSecret | undefined;
}

/** Names for all secrets of a file are chosen together, so that each has one variable and no variable has two. */
class Remedies {
  readonly #candidates: readonly Candidate[];
  readonly #names = new Map<string, string>();

  constructor(candidates: readonly Candidate[]) {
    this.#candidates = candidates;
    const taken = new Map<SourceFile, Set<string>>();
    for (const { text, written } of candidates) {
      if (!written || !canMove(written)) continue;
      const names = taken.get(written.file) ?? new Set(variablesReadIn(written.file.sourceCode.text));
      taken.set(written.file, names);
      const key = `${written.file.filename}\n${text}`;
      if (this.#names.has(key)) continue;
      const name = variableFor(written, text, names);
      names.add(name);
      this.#names.set(key, name);
    }
  }

  /** The same text at several places of a file moves to one variable, in one edit. */
  of(index: number): readonly Remedy<'read-environment'>[] {
    const { text, written } = this.#candidates[index] ?? {};
    if (!written) return [];
    const variable = this.#names.get(`${written.file.filename}\n${text}`) ?? written.defaultName;
    const nodes = this.#candidates.flatMap((other) => (other.text === text && other.written?.file === written.file ? [other.written.node] : []));
    const edits = readInstead(nodes, variable, written);
    return edits ? [{ id: 'read-environment', safety: 'stricter', edits, data: { variable } }] : [];
  }
}
