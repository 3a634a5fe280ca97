import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { nodesOf } from './call-nodes.ts';
import type { SourceFile } from './source-file.ts';
import { primitive, type Provenance, unionOf, type Value } from './value.ts';

interface Defaults {
  /** Texts that the file writes into the environment itself: `process.env.JWT_SECRET ||= 'x'`. */
  readonly written: ReadonlyMap<string, TSESTree.Node>;
  /** Texts that a schema of the environment in this file gives by default: `z.string().default('x')`, `str({ default: 'x' })`. */
  readonly schema: ReadonlyMap<string, TSESTree.Node>;
}

const known = new WeakMap<SourceFile, Defaults>();

/** A reading of the environment together with the text that takes its place when the variable is not set. */
export function withDefault(reading: Value, receiver: Value, at: Provenance): Value {
  if (reading.kind !== 'environment' || reading.name === undefined) return reading;
  const isSchema = receiver.kind === 'api' && receiver.library === '#environment' && receiver.path === 'checked';
  const spare = isSchema ? defaultsOf(receiver.file).schema.get(reading.name) : defaultsOf(at.file).written.get(reading.name);
  if (spare?.type !== AST_NODE_TYPES.Literal) return reading;
  return unionOf(at, [{ ...reading, guaranteed: false }, primitive({ node: spare, file: isSchema ? receiver.file : at.file }, spare.value as string)], 'fallback');
}

function defaultsOf(file: SourceFile): Defaults {
  const before = known.get(file);
  if (before) return before;
  const written = new Map<string, TSESTree.Node>();
  const schema = new Map<string, TSESTree.Node>();
  const { text } = file.sourceCode;
  const mayWrite = /\benv(?:\.|\[)[^\n=]{1,60}(?:\|\||\?\?)?=[^=>]/.test(text);
  const mayDefault = /\bdefault\b/.test(text);
  if (mayWrite || mayDefault) {
    nodesOf(file).forEach((node) => {
      if (node.type === AST_NODE_TYPES.AssignmentExpression && isText(node.right)) {
        const [, name] = /^process\.env(?:\.|\[['"])([A-Za-z_]\w*)/.exec(file.sourceCode.getText(node.left as never)) ?? [];
        if (name !== undefined) written.set(name, node.right);
      }
      if (mayDefault && node.type === AST_NODE_TYPES.Property && node.key.type === AST_NODE_TYPES.Identifier && node.value.type === AST_NODE_TYPES.CallExpression) {
        const spare = defaultIn(node.value);
        if (spare) schema.set(node.key.name, spare);
      }
    });
  }
  const found = { written, schema };
  known.set(file, found);
  return found;
}

/** The text in `….default('x')…` or in the options `{ default: 'x' }` of a validator. */
function defaultIn(call: TSESTree.CallExpression): TSESTree.Node | undefined {
  const [first] = call.arguments;
  if (call.callee.type === AST_NODE_TYPES.MemberExpression) {
    if (call.callee.property.type === AST_NODE_TYPES.Identifier && (call.callee.property.name === 'default' || call.callee.property.name === 'catch') && first && isText(first)) return first;
    return call.callee.object.type === AST_NODE_TYPES.CallExpression ? defaultIn(call.callee.object) : undefined;
  }
  const option = first?.type === AST_NODE_TYPES.ObjectExpression ? first.properties.find((one): one is TSESTree.Property => one.type === AST_NODE_TYPES.Property && one.key.type === AST_NODE_TYPES.Identifier && one.key.name === 'default') : undefined;
  return option && isText(option.value) ? option.value : undefined;
}

function isText(node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.Literal && typeof node.value === 'string' && node.value !== '';
}
