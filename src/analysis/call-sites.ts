import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { type AnyCall, collectCalls } from './call-nodes.ts';
import { lastName } from './expressions.ts';
import { enclosingFunction, isFunction } from './order.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { type Frame, type ProjectFunction, possibilities } from './value.ts';

/** The calls in a function's own file that run it. */
export function callSitesOf(owner: ProjectFunction, file: SourceFile, reader: Reader): readonly AnyCall[] {
  const name = nameOf(owner);
  if (name === undefined) return [];
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
  for (let current = enclosingFunction(node); current; current = enclosingFunction(current)) if (isFunction(current) && nameOf(current) !== undefined) return current;
  return undefined;
}

/** The arguments of one call of a function, for reading its body as it runs then. */
function frameOf(call: AnyCall, owner: ProjectFunction, file: SourceFile, reader: Reader, around?: Frame): Frame {
  const open = call.arguments.some(({ type }) => type === AST_NODE_TYPES.SpreadElement);
  const given = call.arguments.flatMap((argument) => (argument.type === AST_NODE_TYPES.SpreadElement ? [] : [reader.evaluate(argument, file, around)]));
  return { owner, file, arguments: open ? [] : given, open, parent: around, depth: (around?.depth ?? 0) + 1 };
}

/** The name that a function is called by in its file; undefined where it has none, or is handed on where it is written. */
export function nameOf(owner: ProjectFunction): string | undefined {
  if (owner.id) return owner.id.name;
  const { parent } = owner;
  switch (parent.type) {
    case AST_NODE_TYPES.VariableDeclarator: return parent.id.type === AST_NODE_TYPES.Identifier ? parent.id.name : undefined;
    case AST_NODE_TYPES.MethodDefinition:
    case AST_NODE_TYPES.PropertyDefinition:
    case AST_NODE_TYPES.Property: return keyName(parent.key);
    case AST_NODE_TYPES.AssignmentExpression: return parent.left.type === AST_NODE_TYPES.Identifier ? parent.left.name : parent.left.type === AST_NODE_TYPES.MemberExpression ? keyName(parent.left.property) : undefined;
    default: return undefined;
  }
}

function keyName(key: TSESTree.Node): string | undefined {
  return key.type === AST_NODE_TYPES.Identifier ? key.name : key.type === AST_NODE_TYPES.PrivateIdentifier ? `#${key.name}` : undefined;
}
