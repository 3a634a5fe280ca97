import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { JwtOperation } from '../../analysis/operation.ts';
import type { Value } from '../../analysis/value.ts';
import { isTypeScript } from '../loads.ts';
import type { Rewriting } from '../rewriting.ts';

/** One option of a call, as text that can stand elsewhere. */
export interface Option {
  readonly name: string;
  readonly value: Value;
  /** The expression that gives it. */
  readonly node: TSESTree.Node;
  readonly text: string;
  readonly property: TSESTree.Property;
  /** It is read from an object with a name, where it stays. */
  readonly isConstant: boolean;
}

/** The options of a call by name; the reason where they cannot be seen whole. */
export function optionsOf(operation: JwtOperation, rewriting: Rewriting): ReadonlyMap<string, Option> | string {
  const node = operation.argumentNode('options');
  const value = operation.argument('options');
  if (!node || (value?.kind === 'primitive' && (value.value === undefined || value.value === null))) return new Map();
  if (value?.kind !== 'object' || value.open) return `The options of \`${operation.name}\` cannot be seen whole${value?.kind === 'unknown' ? ` because ${value.because}` : ''}.`;
  const isConstant = node.type !== AST_NODE_TYPES.ObjectExpression;
  if (isConstant && node.type !== AST_NODE_TYPES.Identifier) return `The options of \`${operation.name}\` are put together elsewhere.`;
  const options = new Map<string, Option>();
  for (const [name, entry] of value.entries) {
    const property = entry.node;
    if (property.type !== AST_NODE_TYPES.Property || entry.file !== rewriting.file || !entry.definite) return `The option \`${name}\` of \`${operation.name}\` is written in a place that is not carried over.`;
    if (!isConstant && property.parent !== node) return `The options of \`${operation.name}\` are put together elsewhere.`;
    options.set(name, { name, value: entry.value, node: property.value, property, isConstant, text: isConstant ? `${rewriting.text(node)}.${name}` : asText(property.value, rewriting) });
  }
  return options;
}

/** jsonwebtoken throws for an undefined claim, and jose does; the compiler is told that it is there. */
function asText(node: TSESTree.Node, rewriting: Rewriting): string {
  const text = rewriting.text(node);
  return isTypeScript(rewriting.file) && /^process\.env(?:\.\w+|\[[^\]]+\])$/.test(text) ? `${text}!` : text;
}
