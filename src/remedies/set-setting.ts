import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { JwtOperation } from '../analysis/operation.ts';
import { mayBe } from '../analysis/versions.ts';
import type { Edit } from '../define-rule.ts';
import type { ArgumentPlaces, Place, Role, SettingName } from '../libraries/descriptor.ts';
import { narrowed } from './inferred-types.ts';
import { addProperty, findProperty } from './properties.ts';
import { indentationOf, lineBreak } from './style.ts';

/** Settings whose values the types of libraries list one by one. */
const NAMED_VALUES: ReadonlySet<SettingName> = new Set(['algorithm', 'algorithms', 'expiration']);

/**
 * Makes a setting that is missing, in the first place of the library where it can be written from here: a property of
 * the options (which are added to the call if need be) or a builder call. `undefined` where no text may be edited.
 */
export function setMissing(operation: JwtOperation, name: SettingName, value: string | ((place: Place) => string | undefined)): readonly Edit[] | undefined {
  if (operation.wrapped) return undefined;
  for (const place of writablePlaces(operation, name)) {
    const given = typeof value === 'string' ? value : value(place);
    const text = given === undefined || !(given.startsWith('[') || NAMED_VALUES.has(name)) ? given : narrowed(given, place.at.startsWith('options.') ? operation.optionsObject?.node : undefined, operation.file);
    const edits = text === undefined ? undefined : writeAt(operation, place, text);
    if (edits) return edits;
  }
  return undefined;
}

function writablePlaces(operation: JwtOperation, name: SettingName): readonly Place[] {
  return (operation.model.settings[name] ?? []).filter((place) => !place.readOnly && mayBe(operation.version, place.versions));
}

function writeAt(operation: JwtOperation, place: Place, value: string): readonly Edit[] | undefined {
  const builder = /^\.(\w+)\(0\)$/.exec(place.at);
  if (builder?.[1] !== undefined) return addBuilderCall(operation, builder[1], value);
  const inBuilder = /^(\.\w+\(0\))\.(\w+)$/.exec(place.at);
  if (inBuilder?.[1] !== undefined && inBuilder[2] !== undefined) return setInBuilder(operation, inBuilder[1], inBuilder[2], value);
  const [role, ...path] = place.at.split('.');
  if (role === 'payload' && path.length > 0) return setClaim(operation, path, value);
  if (role === 'options' && path.length > 0) return setOption(operation, path, value);
  return path.length === 0 && role !== undefined ? addArgument(operation, role as Role, value) : undefined;
}

/** Writes an argument of its own behind the ones that are there; a switch in between is written out as off. */
function addArgument(operation: JwtOperation, role: Role, value: string): readonly Edit[] | undefined {
  const { node, file } = operation;
  const places = operation.model.arguments;
  if (Array.isArray(places) || node.arguments.some((argument) => argument.type === AST_NODE_TYPES.SpreadElement)) return undefined;
  const index = (places as ArgumentPlaces)[role];
  const last = node.arguments.at(-1);
  if (typeof index !== 'number' || !last || node.arguments.length > index) return undefined;
  const between = Object.entries(places as ArgumentPlaces).filter(([, place]) => typeof place === 'number' && place >= node.arguments.length && place < index);
  if (between.some(([name]) => name !== 'noVerify') || between.length !== index - node.arguments.length) return undefined;
  return [{ file, range: [last.range[1], last.range[1]], text: `${', false'.repeat(between.length)}, ${value}` }];
}

/** Writes a parameter into the object that a builder call takes: `.setProtectedHeader({ alg, kid })`. */
function setInBuilder(operation: JwtOperation, call: string, name: string, value: string): readonly Edit[] | undefined {
  const header = operation.settingsAt('header').find(({ place }) => place.at === call);
  if (header?.value.kind !== 'object' || header.value.node.type !== AST_NODE_TYPES.ObjectExpression || header.value.node !== header.node || header.value.file !== operation.file) return undefined;
  return setInObject(header.value.node, [name], value, operation);
}

/** Writes a claim into a payload that is written out in the call. */
function setClaim(operation: JwtOperation, path: readonly string[], value: string): readonly Edit[] | undefined {
  const payload = operation.argumentNode('payload');
  return payload?.type === AST_NODE_TYPES.ObjectExpression ? setInObject(payload, path, value, operation) : undefined;
}

