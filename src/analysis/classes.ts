import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { isFunction } from './order.ts';
import { injectedInstance } from './origins.ts';
import type { Reader } from './reader.ts';
import type { SourceFile } from './source-file.ts';
import { type ClassValue, type Frame, type ProjectFunction, type Provenance, unionOf, unknownValue, type Value } from './value.ts';

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

export function evaluateClass(node: ClassNode, file: SourceFile, frame: Frame | undefined): Value {
  return { kind: 'class', node, file, declaration: node, declaredIn: file, instance: false, frame };
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
      return unknownValue({ node, file }, '`this` depends on the caller');
    }
  }
  return unknownValue({ node, file }, '`this` is not known here');
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
      if (member.value) found.push(reader.evaluate(member.value, file, frame));
      else if (member.typeAnnotation) typed = injectedInstance(reader, member.typeAnnotation.typeAnnotation, { node: member, file });
      continue;
    }
    if (member.type !== AST_NODE_TYPES.MethodDefinition) continue;
    if (member.kind === 'constructor' && instance) found.push(...parameterProperties(reader, member.value as ProjectFunction, name, file));
    if (member.static === instance || keyName(member.key) !== name || member.value.type !== AST_NODE_TYPES.FunctionExpression) continue;
    if (member.kind === 'method') return { kind: 'function', node: member.value, file, frame, receiver: value };
    if (member.kind === 'get') return getterValue(reader, member.value, file, frame);
  }
  found.push(...assignedToThis(declaration, name).map((expression) => reader.evaluate(expression, file, frame)));
  const meaningful = found.filter((one) => !(one.kind === 'primitive' && (one.value === undefined || one.value === null)) || found.length === 1);
  if (meaningful.length > 0) return unionOf(at, meaningful, 'writes');
  if (typed) return typed;
  if (declaration.superClass && depth < 4) {
    const parent = reader.evaluate(declaration.superClass, file, frame);
    if (parent.kind === 'class') return memberOfInstance(reader, { ...parent, instance }, name, at, depth + 1);
    if (parent.kind === 'api' && instance && reader.catalogue.library(parent.library)) return { ...parent, ...at, path: `${parent.path}#${name}` };
  }
  return unknownValue(at, `«${name}» is not set in the class`);
}

function getterValue(reader: Reader, getter: TSESTree.FunctionExpression, file: SourceFile, frame: Frame | undefined): Value {
  const returns = getter.body.body.filter((statement) => statement.type === AST_NODE_TYPES.ReturnStatement);
  const [only] = returns;
  return returns.length === 1 && only?.argument ? reader.evaluate(only.argument, file, frame) : unknownValue({ node: getter, file }, 'a getter computes it');
}

function parameterProperties(reader: Reader, constructor: ProjectFunction, name: string, file: SourceFile): readonly Value[] {
  for (const parameter of constructor.params) {
    if (parameter.type !== AST_NODE_TYPES.TSParameterProperty) continue;
    const target = parameter.parameter.type === AST_NODE_TYPES.AssignmentPattern ? parameter.parameter.left : parameter.parameter;
    if (target.type === AST_NODE_TYPES.Identifier && target.name === name) return [reader.evaluate(target, file)];
  }
  return [];
}

const assignments = new WeakMap<ClassNode, ReadonlyMap<string, readonly TSESTree.Node[]>>();

/** Right sides of `this.name = …` anywhere in a class. */
function assignedToThis(declaration: ClassNode, name: string): readonly TSESTree.Node[] {
  let known = assignments.get(declaration);
  if (!known) {
    const collected = new Map<string, TSESTree.Node[]>();
    for (const member of declaration.body.body) {
      const body = member.type === AST_NODE_TYPES.MethodDefinition ? member.value.body : member.type === AST_NODE_TYPES.StaticBlock ? member : undefined;
      if (body) collectAssignments(body, collected);
    }
    known = collected;
    assignments.set(declaration, known);
  }
  return known.get(name) ?? [];
}

function collectAssignments(node: TSESTree.Node, into: Map<string, TSESTree.Node[]>): void {
  if (node.type === AST_NODE_TYPES.AssignmentExpression && node.operator === '=' && node.left.type === AST_NODE_TYPES.MemberExpression && node.left.object.type === AST_NODE_TYPES.ThisExpression) {
    const name = keyName(node.left.property);
    if (name !== undefined) into.set(name, [...(into.get(name) ?? []), node.right]);
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
