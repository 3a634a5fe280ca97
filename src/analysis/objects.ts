import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { endName } from './expressions.ts';
import { stepInto } from './members.ts';
import { type Effect, effectOf, isFunction } from './order.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { type Frame, type ObjectValue, parametersOf, possibilities, primitive, type PropertyEntry, type Provenance, unionOf, unknownValue, type Value } from './value.ts';
import { propertyName } from './values.ts';

/** An object under construction: properties in the order of writing, later ones winning. */
interface Draft {
  readonly entries: Map<string, PropertyEntry>;
  open: boolean;
  because: string | undefined;
  readonly parameters: Value[];
}

export function evaluateObject(reader: Reader, node: TSESTree.ObjectExpression, file: SourceFile, frame: Frame | undefined): Value {
  const draft: Draft = { entries: new Map(), open: false, because: undefined, parameters: [] };
  for (const property of node.properties) {
    if (property.type === AST_NODE_TYPES.SpreadElement) {
      mergeInto(draft, reader.evaluate(property.argument, file, frame), property, file);
      continue;
    }
    const key = keyOf(reader, property, file, frame);
    if (key === undefined) {
      loosen(draft, 'a property name is computed', property, file);
      continue;
    }
    const value = property.kind === 'get' && isFunction(property.value)
      ? returnedBy(reader, property.value, file, frame)
      : reader.evaluate(property.value, file, frame);
    draft.entries.set(key, { value, node: property, file, definite: true });
  }
  return finish(draft, { node, file });
}

function returnedBy(reader: Reader, getter: TSESTree.FunctionExpression | TSESTree.FunctionDeclaration | TSESTree.ArrowFunctionExpression, file: SourceFile, frame: Frame | undefined): Value {
  const last = getter.body.type === AST_NODE_TYPES.BlockStatement ? getter.body.body.at(-1) : undefined;
  return last?.type === AST_NODE_TYPES.ReturnStatement && last.argument ? reader.evaluate(last.argument, file, frame) : unknownValue({ node: getter, file }, 'a getter computes it');
}

function keyOf(reader: Reader, property: TSESTree.Property, file: SourceFile, frame: Frame | undefined): string | undefined {
  if (!property.computed) return property.key.type === AST_NODE_TYPES.Identifier ? property.key.name : 'value' in property.key ? String(property.key.value) : undefined;
  const key = reader.evaluate(property.key, file, frame);
  return key.kind === 'primitive' ? String(key.value) : undefined;
}

function finish(draft: Draft, at: Provenance): ObjectValue {
  // What an open object was spread from travels along, so that a caller's argument can settle it.
  if (draft.parameters.length > 0) draft.entries.set(SPREAD, { value: unionOf(at, draft.parameters, 'condition'), node: at.node, file: at.file, definite: false });
  return { kind: 'object', node: at.node, file: at.file, entries: draft.entries, open: draft.open, ...(draft.because !== undefined && { because: draft.because }) };
}

/** Entry under which an open object keeps the parameters that were spread into it; no property can be named so in source. */
export const SPREAD = '\0spread';

/** Everything written so far may be overwritten by something unknown. */
function loosen(draft: Draft, because: string, node: TSESTree.Node, file: SourceFile, value?: Value): void {
  draft.open = true;
  draft.because ??= because;
  if (value) draft.parameters.push(...parametersOf(value));
  for (const [key, entry] of draft.entries) {
    if (key === SPREAD) continue;
    draft.entries.set(key, { ...entry, value: unionOf({ node, file }, [entry.value, unknownValue({ node, file }, because, value ? parametersOf(value) : [])], 'writes') });
  }
}

