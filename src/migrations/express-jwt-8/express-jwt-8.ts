import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { TSESTree } from '@typescript-eslint/utils';
import type { JwtOperation } from '../../analysis/operation.ts';
import type { ObjectValue } from '../../analysis/value.ts';
import type { MigrationContext, MigrationOutcome } from '../../migration.ts';
import { Rewriting } from '../rewriting.ts';
import { oldLoadsOf, rewriteLoad, type OldLoad } from './imports.ts';
import { keepOnUser, optionsOf, rewriteOptions } from './options.ts';
import { userOfRequests, type ClaimRead } from './request-claims.ts';
import { requestTypes } from './request-types.ts';

/** Carries a file over from express-jwt up to version 6 to version 8. */
export function migrateExpressJwt(context: MigrationContext): MigrationOutcome | undefined {
  const { file, operations } = context;
  const rewriting = new Rewriting(file);
  const guards = operations.filter(({ library, kind, wrapped }) => library.name === 'express-jwt' && kind === 'verify' && !wrapped);
  const loads = oldLoadsOf(rewriting);
  if (loads.length === 0) {
    for (const guard of guards) if (guard.setting('algorithms').state === 'missing') rewriting.leave(guard.node, `\`${guard.name}\` throws at the start of the program without \`algorithms\`, and nothing proves which ones are issued. List them.`);
    return rewriting.outcome(undefined);
  }
  const old = guards.filter(({ node }) => loads.some(({ uses }) => uses.some((use) => use.parent === node)));
  refuseUnseenCalls(loads, old, rewriting);
  const known = old.flatMap((guard): Guard[] => {
    const options = optionsOf(guard);
    if (typeof options !== 'string') return [{ guard, options }];
    rewriting.refuse(guard.node, options);
    return [];
  });
  for (const { guard, options } of known) rewriteOptions(guard, options, context, rewriting);
  const types = moveClaims(known, loads, rewriting);
  for (const [index, load] of loads.entries()) rewriteLoad(load, index === 0 ? types : [], rewriting);
  return rewriting.outcome(loads[0]?.load.node);
}

interface Guard {
  readonly guard: JwtOperation;
  readonly options: ObjectValue;
}

function refuseUnseenCalls(loads: readonly OldLoad[], guards: readonly JwtOperation[], rewriting: Rewriting): void {
  for (const use of loads.flatMap(({ uses }) => uses)) {
    const { parent } = use;
    if (parent?.type === AST_NODE_TYPES.CallExpression && parent.callee === use && !guards.some(({ node }) => node === parent)) rewriting.refuse(parent, 'What this call does cannot be seen.');
  }
}

/**
 * The claims stood on `req.user` and stand on `req.auth` now. Where every reader is in this file and nothing else writes
 * there, the readers change; else the middleware is told to leave them where they were. Gives the types to import.
 */
function moveClaims(guards: readonly Guard[], loads: readonly OldLoad[], rewriting: Rewriting): readonly string[] {
  const byDefault = guards.filter(({ options: { entries } }) => !entries.has('requestProperty') && !entries.has('userProperty'));
  if (byDefault.length === 0) return [];
  const { reads, isShared } = userOfRequests(rewriting.file);
  const isModule = loads[0]?.load.kind !== 'require';
  const types = isShared || byDefault.length < guards.length ? undefined : requestTypes(reads, isModule, rewriting);
  if (!types) {
    for (const { guard, options } of byDefault) if (!keepOnUser(guard, options, rewriting)) rewriting.refuse(guard.node, 'Something besides express-jwt has to do with `req.user`, and `requestProperty: \'user\'` cannot be written here.');
    return [];
  }
  types.apply(rewriting);
  for (const { name } of reads) rename(name, rewriting);
  return types.imports;
}

function rename(name: ClaimRead['name'], rewriting: Rewriting): void {
  if (name.type === AST_NODE_TYPES.Identifier) rewriting.replace(name.range, 'auth');
  else if (name.type === AST_NODE_TYPES.Literal) rewriting.replace(innerRange(name), 'auth');
  else if (name.shorthand) rewriting.insert(name.range[0], 'auth: ');
  else rewriting.replace(name.key.type === AST_NODE_TYPES.Literal ? innerRange(name.key) : name.key.range, 'auth');
}

function innerRange({ range }: TSESTree.Node): [number, number] {
  return [range[0] + 1, range[1] - 1];
}
