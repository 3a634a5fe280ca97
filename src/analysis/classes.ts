import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { decoratorsOf, writtenName } from './expressions.ts';
import { guaranteed } from './guards.ts';
import { mergeObjects } from './objects.ts';
import { isFunction } from './order.ts';
import { injectedInstance } from './origins.ts';
import type { Reader } from './reader.ts';
import { injectedConfiguration } from './registered-configurations.ts';
import type { SourceFile } from './source-file.ts';
import { type ClassValue, type Frame, type FunctionValue, type ProjectFunction, type PropertyEntry, type Provenance, unionOf, unknownValue, type Value } from './value.ts';
import { variableOf } from './variables.ts';

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

export function evaluateClass(node: ClassNode, file: SourceFile, frame: Frame | undefined): Value {
  return { kind: 'class', node, file, declaration: node, declaredIn: file, instance: false, frame };
}

/** The constructor that a class declares itself. */
export function constructorOf({ declaration, declaredIn: file, frame }: ClassValue): FunctionValue | undefined {
  for (const member of declaration.body.body) {
    if (member.type === AST_NODE_TYPES.MethodDefinition && member.kind === 'constructor' && member.value.type === AST_NODE_TYPES.FunctionExpression) return { kind: 'function', node: member.value, file, frame };
  }
  return undefined;
}

/** `this`, where it is certain: in members of a class and in methods of an object literal. */
export function evaluateThis(reader: Reader, node: TSESTree.ThisExpression, file: SourceFile, frame: Frame | undefined): Value {
  for (let current: TSESTree.Node | undefined = node.parent; current; current = current.parent) {
    if (current.type === AST_NODE_TYPES.MethodDefinition || current.type === AST_NODE_TYPES.PropertyDefinition) return instanceAround(current, file, frame, current.static);
    if (current.type === AST_NODE_TYPES.StaticBlock) return instanceAround(current, file, frame, true);
    if (current.type === AST_NODE_TYPES.FunctionDeclaration || current.type === AST_NODE_TYPES.FunctionExpression) {
      const holder: TSESTree.Node = current.parent;
      if (holder.type === AST_NODE_TYPES.MethodDefinition || holder.type === AST_NODE_TYPES.PropertyDefinition) continue;
      if (holder.type === AST_NODE_TYPES.Property && holder.parent.type === AST_NODE_TYPES.ObjectExpression) return reader.evaluate(holder.parent, file, frame);
      // A method that a constructor function puts on the object that it makes.
      if (isPutOn(current, AST_NODE_TYPES.ThisExpression)) continue;
      return filledBy(reader, constructorFunction(current, file) ?? current, node, file, frame) ?? unknownValue({ node, file }, '`this` depends on the caller');
    }
  }
  return filledBy(reader, file.sourceCode.ast as TSESTree.Node, node, file, frame) ?? unknownValue({ node, file }, '`this` is not known here');
}

function isPutOn(method: TSESTree.Node, object: AST_NODE_TYPES): boolean {
  const { parent } = method;
  return parent?.type === AST_NODE_TYPES.AssignmentExpression && parent.right === method && parent.left.type === AST_NODE_TYPES.MemberExpression && parent.left.object.type === object;
}

/** The function whose prototype a method is put on: `Service.prototype.sign = function …`. */
function constructorFunction(method: TSESTree.Node, file: SourceFile): ProjectFunction | undefined {
  if (!isPutOn(method, AST_NODE_TYPES.MemberExpression)) return undefined;
  const { object } = (method.parent as TSESTree.AssignmentExpression).left as TSESTree.MemberExpression;
  if (object.type !== AST_NODE_TYPES.MemberExpression || keyName(object.property) !== 'prototype' || object.object.type !== AST_NODE_TYPES.Identifier) return undefined;
  const declaration = variableOf(object.object, file)?.defs[0]?.node as TSESTree.Node | undefined;
  const owner = declaration?.type === AST_NODE_TYPES.VariableDeclarator ? declaration.init : declaration;
  return owner && isFunction(owner) ? owner : undefined;
}

/** `this` of a function that is no method: an object of which only what the function puts there is known. */
function filledBy(reader: Reader, owner: TSESTree.Node, node: TSESTree.ThisExpression, file: SourceFile, frame: Frame | undefined): Value | undefined {
  const { fields } = assignmentsIn(isFunction(owner) ? owner.body : owner);
  if (fields.size === 0) return undefined;
  const entries = new Map([...fields].map(([name, expressions]): [string, PropertyEntry] => {
    const [first = owner] = expressions;
    return [name, { node: first, file, definite: true, get value() { return unionOf({ node: first, file }, expressions.map((expression) => reader.evaluate(expression, file, frame)), 'writes'); } }];
  }));
  return { kind: 'object', node, file, entries, open: true, because: '`this` depends on the caller' };
}

