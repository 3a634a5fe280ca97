import type { MigrationContext, MigrationOutcome } from '../../migration.ts';
import { Rewriting } from '../rewriting.ts';
import { joseLoads, rewriteLoad } from './imports.ts';
import { rewriteKeys } from './keys.ts';

/** Carries a file over from jose 3 to 5 to jose 6. */
export function migrateJose(context: MigrationContext): MigrationOutcome | undefined {
  const rewriting = new Rewriting(context.file);
  const loads = joseLoads(rewriting);
  const [first] = loads;
  if (!first) return undefined;
  for (const load of loads) rewriteLoad(load, rewriting);
  rewriteKeys(context, rewriting);
  return rewriting.outcome(first.node);
}
