import type { TSESTree } from '@typescript-eslint/utils';
import { enclosingFunction, isFunction } from '../../analysis/order.ts';
import type { MigrationContext, MigrationOutcome } from '../../migration.ts';
import { AsyncFunctions } from '../async-functions.ts';
import { otherMentions } from '../other-files.ts';
import { Rewriting } from '../rewriting.ts';
import { rewriteDecoding } from './decoding.ts';
import { ERROR_CLASSES, rewriteErrorNames } from './errors.ts';
import { dropUnusedImports, jsonwebtokenLoads, rewriteLoad, rewriteUses } from './imports.ts';
import { NeededNames } from './names.ts';
import { rewriteSigning, type Carrying } from './signing.ts';
import { rewriteVerification } from './verifying.ts';

/** Carries a file over from jsonwebtoken to jose. */
export function migrateToJose(context: MigrationContext): MigrationOutcome | undefined {
  const { file, operations } = context;
  const rewriting = new Rewriting(file);
  const loads = jsonwebtokenLoads(rewriting);
  const [first] = loads;
  if (!first) return undefined;
  const own = operations.filter(({ library, wrapped }) => library.name === 'jsonwebtoken' && !wrapped);
  const calls = new Set<TSESTree.Node>(own.map(({ node }) => node));
  const carrying: Carrying = { context, rewriting, functions: new AsyncFunctions(rewriting, calls), names: new NeededNames(rewriting) };
  for (const callback of own.map((operation) => operation.argumentNode('callback'))) if (isFunction(callback)) carrying.functions.allow(callback);
  for (const operation of own) {
    if (operation.kind === 'sign') rewriteSigning(operation, carrying);
    else if (operation.kind === 'verify') rewriteVerification(operation, carrying);
    else rewriteDecoding(operation, carrying);
  }
  for (const load of loads) rewriteUses(load, calls, carrying.names, rewriting);
  rewriteErrorNames(carrying.names, rewriting);
  const elsewhere = own.some(({ kind }) => kind === 'verify') ? otherMentions(file, ERROR_CLASSES, 'jsonwebtoken') : undefined;
  if (elsewhere !== undefined) rewriting.refuse(first.node, `${elsewhere} tells the errors of jsonwebtoken apart by their names, and would no longer see those of jose.`);
  // Functions that load the package for themselves do not see what another one loads.
  const isShared = loads.length > 1 && enclosingFunction(first.node) === undefined;
  for (const load of loads) rewriteLoad(load, !isShared || load === first, carrying.names, rewriting);
  dropUnusedImports(rewriting);
  return rewriting.outcome(first.node);
}
