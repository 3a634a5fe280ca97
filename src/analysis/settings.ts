import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { Place } from '../libraries/descriptor.ts';
import { mayHold } from './declared-types.ts';
import type { SetSetting } from './operation.ts';
import { runFactory } from './platform.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { possibilities, type Provenance, unionOf, type Value } from './value.ts';

/** What one place of a descriptor says about a setting. */
export type Reading =
  | { readonly state: 'set'; readonly value: Value; readonly holder: TSESTree.Node; readonly file: SourceFile; readonly definite: boolean }
  | { readonly state: 'missing' }
  | { readonly state: 'unknown'; readonly because: string; readonly byCaller: boolean };

export const MISSING: Reading = { state: 'missing' };

export function unknownReading(because: string, byCaller = false): Reading {
  return { state: 'unknown', because, byCaller };
}

/** A property path of a place: `verifyOptions.audience`, `useFactory().secret`. */
export function splitPath(path: string): readonly string[] {
  return path === '' ? [] : path.split('.');
}

/** Follows a property path into a value; an absent object on the way means that the setting is missing. */
export function readPath(reader: Reader, value: Value, path: readonly string[], holder: TSESTree.Node): Reading {
  const [step, ...rest] = path;
  if (step === undefined) return isAbsent(value) ? MISSING : { state: 'set', value, holder, file: value.file, definite: true };
  switch (value.kind) {
    case 'object': {
      const name = step.endsWith('()') ? step.slice(0, -2) : step;
      const entry = value.entries.get(name);
      if (!entry) return value.open ? unknownReading(value.because ?? 'the options may hold more', dependsOnCaller(value)) : MISSING;
      const inner = step === name ? entry.value : runFactory(reader, entry.value, entry);
      const reading = readPath(reader, inner, rest, entry.node);
      if (reading.state !== 'set') return reading.state === 'missing' && !entry.definite ? MISSING : reading;
      return { ...reading, definite: reading.definite && entry.definite, ...(rest.length === 0 && { file: entry.file }) };
    }
    case 'union': {
      const readings = value.members.map((member) => readPath(reader, member, path, holder));
      return combine(readings, value);
    }
    case 'primitive': case 'array': case 'regexp': case 'function': case 'bytes': case 'key':
      return MISSING;
    case 'parameter':
      if (!mayHold(value, step)) return MISSING;
      return unknownReading('it comes from a parameter', true);
    case 'unknown':
      return unknownReading(value.because, value.parameters.length > 0);
    default:
      return unknownReading('it cannot be followed');
  }
}

function dependsOnCaller(value: Extract<Value, { kind: 'object' }>): boolean {
  return value.entries.has('\0spread');
}

/** Alternatives of one place: any that sets it counts, with what the others leave open kept in `definite`. */
export function combine(readings: readonly Reading[], at: Provenance): Reading {
  const set = readings.filter((reading) => reading.state === 'set');
  const unknown = readings.find((reading) => reading.state === 'unknown');
  const [first] = set;
  if (!first) return unknown ?? MISSING;
  if (set.length === 1) return { ...first, definite: first.definite && set.length === readings.length };
  return { ...first, value: unionOf(at, set.map((reading) => reading.value), 'condition'), definite: set.every((reading) => reading.definite) && set.length === readings.length };
}

/** `undefined` written out is the same as nothing, except for libraries that say otherwise in their misreadings. */
export function isAbsent(value: Value): boolean {
  const all = possibilities(value);
  return all.length > 0 && all.every((one) => one.kind === 'primitive' && one.value === undefined);
}

/** A set setting out of a reading. */
export function setSetting(reading: Extract<Reading, { state: 'set' }>, place: Place, owned: boolean): SetSetting {
  return { state: 'set', value: reading.value, node: expressionOf(reading.holder, place), file: reading.file, holder: reading.holder, place, owned, definite: reading.definite };
}

/** The value's expression in a property, an assignment, a builder call or an argument. */
function expressionOf(holder: TSESTree.Node, place: Place): TSESTree.Node {
  if (holder.type === AST_NODE_TYPES.Property) return holder.value;
  if (holder.type === AST_NODE_TYPES.AssignmentExpression) return holder.right;
  const builder = /^\.\w+\((\d+)\)$/.exec(place.at);
  return builder && holder.type === AST_NODE_TYPES.CallExpression ? holder.arguments[Number(builder[1])] ?? holder : holder;
}