/** `{ ...value }` or `Object.assign(target, value)`. */
function mergeInto(draft: Draft, value: Value, node: TSESTree.Node, file: SourceFile, maybe = false): void {
  switch (value.kind) {
    case 'object':
      if (value.open) {
        loosen(draft, value.because ?? 'it is spread from an object that may hold more', node, file);
        const spread = value.entries.get(SPREAD);
        if (spread) draft.parameters.push(spread.value);
      }
      for (const [key, entry] of value.entries) if (key !== SPREAD) put(draft, key, maybe ? { ...entry, definite: false } : entry, node, file);
      return;
    case 'union':
      if (value.members.every((member) => member.kind === 'object' || (member.kind === 'primitive' && typeof member.value !== 'string'))) {
        mergeAlternatives(draft, value.members, node, file);
        return;
      }
      loosen(draft, 'it is spread from something that is not known', node, file, value);
      for (const member of value.members) if (member.kind === 'object') mergeInto(draft, member, node, file, true);
      return;
    case 'primitive':
      // Text is spread into its characters.
      if (typeof value.value === 'string' && value.value !== '') loosen(draft, 'text is spread into it', node, file);
      return;
    case 'function':
      return;
    default:
      loosen(draft, value.kind === 'parameter' ? 'it is spread from a parameter' : 'it is spread from something that is not known', node, file, value);
  }
}

/** One of several objects is spread: a property is certain only if each of them has it. */
function mergeAlternatives(draft: Draft, members: readonly Value[], node: TSESTree.Node, file: SourceFile): void {
  const objects = members.filter((member) => member.kind === 'object');
  const keys = new Set(objects.flatMap((object) => [...object.entries.keys()].filter((key) => key !== SPREAD)));
  for (const object of objects) if (object.open) loosen(draft, object.because ?? 'it is spread from an object that may hold more', node, file);
  for (const key of keys) {
    const entries = objects.map((object) => object.entries.get(key)).filter((entry) => entry !== undefined);
    const everywhere = entries.length === members.length && entries.every((entry) => entry.definite);
    const [first] = entries;
    if (first) put(draft, key, { ...first, value: unionOf(first, entries.map((entry) => entry.value), 'condition'), definite: everywhere }, node, file);
  }
}

function put(draft: Draft, key: string, entry: PropertyEntry, node: TSESTree.Node, file: SourceFile): void {
  const before = draft.entries.get(key);
  if (entry.definite || !before) {
    draft.entries.set(key, entry);
    return;
  }
  draft.entries.set(key, { value: unionOf({ node, file }, [before.value, entry.value], 'writes'), node: entry.node, file: entry.file, definite: before.definite });
}

/** Several values merged in order, as `Object.assign({}, a, b)` and configuration readers do. */
export function mergeObjects(at: Provenance, values: readonly Value[]): Value {
  const draft: Draft = { entries: new Map(), open: false, because: undefined, parameters: [] };
  for (const value of values) mergeInto(draft, value, at.node, at.file);
  return finish(draft, at);
}

/** What is left of an object for `...rest`. */
export function withoutKeys(value: Value, taken: readonly string[], at: Provenance): Value {
  if (value.kind !== 'object') return unknownValue(at, 'it is the rest of something that is not known', parametersOf(value));
  const entries = new Map([...value.entries].filter(([key]) => !taken.includes(key)));
  return { ...value, ...at, entries };
}

export function evaluateArray(reader: Reader, node: TSESTree.ArrayExpression, file: SourceFile, frame: Frame | undefined): Value {
  const elements: Value[] = [];
  let open = false;
  for (const element of node.elements) {
    if (element === null) {
      elements.push(primitive({ node, file }, undefined));
    } else if (element.type === AST_NODE_TYPES.SpreadElement) {
      const spread = reader.evaluate(element.argument, file, frame);
      if (spread.kind === 'array') {
        elements.push(...spread.elements);
        open ||= spread.open;
      } else {
        elements.push(unknownValue({ node: element, file }, 'it is spread from a list that is not known', parametersOf(spread)));
        open = true;
      }
    } else {
      elements.push(reader.evaluate(element, file, frame));
    }
  }
  return { kind: 'array', node, file, elements, open };
}

