import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES, ASTUtils } from '@typescript-eslint/utils';
import { evaluateClass } from './classes.ts';
import { writtenName } from './expressions.ts';
import { guaranteed, isGuardedVariable, needsGuarantee } from './guards.ts';
import { stepInto } from './members.ts';
import { applyWrites, withoutKeys } from './objects.ts';
import { type Effect, effectOf, isFunction } from './order.ts';
import { globalValue, importedName, injectedInstance } from './origins.ts';
import type { Reader } from './reader.ts';
import { injectedConfiguration } from './registered-configurations.ts';
import type { SourceFile } from './source-file.ts';
import { setterShift } from './time.ts';
import { type Frame, type InstantValue, type ProjectFunction, primitive, type PropertyEntry, type Provenance, possibilities, unionOf, unknownValue, type Value } from './value.ts';
import { callbackArgument } from './callbacks.ts';

/** Finds the variable that an identifier names, through all scopes around it. */
export function variableOf(node: TSESTree.Identifier | TSESTree.JSXIdentifier, file: SourceFile): TSESLint.Scope.Variable | undefined {
  return ASTUtils.findVariable(file.sourceCode.getScope(node as never), node.name) ?? undefined;
}

export function evaluateIdentifier(reader: Reader, node: TSESTree.Identifier, file: SourceFile, frame: Frame | undefined): Value {
  const at = { node, file };
  const variable = variableOf(node, file);
  if (!variable) return globalValue(reader, node.name, at);
  const value = readVariable(reader, variable, node, file, frame);
  return needsGuarantee(value) && isGuardedVariable(variable, node, value) ? guaranteed(value) : value;
}

/** The value of a variable at a use of it. */
export function readVariable(reader: Reader, variable: TSESLint.Scope.Variable, use: TSESTree.Node, file: SourceFile, frame: Frame | undefined): Value {
  const at = { node: use, file };
  const definition = variable.defs[0];
  if (!definition) return globalValue(reader, variable.name, at);
  // The scope manager's definition kinds; a type-only declaration has no value.
  switch (definition.type as string) {
    case 'ImportBinding':
      return importedName(reader, definition.node as TSESTree.Node, definition.parent as TSESTree.Node | undefined, at);
    case 'FunctionName': {
      const writes = writesOf(variable);
      const own: Value = isFunction(definition.node as TSESTree.Node) ? { kind: 'function', node: definition.node as ProjectFunction, file, frame } : unknownValue(at, 'it is only declared');
      return writes.length === 0 ? own : unionOf(at, [own, ...writes.map((write) => reader.evaluate(write.value, file, frame))], 'writes');
    }
    case 'ClassName':
      return evaluateClass(definition.node as TSESTree.ClassDeclaration, file, frame);
    case 'TSEnumName':
      return evaluateEnum(reader, definition.node as TSESTree.TSEnumDeclaration, file, frame);
    case 'Parameter':
      return evaluateParameter(reader, variable, definition.node as ProjectFunction, definition.name as TSESTree.Identifier, use, file, frame);
    case 'Variable':
      return evaluateDeclared(reader, variable, definition.node as TSESTree.VariableDeclarator, use, file, frame);
    default:
      return unknownValue(at, 'it is not a plain variable');
  }
}

interface Write {
  /** The identifier or pattern that is written. */
  readonly target: TSESTree.Node;
  /** The expression whose value is taken, before the pattern is applied. */
  readonly value: TSESTree.Node;
  readonly pattern: TSESTree.Node | undefined;
  readonly computed: boolean;
}

const knownWrites = new WeakMap<TSESLint.Scope.Variable, readonly Write[]>();

/** Assignments to a variable besides its declaration. */
function writesOf(variable: TSESLint.Scope.Variable): readonly Write[] {
  const known = knownWrites.get(variable);
  if (known) return known;
  const found = findWrites(variable);
  knownWrites.set(variable, found);
  return found;
}

function findWrites(variable: TSESLint.Scope.Variable): readonly Write[] {
  return variable.references.flatMap((reference): Write[] => {
    if (!reference.isWrite() || reference.init) return [];
    const target = reference.identifier as TSESTree.Node;
    const assignment = climbPattern(target);
    if (assignment?.type === AST_NODE_TYPES.AssignmentExpression) {
      const plain = assignment.operator === '=' || assignment.operator === '||=' || assignment.operator === '??=';
      return [{ target, value: assignment, pattern: assignment.left === target ? undefined : assignment.left, computed: !plain }];
    }
    return [{ target, value: target, pattern: undefined, computed: true }];
  });
}