/** Writes `name: value` into the options of a call, adding the options argument where there is none. */
export function setOption(operation: JwtOperation, path: readonly string[], value: string): readonly Edit[] | undefined {
  const owned = operation.optionsObject;
  if (owned) return setInObject(owned.node, path, value, operation);
  const text = path.reduceRight((inner, name) => `{ ${name}: ${inner} }`, value);
  const options = operation.argumentNode('options');
  if (options) {
    const given = operation.argument('options');
    return given?.kind === 'primitive' && (given.value === undefined || given.value === null) && (options.type === AST_NODE_TYPES.Identifier || options.type === AST_NODE_TYPES.Literal) ? [{ file: operation.file, range: options.range, text }] : undefined;
  }
  return addOptionsArgument(operation, text);
}

function setInObject(object: TSESTree.ObjectExpression, path: readonly string[], value: string, operation: JwtOperation): readonly Edit[] | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return undefined;
  const property = findProperty(object, name);
  if (!property) return [addProperty(object, name, rest.reduceRight((inner, one) => `{ ${one}: ${inner} }`, value), operation.file)];
  if (rest.length > 0 && property.value.type === AST_NODE_TYPES.ObjectExpression) return setInObject(property.value, rest, value, operation);
  // Written out as `undefined`: the value takes its place.
  return rest.length === 0 ? [{ file: operation.file, range: property.shorthand ? property.range : property.value.range, text: property.shorthand ? `${name}: ${value}` : value }] : undefined;
}

/** Adds the options as an argument of their own, in front of a callback. */
function addOptionsArgument(operation: JwtOperation, text: string): readonly Edit[] | undefined {
  const overloads = (Array.isArray(operation.model.arguments) ? operation.model.arguments : [operation.model.arguments]) as readonly ArgumentPlaces[];
  const index = overloads.map((places) => places.options).find((place) => typeof place === 'number');
  const { node, file } = operation;
  if (typeof index !== 'number' || node.arguments.some((argument) => argument.type === AST_NODE_TYPES.SpreadElement)) return undefined;
  if (index > node.arguments.length) return undefined;
  const role = overloads.flatMap((places) => Object.keys(places) as Role[]).find((one) => one !== 'callback' && overloads.some((places) => places[one] === index && places.options === undefined));
  if (role && operation.argumentNode(role) === node.arguments[index]) return turnIntoOptions(operation, role, text);
  // Called through `call`, `apply` or `bind`, the places of the arguments are not those of the library.
  if (node.callee.type === AST_NODE_TYPES.MemberExpression && node.callee.property.type === AST_NODE_TYPES.Identifier && ['call', 'apply'].includes(node.callee.property.name)) return undefined;
  const previous = node.arguments[index - 1];
  if (index === 0) {
    const first = node.arguments[0];
    const open = first?.range[0] ?? node.range[1] - 1;
    return [{ file, range: [open, open], text: first ? `${text}, ` : text }];
  }
  if (!previous) return undefined;
  const next = node.arguments[index];
  const sameLine = node.arguments.length < 2 || !next || next.loc.start.line === previous.loc.end.line;
  const [, secondToLast] = [...node.arguments].reverse();
  const stacked = !next && secondToLast !== undefined && secondToLast.loc.end.line !== previous.loc.start.line;
  const separator = stacked || !sameLine ? `,${lineBreak(file)}${indentationOf(previous, file)}` : ', ';
  return [{ file, range: [previous.range[1], previous.range[1]], text: `${separator}${text}` }];
}

/** Another overload takes one value where the options would stand: `verify(token, key, 'HS256')` becomes `verify(token, key, { alg: 'HS256', … })`. */
function turnIntoOptions(operation: JwtOperation, role: Role, text: string): readonly Edit[] | undefined {
  const { file } = operation;
  const node = operation.argumentNode(role);
  const made = (Object.values(operation.model.settings) as (readonly Place[])[]).find((places) => places.some(({ at }) => at === role));
  const option = made?.flatMap(({ at }) => /^options\.(\w+)$/.exec(at)?.[1] ?? [])[0];
  return node && option !== undefined ? [{ file, range: node.range, text: text.replace(/^\{ /, `{ ${option}: ${file.sourceCode.getText(node as never)}, `) }] : undefined;
}

/** Puts `.method(value)` in front of the call that ends the chain. */
function addBuilderCall(operation: JwtOperation, method: string, value: string): readonly Edit[] | undefined {
  const { node, file } = operation;
  if (node.callee.type !== AST_NODE_TYPES.MemberExpression || node.callee.optional) return undefined;
  const { object, property } = node.callee;
  const between = file.sourceCode.text.slice(object.range[1], property.range[0]);
  const position = object.range[1];
  return [{ file, range: [position, position], text: `${/\n/.test(between) ? between : '.'}${method}(${value})` }];
}