/** Changes made to a variable's object after its creation: `options.audience = x`, `Object.assign(options, …)`, `list.push(x)`, `delete options.x`. */
export function applyWrites(reader: Reader, variable: TSESLint.Scope.Variable, value: Value, use: TSESTree.Node, file: SourceFile, frame: Frame | undefined): Value {
  let current = value;
  const own: OwnEntries = new Set();
  let doubtful = 0;
  for (const { identifier, change } of changesOf(variable)) {
    if (identifier === use) continue;
    const effect = effectOf(change.node, use);
    if (effect === 'never') continue;
    if (effect === 'maybe' && ++doubtful > MAX_DOUBTFUL_CHANGES) return unknownValue({ node: use, file }, 'it is changed in too many places that may or may not run');
    current = applyChange(reader, current, change, effect, file, frame, own);
  }
  return current;
}

/** Each change that may or may not run doubles what an object may be. */
const MAX_DOUBTFUL_CHANGES = 12;

/** Entries that were copied for this use already: an object that a thousand lines fill is copied once, not a thousand times. */
type OwnEntries = Set<ReadonlyMap<string, PropertyEntry>>;

const changes = new WeakMap<TSESLint.Scope.Variable, readonly { readonly identifier: TSESTree.Node; readonly change: Change }[]>();

/** The changes that are made through a variable, in source order. */
function changesOf(variable: TSESLint.Scope.Variable) {
  const known = changes.get(variable);
  if (known) return known;
  const found = variable.references.flatMap(({ init, identifier }) => {
    const change = init ? undefined : changeThrough(identifier as TSESTree.Node);
    return change ? [{ identifier: identifier as TSESTree.Node, change }] : [];
  });
  changes.set(variable, found);
  return found;
}

interface Change {
  readonly node: TSESTree.Node;
  readonly path: readonly TSESTree.MemberExpression[];
  /** `fill` and `randomize` write into bytes. */
  readonly kind: 'set' | 'delete' | 'assign' | 'push' | 'fill' | 'randomize';
  readonly values: readonly TSESTree.Node[];
}

/** Methods of bytes that write into them. */
const FILLING = /^(?:fill|set|write)$/;
/** Functions of the platform that fill the bytes they are given from a random source. */
const RANDOMIZING = /^(?:getRandomValues|randomFill(?:Sync)?)$/;

/** The change that the expression around an identifier makes to its object, if it makes one. */
function changeThrough(identifier: TSESTree.Node): Change | undefined {
  const path: TSESTree.MemberExpression[] = [];
  let node = identifier;
  while (node.parent && ((node.parent.type === AST_NODE_TYPES.MemberExpression && node.parent.object === node) || isCast(node.parent))) {
    node = node.parent;
    if (node.type === AST_NODE_TYPES.MemberExpression) path.push(node);
  }
  const parent = node.parent;
  if (!parent) return undefined;
  if (parent.type === AST_NODE_TYPES.AssignmentExpression && parent.left === node && path.length > 0) {
    return { node: parent, path, kind: 'set', values: [parent.operator === '=' ? parent.right : parent] };
  }
  if (parent.type === AST_NODE_TYPES.UnaryExpression && parent.operator === 'delete' && path.length > 0) return { node: parent, path, kind: 'delete', values: [] };
  if (parent.type === AST_NODE_TYPES.CallExpression) {
    const last = path.at(-1);
    if (parent.callee === node && last && !last.computed && last.property.type === AST_NODE_TYPES.Identifier) {
      if (last.property.name === 'push' || last.property.name === 'unshift') return { node: parent, path: path.slice(0, -1), kind: 'push', values: parent.arguments };
      return path.length === 1 && FILLING.test(last.property.name) ? { node: parent, path: [], kind: 'fill', values: [] } : undefined;
    }
    if (path.length === 0 && parent.arguments[0] === node) {
      const name = endName(parent.callee);
      if (RANDOMIZING.test(name)) return { node: parent, path, kind: 'randomize', values: [] };
      if (name === 'copy') return { node: parent, path, kind: 'fill', values: [] };
    }
    if (path.length === 0 && parent.arguments[0] === node && isObjectAssign(parent.callee)) return { node: parent, path, kind: 'assign', values: parent.arguments.slice(1) };
  }
  return undefined;
}