/** The assignment whose left side, possibly a pattern, holds this target. */
function climbPattern(target: TSESTree.Node): TSESTree.Node | undefined {
  let child: TSESTree.Node = target;
  for (let current = target.parent; current; child = current, current = current.parent) {
    if (current.type === AST_NODE_TYPES.AssignmentExpression) return current.left === child ? current : undefined;
    if (![AST_NODE_TYPES.Property, AST_NODE_TYPES.ObjectPattern, AST_NODE_TYPES.ArrayPattern, AST_NODE_TYPES.AssignmentPattern, AST_NODE_TYPES.RestElement].includes(current.type)) return undefined;
  }
  return undefined;
}

function evaluateDeclared(reader: Reader, variable: TSESLint.Scope.Variable, declarator: TSESTree.VariableDeclarator, use: TSESTree.Node, file: SourceFile, frame: Frame | undefined): Value {
  const at = { node: use, file };
  const name = variable.defs[0]?.name as TSESTree.Identifier;
  const declaration = declarator.parent;
  if (declaration.type === AST_NODE_TYPES.VariableDeclaration && declaration.declare) return globalValue(reader, variable.name, at);
  const loop = declaration.parent;
  if ((loop.type === AST_NODE_TYPES.ForOfStatement || loop.type === AST_NODE_TYPES.ForInStatement) && loop.left === declaration) {
    if (loop.type === AST_NODE_TYPES.ForInStatement) return unknownValue(at, 'it is the name of a property');
    return elementOf(reader.evaluate(loop.right, file, frame), at, (element) => applyPattern(reader, declarator.id, name, element, file, frame));
  }
  const writes = writesOf(variable);
  const initial = (): Value => (declarator.init
    ? applyPattern(reader, declarator.id, name, reader.evaluate(declarator.init, file, frame), file, frame)
    : declaredElsewhere(reader, declarator, file) ?? primitive({ node: declarator, file }, undefined));
  const value = writes.length === 0 ? initial() : afterWrites(reader, writes, declarator, initial, use, at, file, frame);
  return afterChanges(reader, variable, value, use, file, frame);
}

/** What has become of a value that methods and assignments to its members have changed since. */
function afterChanges(reader: Reader, variable: TSESLint.Scope.Variable, value: Value, use: TSESTree.Node, file: SourceFile, frame: Frame | undefined): Value {
  switch (value.kind) {
    case 'instant': return afterSetters(reader, variable, value, use, file, frame);
    case 'object': case 'array': case 'bytes': case 'union': return applyWrites(reader, variable, value, use, file, frame);
    default: return value;
  }
}

/** A `Date` that setters have moved since: `d.setDate(d.getDate() + 60)`. */
function afterSetters(reader: Reader, variable: TSESLint.Scope.Variable, value: InstantValue, use: TSESTree.Node, file: SourceFile, frame: Frame | undefined): Value {
  let current = value;
  for (const reference of variable.references) {
    const member = (reference.identifier as TSESTree.Node).parent;
    const call = member?.parent;
    const method = member?.type === AST_NODE_TYPES.MemberExpression ? writtenName(member) ?? '' : '';
    if (call?.type !== AST_NODE_TYPES.CallExpression || call.callee !== member || !/^set[A-Z]/.test(method)) continue;
    const effect = effectOf(call, use);
    if (effect === 'never') continue;
    const shift = effect === 'surely' ? setterShift(call, method, (node) => {
      const amount = reader.evaluate(node, file, frame);
      return amount.kind === 'primitive' && typeof amount.value === 'number' ? amount.value : undefined;
    }) : undefined;
    current = { ...current, offset: shift === undefined || current.offset === undefined ? undefined : current.offset + shift };
  }
  return current;
}

/** `let jwt: JwtService` without a value: only its type says what it will be. */
function declaredElsewhere(reader: Reader, declarator: TSESTree.VariableDeclarator, file: SourceFile): Value | undefined {
  return declarator.id.type === AST_NODE_TYPES.Identifier && declarator.id.typeAnnotation ? injectedInstance(reader, declarator.id.typeAnnotation.typeAnnotation, { node: declarator.id, file }) : undefined;
}

