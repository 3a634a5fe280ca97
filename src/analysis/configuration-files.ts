import { join } from 'node:path';
import { exportOf, moduleValue } from './exports.ts';
import { stepInto } from './members.ts';
import { packageRoot } from './modules.ts';
import type { Reader } from './reader.ts';
import { possibilities, type Provenance, unionOf, type Value } from './value.ts';

/** Formats of node-config that are read; of the others nothing is claimed. */
const EXTENSIONS = ['.json', '.js', '.cjs', '.mjs', '.ts'];
/** Names under which values are looked for in production, later ones winning. */
const LAYERS = ['default', 'production'];

/**
 * What node-config gives for a dotted name by its conventions: the file for production, else the default one, each with
 * the environment variable that overrides it. Undefined where no such file holds the name.
 */
export function configuredInFiles(reader: Reader, name: string, at: Provenance): Value | undefined {
  const root = packageRoot(at.file.filename);
  if (root === undefined || reader.settings.followImports === false) return undefined;
  const steps = name.split('.');
  const written = LAYERS.map((layer) => held(reader, join(root, 'config', layer), steps, at)).findLast((value) => value !== undefined);
  const variable = held(reader, join(root, 'config', 'custom-environment-variables'), steps, at);
  const overriding = variable?.kind === 'object' ? variable.entries.get('__name')?.value : variable;
  if (overriding?.kind !== 'primitive' || typeof overriding.value !== 'string') return written;
  const reading: Value = { kind: 'environment', ...at, name: overriding.value, guaranteed: written === undefined };
  return written ? unionOf(at, [reading, written], 'fallback') : reading;
}

/** What a file of a base name holds at a path; undefined where there is no such file, no such property, or it cannot be read. */
function held(reader: Reader, base: string, steps: readonly string[], at: Provenance): Value | undefined {
  for (const extension of EXTENSIONS) {
    const file = reader.sourceFile(base + extension);
    if (!file) continue;
    const module = moduleValue(reader, file, at);
    const whole = module.kind === 'module' ? exportOf(reader, file, 'default', at) : module;
    const value = steps.reduce((holder, step) => stepInto(reader, holder, step, at, undefined), whole);
    return possibilities(value).every((one) => one.kind !== 'unknown' && one.kind !== 'api' && !(one.kind === 'primitive' && one.value === undefined)) ? value : undefined;
  }
  return undefined;
}
