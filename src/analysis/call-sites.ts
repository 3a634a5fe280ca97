import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { type AnyCall, collectCalls } from './call-nodes.ts';
import { functionName, lastName } from './expressions.ts';
import { enclosingFunction, isFunction } from './order.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { type Frame, type ProjectFunction, possibilities } from './value.ts';

/** The calls in a function's own file that run it. */
export function callSitesOf(owner: ProjectFunction, file: SourceFile, reader: Reader): readonly AnyCall[] {
  const name = functionName(owner);
  if (name === '') return [];
  return collectCalls(file).filter((call) => lastName(call) === name && possibilities(reader.evaluate(call.callee, file)).some((target) => target.kind === 'function' && target.node === owner));
}

/** A way to a function: the arguments it then has, and the call that the way begins with. */
export interface Entry {
  readonly frame: Frame;
  readonly site: AnyCall;
}

/** Helpers of helpers are entered from this far away. */
const MAX_DEPTH = 3;
/** Ways to one function that are looked at. */
const MAX_ENTRIES = 16;

/** The ways in which a function of a file is entered from the others. */
export function entriesOf(owner: ProjectFunction, file: SourceFile, reader: Reader): readonly Entry[] {
  return ways(owner, file, reader, MAX_DEPTH).slice(0, MAX_ENTRIES);
}

function ways(owner: ProjectFunction, file: SourceFile, reader: Reader, depth: number): readonly Entry[] {
  return callSitesOf(owner, file, reader).slice(0, MAX_ENTRIES).flatMap((site) => {
    const around = depth > 1 ? namedFunctionAround(site) : undefined;
    const outer = around && around !== owner ? ways(around, file, reader, depth - 1) : [];
    return [{ frame: frameOf(site, owner, file, reader), site }, ...outer.map((way) => ({ frame: frameOf(site, owner, file, reader, way.frame), site: way.site }))];
  });
}

function namedFunctionAround(node: TSESTree.Node): ProjectFunction | undefined {
  for (let current = enclosingFunction(node); current; current = enclosingFunction(current)) if (isFunction(current) && functionName(current) !== '') return current;
  return undefined;
}

/** The arguments of one call of a function, for reading its body as it runs then. */
function frameOf(call: AnyCall, owner: ProjectFunction, file: SourceFile, reader: Reader, around?: Frame): Frame {
  const open = call.arguments.some(({ type }) => type === AST_NODE_TYPES.SpreadElement);
  const given = call.arguments.flatMap((argument) => (argument.type === AST_NODE_TYPES.SpreadElement ? [] : [reader.evaluate(argument, file, around)]));
  return { owner, file, arguments: open ? [] : given, open, parent: around, depth: (around?.depth ?? 0) + 1 };
}