function afterWrites(reader: Reader, writes: readonly Write[], declarator: TSESTree.VariableDeclarator, initial: () => Value, use: TSESTree.Node, at: Provenance, file: SourceFile, frame: Frame | undefined): Value {
  const effective = writes.map((write) => ({ write, effect: effectOfWrite(write, use) })).filter(({ effect }) => effect !== 'never');
  const surely = effective.filter(({ effect }) => effect === 'surely').map(({ write }) => write);
  const last = surely.sort((a, b) => b.target.range[0] - a.target.range[0])[0];
  // What stands behind the last sure write is not sure itself.
  const later = effective.filter(({ write }) => !last || write.target.range[0] > last.target.range[0]);
  const read = (write: Write): Value => readWrite(reader, write, file, frame);
  // `jwt = jwt || require('jsonwebtoken')` and lazily filled variables: undefined before the write is not what is used.
  const first = last ? read(last) : declarator.init ? initial() : undefined;
  const others = later.map(({ write }) => read(write));
  if (!first && others.length === 0) return initial();
  // A variable that only others fill is not undefined when it is used, or the program would not work.
  const members = [...(first ? [first] : []), ...others];
  return unionOf(at, members, 'writes');
}

/** What `secret ??= 'x'` reads before it writes, it has not written. */
function effectOfWrite({ target }: Write, use: TSESTree.Node): Effect {
  return target === use ? 'never' : effectOf(target, use);
}

/** What an assignment gives to its target, alone or in a pattern. */
function readWrite(reader: Reader, { target, value, pattern, computed }: Write, file: SourceFile, frame: Frame | undefined): Value {
  if (computed) return unknownValue({ node: target, file }, 'it is computed step by step');
  const whole = reader.evaluate(value, file, frame);
  return pattern ? applyPattern(reader, pattern, target, whole, file, frame) : whole;
}

/** What each element of an iterated value is. */
function elementOf(list: Value, at: Provenance, read: (element: Value) => Value): Value {
  if (list.kind !== 'array') return unknownValue(at, 'it comes from a list that is not known');
  const members = list.elements.map(read);
  return unionOf(at, list.open ? [...members, unknownValue(at, 'the list may hold more')] : members, 'condition');
}

/** The part of a value that a destructuring pattern gives to one name. */
export function applyPattern(reader: Reader, pattern: TSESTree.Node, name: TSESTree.Node, value: Value, file: SourceFile, frame: Frame | undefined): Value {
  if (pattern === name) return value;
  const at = { node: name, file };
  switch (pattern.type) {
    case AST_NODE_TYPES.AssignmentPattern:
      return applyPattern(reader, pattern.left, name, withDefault(reader, value, pattern.right, file, frame), file, frame);
    case AST_NODE_TYPES.TSParameterProperty:
      return applyPattern(reader, pattern.parameter, name, value, file, frame);
    case AST_NODE_TYPES.RestElement:
      return applyPattern(reader, pattern.argument, name, value, file, frame);
    case AST_NODE_TYPES.ObjectPattern: {
      const taken: string[] = [];
      for (const property of pattern.properties) {
        if (property.type === AST_NODE_TYPES.RestElement) {
          if (holds(property.argument, name)) return withoutKeys(value, taken, at);
          continue;
        }
        const key = !property.computed && property.key.type === AST_NODE_TYPES.Identifier ? property.key.name : literalKey(reader, property.key, file, frame);
        if (holds(property.value, name)) return applyPattern(reader, property.value, name, stepInto(reader, value, key, { node: property, file }, frame), file, frame);
        if (key !== undefined) taken.push(key);
      }
      break;
    }
    case AST_NODE_TYPES.ArrayPattern: {
      const index = pattern.elements.findIndex((element) => element !== null && holds(element, name));
      const element = pattern.elements[index];
      if (!element || element.type === AST_NODE_TYPES.RestElement) return unknownValue(at, 'it is the rest of a list');
      return applyPattern(reader, element, name, stepInto(reader, value, String(index), at, frame), file, frame);
    }
    default:
  }
  return unknownValue(at, 'the pattern is not read');
}

/** A value where `undefined` is replaced by a default, as in patterns and parameters. */
function withDefault(reader: Reader, value: Value, fallback: TSESTree.Node, file: SourceFile, frame: Frame | undefined): Value {
  const defined = possibilities(value).filter((one) => !(one.kind === 'primitive' && one.value === undefined));
  if (defined.length === possibilities(value).length && !defined.some(mayBeMissing)) return value;
  const other = reader.evaluate(fallback, file, frame);
  return defined.length === 0 ? other : unionOf({ node: fallback, file }, [...defined, other], 'default');
}