function isCast(node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.TSAsExpression || node.type === AST_NODE_TYPES.TSNonNullExpression || node.type === AST_NODE_TYPES.TSTypeAssertion;
}

function isObjectAssign(callee: TSESTree.Node): boolean {
  return callee.type === AST_NODE_TYPES.MemberExpression && callee.object.type === AST_NODE_TYPES.Identifier && callee.object.name === 'Object' && !callee.computed && callee.property.type === AST_NODE_TYPES.Identifier && callee.property.name === 'assign';
}

function applyChange(reader: Reader, target: Value, change: Change, effect: Effect, file: SourceFile, frame: Frame | undefined, own: OwnEntries): Value {
  reader.spend();
  const [step, ...rest] = change.path;
  if (target.kind === 'union') return { ...target, members: target.members.map((member) => applyChange(reader, member, change, effect, file, frame, own)) };
  if (step) {
    if (target.kind !== 'object') return target;
    const name = propertyName(reader, step, file, frame);
    const draft = draftOf(target, own);
    if (name === undefined) {
      loosen(draft, 'a property is written whose name is computed', change.node, file);
      return finish(draft, target);
    }
    const inner = { ...change, path: rest };
    if (rest.length === 0 && change.kind === 'delete') {
      if (effect === 'surely') draft.entries.delete(name);
      else {
        const entry = draft.entries.get(name);
        if (entry) draft.entries.set(name, { ...entry, definite: false });
      }
      return finish(draft, target);
    }
    const value = rest.length === 0 && change.kind === 'set' && change.values[0]
      ? reader.evaluate(change.values[0], file, frame)
      : applyChange(reader, stepInto(reader, target, name, { node: change.node, file }, frame), inner, effect, file, frame, own);
    put(draft, name, { value, node: change.node, file, definite: effect === 'surely' || (change.kind !== 'set' && draft.entries.get(name)?.definite === true) }, change.node, file);
    return finish(draft, target);
  }
  if (change.kind === 'assign') {
    if (target.kind !== 'object') return target;
    const draft = draftOf(target, own);
    for (const source of change.values) {
      if (source.type === AST_NODE_TYPES.SpreadElement) loosen(draft, 'it is filled from a list', source, file);
      else mergeInto(draft, reader.evaluate(source, file, frame), source, file, effect !== 'surely');
    }
    return finish(draft, target);
  }
  if (target.kind === 'bytes' && target.from === undefined && change.kind === 'randomize') return { ...target, encoding: 'random', random: true };
  if (target.kind === 'bytes' && target.from === undefined && change.kind === 'fill') return { ...target, encoding: 'unknown' };
  if (change.kind === 'push' && target.kind === 'array') {
    const added = change.values.flatMap((value) => possibilities(value.type === AST_NODE_TYPES.SpreadElement ? unknownValue({ node: value, file }, 'it is spread') : reader.evaluate(value, file, frame)));
    return { ...target, elements: [...target.elements, ...added], open: target.open || effect === 'maybe' || change.values.some((value) => value.type === AST_NODE_TYPES.SpreadElement) };
  }
  return target;
}

function draftOf(target: Extract<Value, { kind: 'object' }>, own: OwnEntries): Draft {
  const entries = own.has(target.entries) ? (target.entries as Map<string, PropertyEntry>) : new Map(target.entries);
  own.add(entries);
  return { entries, open: target.open, because: target.because, parameters: [] };
}