/** What a body writes to `this`, by the name of the field: its right sides, and those of its properties (`this.options.issuer = …`). */
interface Assignments {
  readonly fields: Map<string, TSESTree.Node[]>;
  readonly properties: Map<string, { readonly property: string; readonly value: TSESTree.Node }[]>;
}

const assignments = new WeakMap<TSESTree.Node, Assignments>();

function assignmentsIn(body: TSESTree.Node): Assignments {
  const known = assignments.get(body);
  if (known) return known;
  const collected: Assignments = { fields: new Map(), properties: new Map() };
  collectAssignments(body, collected);
  assignments.set(body, collected);
  return collected;
}

function instanceAround(member: TSESTree.Node, file: SourceFile, frame: Frame | undefined, isStatic: boolean): Value {
  const declaration = member.parent?.parent as ClassNode;
  return { kind: 'class', node: declaration, file, declaration, declaredIn: file, instance: !isStatic, frame };
}

/** A member of a class or of its instances: fields, parameter properties, assignments in the class, getters, methods, inherited ones. */
export function memberOfInstance(reader: Reader, value: ClassValue, name: string, at: Provenance, depth = 0): Value {
  const { declaration, declaredIn: file, instance, frame } = value;
  const found: Value[] = [];
  let typed: Value | undefined;
  for (const member of declaration.body.body) {
    if (member.type === AST_NODE_TYPES.PropertyDefinition || member.type === AST_NODE_TYPES.AccessorProperty) {
      if (member.static === instance || keyName(member.key) !== name) continue;
      if (member.value) found.push(checkedByDecorators(member, reader.evaluate(member.value, file, frame)));
      else typed = injectedConfiguration(reader, member, { node: member, file }) ?? (member.typeAnnotation && injectedInstance(reader, member.typeAnnotation.typeAnnotation, { node: member, file }));
      continue;
    }
    if (member.type !== AST_NODE_TYPES.MethodDefinition) continue;
    if (member.kind === 'constructor' && instance) found.push(...parameterProperties(reader, member.value as ProjectFunction, name, file, frame));
    if (member.static === instance || keyName(member.key) !== name || member.value.type !== AST_NODE_TYPES.FunctionExpression) continue;
    if (member.kind === 'method') return { kind: 'function', node: member.value, file, frame, receiver: value };
    if (member.kind === 'get') return getterValue(reader, member.value, file, frame);
  }
  found.push(...[...assignedToThis(declaration, name), ...(instance ? [] : assignedByName(declaration, name, file))].map((expression) => reader.evaluate(expression, file, frame)));
  const meaningful = found.filter((one) => !isNothing(one));
  if (meaningful.length > 0) return filled(reader, value, name, unionOf(at, meaningful, 'writes'));
  // A field that starts as nothing is filled by somebody, from wherever it can be reached.
  if (found.length > 0) return unknownValue(at, `«${name}» is filled elsewhere`);
  if (typed) return typed;
  if (declaration.superClass && depth < 4) {
    const parent = reader.evaluate(declaration.superClass, file, frame);
    if (parent.kind === 'class') return memberOfInstance(reader, { ...parent, instance }, name, at, depth + 1);
    if (parent.kind === 'api' && instance && reader.catalogue.library(parent.library)) return { ...parent, ...at, path: `${parent.path}#${name}` };
  }
  return unknownValue(at, `«${name}» is not set in the class`);
}

/** An object in a field with the properties that members of the class write to it. */
function filled(reader: Reader, { declaration, declaredIn: file, frame }: ClassValue, name: string, object: Value): Value {
  if (object.kind !== 'object') return object;
  const writes = bodiesOf(declaration).flatMap(({ body, always }) => (assignmentsIn(body).properties.get(name) ?? []).map(({ property, value }): Value => {
    const entry: PropertyEntry = { node: value, file, definite: always, get value() { return reader.evaluate(value, file, frame); } };
    return { ...object, entries: new Map([[property, entry]]), open: false };
  }));
  return writes.length === 0 ? object : mergeObjects(object, [object, ...writes]);
}

function isNothing(value: Value): boolean {
  return value.kind === 'primitive' && (value.value === undefined || value.value === null);
}

/** Decorators of class-validator that refuse an empty text. */
const DEMANDING = /^(?:IsNotEmpty|IsDefined|Length|MinLength|IsByteLength|IsHexadecimal|IsBase64|IsAlphanumeric|Matches|IsJWT|IsUUID|IsHash|IsUrl|IsIn|IsEnum)$/;