function mayBeMissing(value: Value): boolean {
  switch (value.kind) {
    case 'environment': case 'configuration': return !value.guaranteed;
    case 'unknown': case 'parameter': case 'api': return true;
    default: return false;
  }
}

function literalKey(reader: Reader, key: TSESTree.Node, file: SourceFile, frame: Frame | undefined): string | undefined {
  const value = reader.evaluate(key, file, frame);
  return value.kind === 'primitive' ? String(value.value) : undefined;
}

function holds(pattern: TSESTree.Node, name: TSESTree.Node): boolean {
  return name.range[0] >= pattern.range[0] && name.range[1] <= pattern.range[1];
}

function evaluateEnum(reader: Reader, node: TSESTree.TSEnumDeclaration, file: SourceFile, frame: Frame | undefined): Value {
  const entries = new Map<string, PropertyEntry>();
  let next: number | undefined = 0;
  for (const member of node.body.members) {
    const name = member.id.type === AST_NODE_TYPES.Identifier ? member.id.name : member.id.value;
    const value: Value = member.initializer ? reader.evaluate(member.initializer, file, frame) : next === undefined ? unknownValue({ node: member, file }, 'it is counted on') : primitive({ node: member, file }, next);
    next = value.kind === 'primitive' && typeof value.value === 'number' ? value.value + 1 : undefined;
    entries.set(name, { value, node: member, file, definite: true });
  }
  return { kind: 'object', node, file, entries, open: false };
}

function evaluateParameter(reader: Reader, variable: TSESLint.Scope.Variable, owner: ProjectFunction, name: TSESTree.Identifier, use: TSESTree.Node, file: SourceFile, frame: Frame | undefined): Value {
  const at = { node: use, file };
  const index = owner.params.findIndex((parameter) => holds(parameter, name));
  const parameter = owner.params[index];
  if (!parameter) return unknownValue(at, 'it is not a parameter');
  const writes = writesOf(variable).filter((write) => effectOfWrite(write, use) !== 'never');
  const passed = (): Value => applyPattern(reader, parameter, name, argumentOf(reader, owner, parameter, index, file, frame), file, frame);
  if (writes.length === 0) return afterChanges(reader, variable, passed(), use, file, frame);
  const sure = writes.some((write) => effectOf(write.target, use) === 'surely');
  const written = writes.map((write) => readWrite(reader, write, file, frame));
  return unionOf(at, sure ? written : [passed(), ...written], 'writes');
}

function argumentOf(reader: Reader, owner: ProjectFunction, parameter: TSESTree.Node, index: number, file: SourceFile, frame: Frame | undefined): Value {
  const at = { node: parameter, file };
  for (let current = frame; current; current = current.parent) {
    if (current.owner !== owner) continue;
    if (parameter.type === AST_NODE_TYPES.RestElement) {
      return { kind: 'array', ...at, elements: current.arguments.slice(index).map((value) => value ?? primitive(at, undefined)), open: current.open };
    }
    const value = current.arguments[index];
    if (value) return value;
    if (!current.open) return primitive(at, undefined);
    // A container calls the function and gives it what its types say.
    return injectedParameter(reader, parameter, at) ?? unknownValue(at, 'it is among spread arguments');
  }
  const injected = injectedParameter(reader, parameter, at);
  if (injected) return injected;
  const handed = callbackArgument(reader, owner, index, at, frame);
  if (handed) return handed;
  const unsettled: Value = { kind: 'parameter', ...at, owner, index, path: [] };
  return unsettled;
}

/** What a container gives to a parameter: by its decorator, or by its written type. */
function injectedParameter(reader: Reader, parameter: TSESTree.Node, at: Provenance): Value | undefined {
  const annotation = annotationOf(parameter);
  return injectedConfiguration(reader, parameter, at) ?? (annotation && injectedInstance(reader, annotation, at));
}

/** The written type of a parameter, whatever form the parameter has. */
export function annotationOf(parameter: TSESTree.Node): TSESTree.TypeNode | undefined {
  switch (parameter.type) {
    case AST_NODE_TYPES.TSParameterProperty: return annotationOf(parameter.parameter);
    case AST_NODE_TYPES.AssignmentPattern: return annotationOf(parameter.left);
    case AST_NODE_TYPES.Identifier:
    case AST_NODE_TYPES.ObjectPattern: return parameter.typeAnnotation?.typeAnnotation;
    default: return undefined;
  }
}
