import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { Reader } from './reader.ts';
import { type Frame, type ProjectFunction, type Provenance, unionOf, unknownValue, type Value } from './value.ts';

const ELEMENT_METHODS = new Set(['forEach', 'map', 'filter', 'some', 'every', 'find', 'flatMap', 'findLast']);

/** What a parameter receives when its function is written as an argument of a call: a promise's value, an element of a list, a framework's object. */
export function callbackArgument(reader: Reader, owner: ProjectFunction, index: number, at: Provenance, frame: Frame | undefined): Value | undefined {
  const call = callAround(owner);
  if (!call) return undefined;
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
  return frameworkArgument(reader, call, owner, index, at, frame);
}

function frameworkArgument(reader: Reader, call: TSESTree.CallExpression | TSESTree.NewExpression, owner: ProjectFunction, index: number, at: Provenance, frame: Frame | undefined): Value | undefined {
  const callee = reader.evaluate(call.callee, at.file, frame);
  if (callee.kind !== 'api') return undefined;
  for (const { library, decoration } of reader.catalogue.decorations(callee.library)) {
    if (decoration.callback === undefined || (decoration.parameter ?? 0) !== index || !matches(decoration.callback, callee.path)) continue;
    if (decoration.member === undefined) return { kind: 'api', ...at, library: library.name, path: decoration.as };
  }
  const receiver = owner.params[index];
  const member = receiver && contextMember(reader, callee, index, at);
  return member;
}

/** A context whose members stand for a library's values: `({ jwt }) => …`. */
function contextMember(reader: Reader, callee: Extract<Value, { kind: 'api' }>, index: number, at: Provenance): Value | undefined {
  const fitting = reader.catalogue.decorations(callee.library).filter(({ decoration }) => decoration.callback !== undefined && decoration.member !== undefined && (decoration.parameter ?? 0) === index && matches(decoration.callback, callee.path));
  if (fitting.length === 0) return undefined;
  const entries = new Map(fitting.map(({ library, decoration }) => [decoration.member ?? '', { value: { kind: 'api', ...at, library: library.name, path: decoration.as } as Value, node: at.node, file: at.file, definite: true }]));
  return { kind: 'object', ...at, entries, open: true, because: 'it is the context of a framework' };
}

const patterns = new Map<string, RegExp>();

/** Whether an access path fits a pattern in which `*` stands for any name, also at the end of a chain: `app.use(plugin).get`. */
function matches(pattern: string, path: string): boolean {
  let regexp = patterns.get(pattern);
  if (!regexp) {
    regexp = new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('#', '[#.]')).join('(?:[^.#()]*\\(\\)[.#])*[^.#()]*')}$`);
    patterns.set(pattern, regexp);
  }
  return regexp.test(path);
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