/** The value of a field without an empty fallback that a validator on the field refuses. */
function checkedByDecorators(member: TSESTree.PropertyDefinition | TSESTree.AccessorProperty, value: Value): Value {
  const decorators = decoratorsOf(member);
  if (value.kind !== 'union' || value.how !== 'fallback' || decorators.length === 0) return value;
  const names = decorators.map(({ expression }) => (expression.type === AST_NODE_TYPES.CallExpression && expression.callee.type === AST_NODE_TYPES.Identifier ? expression.callee.name : ''));
  if (!names.some((name) => DEMANDING.test(name)) || names.includes('IsOptional')) return value;
  const kept = value.members.filter((one) => !(one.kind === 'primitive' && (one.value === '' || one.value === undefined || one.value === null)));
  return kept.length === value.members.length ? value : guaranteed(unionOf(value, kept, 'fallback'));
}

function getterValue(reader: Reader, getter: TSESTree.FunctionExpression, file: SourceFile, frame: Frame | undefined): Value {
  const returns = getter.body.body.filter((statement) => statement.type === AST_NODE_TYPES.ReturnStatement);
  const [only] = returns;
  return returns.length === 1 && only?.argument ? reader.evaluate(only.argument, file, frame) : unknownValue({ node: getter, file }, 'a getter computes it');
}

function parameterProperties(reader: Reader, constructor: ProjectFunction, name: string, file: SourceFile, frame: Frame | undefined): readonly Value[] {
  for (const parameter of constructor.params) {
    if (parameter.type !== AST_NODE_TYPES.TSParameterProperty) continue;
    const target = parameter.parameter.type === AST_NODE_TYPES.AssignmentPattern ? parameter.parameter.left : parameter.parameter;
    if (target.type === AST_NODE_TYPES.Identifier && target.name === name) return [reader.evaluate(target, file, frame)];
  }
  return [];
}

/** Right sides of `Class.name = …` anywhere in the file of a class. */
function assignedByName(declaration: ClassNode, name: string, file: SourceFile): readonly TSESTree.Node[] {
  // A class is declared twice: for the code around it, and once more for its own body.
  const variables = file.sourceCode.scopeManager?.getDeclaredVariables(declaration as never) ?? [];
  return variables.flatMap(({ references }) => references).flatMap(({ identifier }) => {
    const member = (identifier as TSESTree.Identifier).parent;
    if (member.type !== AST_NODE_TYPES.MemberExpression || writtenName(member) !== name) return [];
    return member.parent.type === AST_NODE_TYPES.AssignmentExpression && member.parent.left === member ? [member.parent.right] : [];
  });
}

/** Right sides of `this.name = …` anywhere in a class. */
function assignedToThis(declaration: ClassNode, name: string): readonly TSESTree.Node[] {
  return bodiesOf(declaration).flatMap(({ body }) => assignmentsIn(body).fields.get(name) ?? []);
}

/** The bodies of a class in which `this` is it or one of it; `always` run those of constructors and static blocks. */
function bodiesOf(declaration: ClassNode): readonly { readonly body: TSESTree.Node; readonly always: boolean }[] {
  return declaration.body.body.flatMap((member): readonly { readonly body: TSESTree.Node; readonly always: boolean }[] => {
    if (member.type === AST_NODE_TYPES.StaticBlock) return [{ body: member, always: true }];
    return member.type === AST_NODE_TYPES.MethodDefinition && member.value.body ? [{ body: member.value.body, always: member.kind === 'constructor' }] : [];
  });
}

function collectAssignments(node: TSESTree.Node, into: Assignments): void {
  if (node.type === AST_NODE_TYPES.AssignmentExpression && node.operator === '=' && node.left.type === AST_NODE_TYPES.MemberExpression) {
    const { object, property } = node.left;
    const name = keyName(property);
    const field = object.type === AST_NODE_TYPES.MemberExpression && object.object.type === AST_NODE_TYPES.ThisExpression ? keyName(object.property) : undefined;
    if (name !== undefined && object.type === AST_NODE_TYPES.ThisExpression) into.fields.set(name, [...(into.fields.get(name) ?? []), node.right]);
    if (name !== undefined && field !== undefined) into.properties.set(field, [...(into.properties.get(field) ?? []), { property: name, value: node.right }]);
  }
  for (const [key, child] of Object.entries(node)) {
    if (key === 'parent' || child === null || typeof child !== 'object') continue;
    for (const one of Array.isArray(child) ? (child as unknown[]) : [child]) {
      const inner = one as TSESTree.Node | null;
      if (inner && typeof inner.type === 'string' && !(isFunction(inner) && inner.type !== AST_NODE_TYPES.ArrowFunctionExpression)) collectAssignments(inner, into);
    }
  }
}

function keyName(key: TSESTree.Node): string | undefined {
  if (key.type === AST_NODE_TYPES.Identifier) return key.name;
  if (key.type === AST_NODE_TYPES.PrivateIdentifier) return `#${key.name}`;
  return key.type === AST_NODE_TYPES.Literal ? String(key.value) : undefined;
}
