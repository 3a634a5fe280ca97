import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { packageRoot } from '../analysis/modules.ts';
import type { Located } from '../analysis/source-file.ts';

interface NamedSecret {
  readonly variable: string;
  /** Where the secret stood when it was named. */
  readonly place: string;
}

/** By package root, then by digest: the secrets themselves are not kept. */
const packages = new Map<string, Map<string, NamedSecret>>();

/**
 * The variable of a secret: chosen once for a package and remembered as long as the process lives, so that the same
 * secret has one name in all files and no other secret gets it. A file outside of any package remembers nothing.
 */
export function namedOnce(secret: Located & { readonly policyName: string | undefined }, text: string, choose: (given: ReadonlySet<string>) => string): string {
  const { node, file, policyName } = secret;
  const root = isAbsolute(file.filename) ? packageRoot(file.filename) : undefined;
  if (root === undefined) return choose(new Set());
  const named = packages.get(root) ?? new Map<string, NamedSecret>();
  packages.set(root, named);
  // A policy that names the variable differently asks for a new choice.
  const digest = createHash('sha256').update(`${policyName ?? ''}\n${text}`).digest('base64');
  const before = named.get(digest);
  if (before) return before.variable;
  const place = `${file.filename}\n${node.range[0]}`;
  // An editor lints while a secret is being typed: every longer text takes over the name of the one before.
  for (const [other, known] of named) if (known.place === place) named.delete(other);
  const variable = choose(new Set(Array.from(named.values(), (known) => known.variable)));
  named.set(digest, { variable, place });
  return variable;
}
