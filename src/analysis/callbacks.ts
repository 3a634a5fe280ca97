import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { Decoration } from '../libraries/descriptor.ts';
import type { AnyCall } from './call-nodes.ts';
import { contextMembers } from './context-members.ts';
import { type Handing, handingsOf } from './handed-functions.ts';
import { loadersOf } from './loaded-folders.ts';
import { namedType } from './origins.ts';
import type { Reader } from './reader.ts';
import { type Frame, possibilities, type ProjectFunction, type PropertyEntry, type Provenance, unionOf, unknownValue, type Value } from './value.ts';

const ELEMENT_METHODS = new Set(['forEach', 'map', 'filter', 'some', 'every', 'find', 'flatMap', 'findLast']);

/**
 * What a parameter receives from whoever is handed its function: a promise's value, an element of a list, an object of a
 * framework. The function is written as an argument, is named in one, or has a type that says who calls it.
 */
export function callbackArgument(reader: Reader, owner: ProjectFunction, index: number, at: Provenance, frame: Frame | undefined): Value | undefined {
  const call = callAround(owner);
  if (call) return writtenCallback(reader, owner, index, at, frame, call);
  const typed = typedArgument(reader, owner, index, at);
  if (typed) return typed;
  for (const handing of handingsOf(reader, owner, at.file)) {
    const handed = frameworkArgument(reader, handing, index, at, undefined);
    if (handed) return handed;
  }
  const loading = loadersOf(reader, owner, at.file).filter(({ decoration }) => isParameterOf(decoration, index));
  return loading.length > 0 ? decoratedValue(reader, loading, at) : undefined;
}

function writtenCallback(reader: Reader, owner: ProjectFunction, index: number, at: Provenance, frame: Frame | undefined, call: AnyCall): Value | undefined {
  const { callee } = call;
  if (callee.type === AST_NODE_TYPES.MemberExpression && !callee.computed && callee.property.type === AST_NODE_TYPES.Identifier) {
    const method = callee.property.name;
    if (method === 'then' && index === 0 && call.arguments[0] === owner) {
      const value = reader.evaluate(callee.object, at.file, frame);
      if (value.kind !== 'unknown') return value;
    }
    if (ELEMENT_METHODS.has(method) && index === 0) {
      const list = reader.evaluate(callee.object, at.file, frame);
      if (list.kind === 'array') return unionOf(at, list.open ? [...list.elements, unknownValue(at, 'the list may hold more')] : list.elements, 'condition');
    }
  }
  return frameworkArgument(reader, { call, file: at.file, direct: call.arguments.includes(owner as TSESTree.CallExpressionArgument) }, index, at, frame);
}

function frameworkArgument(reader: Reader, { call, file, direct }: Handing, index: number, at: Provenance, frame: Frame | undefined): Value | undefined {
  for (const callee of possibilities(reader.evaluate(call.callee, file, frame))) {
    if (callee.kind !== 'api') continue;
    const fitting = reader.catalogue.decorations(callee.library).filter(({ decoration }) => isParameterOf(decoration, index) && (direct || !decoration.direct) && decoration.callback !== undefined && matches(decoration.callback, callee.path));
    if (fitting.length > 0) return decoratedValue(reader, fitting, at);
  }
  return undefined;
}

/** What the type of a variable or property says of the function it holds: `const plugin: FastifyPluginAsync = async (fastify) => …`. */
function typedArgument(reader: Reader, owner: ProjectFunction, index: number, at: Provenance): Value | undefined {
  const type = typeOfFunction(owner);
  const api = type && namedType(reader, type, { node: type, file: at.file });
  if (api?.kind !== 'api') return undefined;
  const fitting = reader.catalogue.decorations(api.library).filter(({ decoration }) => isParameterOf(decoration, index) && decoration.functionTypes?.includes(api.path));
  return fitting.length > 0 ? decoratedValue(reader, fitting, at) : undefined;
}

function typeOfFunction({ parent }: ProjectFunction): TSESTree.TypeNode | undefined {
  switch (parent.type) {
    case AST_NODE_TYPES.TSSatisfiesExpression:
    case AST_NODE_TYPES.TSAsExpression: return parent.typeAnnotation;
    case AST_NODE_TYPES.VariableDeclarator: return parent.id.typeAnnotation?.typeAnnotation;
    case AST_NODE_TYPES.PropertyDefinition: return parent.typeAnnotation?.typeAnnotation;
    default: return undefined;
  }
}

function isParameterOf({ parameter = 0 }: Decoration, index: number): boolean {
  return parameter === index;
}

type Fitting = ReturnType<Reader['catalogue']['decorations']>;

/** An object of a framework, or a context whose members stand for a library's values: `({ jwt }) => …`. */
function decoratedValue(reader: Reader, fitting: Fitting, at: Provenance): Value {
  const whole = fitting.find(({ decoration }) => decoration.member === undefined);
  if (whole) return { kind: 'api', ...at, library: whole.library.name, path: whole.decoration.as };
  const entries = new Map<string, PropertyEntry>();
  for (const { library, decoration } of fitting) {
    for (const name of contextMembers(reader, library, decoration, at.file)) {
      entries.set(name, { value: { kind: 'api', ...at, library: library.name, path: decoration.as, member: name }, node: at.node, file: at.file, definite: true });
    }
  }
  return { kind: 'object', ...at, entries, open: true, because: 'it is the context of a framework' };
}

/** Whether an access path fits a pattern in which `*` stands for any name; a method may stand at the end of a chain: `app.use(plugin).get`. */
function matches(pattern: string, path: string): boolean {
  return new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('#', '[#.](?:[^.#()]*\\(\\)[.#])*')).join('[^.#()]*')}$`).test(path);
}

/** The call that a function is written into as an argument, directly or as a property of an options object. */
function callAround(owner: ProjectFunction): TSESTree.CallExpression | TSESTree.NewExpression | undefined {
  let node: TSESTree.Node = owner;
  for (let parent = node.parent; ; node = parent, parent = node.parent as TSESTree.Node) {
    switch (parent.type) {
      case AST_NODE_TYPES.CallExpression:
      case AST_NODE_TYPES.NewExpression:
        return parent.arguments.includes(node as TSESTree.CallExpressionArgument) ? parent : undefined;
      case AST_NODE_TYPES.TSAsExpression:
      case AST_NODE_TYPES.Property:
      case AST_NODE_TYPES.ObjectExpression:
      case AST_NODE_TYPES.ArrayExpression:
        continue;
      default:
        return undefined;
    }
  }
}
