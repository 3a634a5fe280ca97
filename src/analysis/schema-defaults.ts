import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { lastName } from './expressions.ts';
import { firstFound } from './first-found.ts';
import type { Reader } from './reader.ts';
import { type ApiValue, possibilities, type PrimitiveValue, type PropertyEntry, type Provenance, unionOf, unknownValue, type Value } from './value.ts';

/** Calls that a schema of the environment is put together from are followed this deep. */
const MAX_DEPTH = 8;
/** Objects of a schema that hold the variables, in validators that ask for more than their names. */
const GROUPS = ['server', 'client', 'shared', 'schema', 'properties'];
/** Methods of a variable's schema, or functions around it, whose last argument takes the place of a missing value. */
const DEFAULTING = /^(?:default|optional|nullish|fallback)$/;

/** A variable of an environment that a validator has checked, with the text that its schema gives to a missing one. */
export function checkedVariable(reader: Reader, environment: ApiValue, name: string, at: Provenance): Value {
  const reading: Value = { kind: 'environment', ...at, name, guaranteed: true };
  const spare = schemaDefault(reader, environment, name);
  return spare ? unionOf(at, [{ ...reading, guaranteed: false }, spare], 'fallback') : reading;
}

/** The text that a schema, or the call that applies one, gives to a missing variable. */
export function schemaDefault(reader: Reader, schema: Value, name: string): PrimitiveValue | undefined {
  const variable = variableIn(reader, schema, name, 0);
  return variable && defaultOf(reader, variable, 0);
}

/** The schema of one variable in a schema of all: in the object that lists them, whatever has been called on or around it. */
function variableIn(reader: Reader, schema: Value, name: string, depth: number): Value | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const first = (values: readonly (Value | undefined)[]) => firstFound(values, (value) => value && variableIn(reader, value, name, depth + 1));
  switch (schema.kind) {
    case 'object': return schema.entries.get(name)?.value ?? first(GROUPS.map((group) => schema.entries.get(group)?.value));
    case 'api': return first(partsOf(reader, schema));
    default: return undefined;
  }
}

function defaultOf(reader: Reader, variable: Value, depth: number): PrimitiveValue | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (variable.kind === 'object') return textIn(variable.entries.get('default')?.value);
  const call = callBehind(variable);
  if (!call) return undefined;
  const args = call.arguments.map((argument) => reader.evaluate(argument, variable.file));
  const last = DEFAULTING.test(lastName(call)) ? textIn(args.at(-1)) : undefined;
  if (last) return last;
  return firstFound([...args, ...receiverOf(reader, call, variable)], (part) => (part.kind === 'object' || part.kind === 'api' ? defaultOf(reader, part, depth + 1) : undefined));
}

function textIn(value: Value | undefined): PrimitiveValue | undefined {
  return value?.kind === 'primitive' && typeof value.value === 'string' && value.value !== '' ? value : undefined;
}

/** What the call that made a value was given and called on. */
function partsOf(reader: Reader, value: ApiValue): readonly Value[] {
  const call = callBehind(value);
  return call ? [...call.arguments.map((argument) => reader.evaluate(argument, value.file)), ...receiverOf(reader, call, value)].flatMap(possibilities) : [];
}

function receiverOf(reader: Reader, { callee }: TSESTree.CallExpression, { file }: Provenance): readonly Value[] {
  return callee.type === AST_NODE_TYPES.MemberExpression ? [reader.evaluate(callee.object, file)] : [];
}

function callBehind(value: Value): TSESTree.CallExpression | undefined {
  const node = value.kind === 'api' ? value.made?.node ?? value.node : undefined;
  return node?.type === AST_NODE_TYPES.CallExpression ? node : undefined;
}

/** The values of a schema in which every value says its default and the variable that overrides it, as convict reads them. */
export function schemaValues(schema: Value, at: Provenance, isFilledElsewhere: boolean): Value {
  if (schema.kind !== 'object') return unknownValue(at, 'its schema is not known');
  const spare = schema.entries.get('default');
  if (spare) return schemaValue(schema.entries.get('env')?.value, spare.value, at, isFilledElsewhere);
  const entries = new Map([...schema.entries].map(([name, entry]): [string, PropertyEntry] => [name, { ...entry, value: schemaValues(entry.value, entry, isFilledElsewhere) }]));
  return { ...schema, entries };
}

function schemaValue(variable: Value | undefined, spare: Value, at: Provenance, isFilledElsewhere: boolean): Value {
  const name = variable?.kind === 'primitive' && typeof variable.value === 'string' ? variable.value : undefined;
  if (name !== undefined) return withSpare({ kind: 'environment', ...at, name, guaranteed: false }, spare, at);
  return isFilledElsewhere ? withSpare({ kind: 'configuration', ...at, name: undefined, guaranteed: false }, spare, at) : spare;
}

/** `default: null` only says that there is none. */
function withSpare(reading: Value, spare: Value, at: Provenance): Value {
  return spare.kind === 'primitive' && (spare.value === null || spare.value === undefined || spare.value === '') ? reading : unionOf(at, [reading, spare], 'fallback');
}
