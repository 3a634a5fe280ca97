import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import type { FunctionValue, PropertyEntry } from '../../analysis/value.ts';
import { variableOf } from '../../analysis/variables.ts';
import { isFreeName, isTypeScript, usesOfName } from '../loads.ts';
import { returnPromise } from '../promise-functions.ts';
import type { Rewriting } from '../rewriting.ts';

/** What a callback option was given between the request and its callback: parts of the token. */
export type KeyCallback = readonly ('header' | 'payload')[];

const NAMES = ['token', 'decodedToken', 'completeToken'];

/**
 * Turns `(req, payload, done) => …` into `async (req, token) => …`. Gives the reason where that is not simple.
 */
export function promiseOption(value: FunctionValue, entry: PropertyEntry, given: KeyCallback, rewriting: Rewriting): string | undefined {
  const { node: owner, file } = value;
  if (file !== rewriting.file) return 'It stands in another file.';
  if (!isOnlyUsedHere(value, entry, rewriting)) return 'It is used elsewhere too.';
  const [request, ...rest] = owner.params;
  const callback = rest.at(-1);
  if (!request || callback?.type !== AST_NODE_TYPES.Identifier || rest.some(({ type }) => type !== AST_NODE_TYPES.Identifier)) return 'Its parameters are patterns or have defaults.';
  const token = NAMES.find((name) => isFreeName(name, file));
  if (token === undefined) return 'No name is free for the token.';
  const isTyped = rest.some((parameter) => (parameter as TSESTree.Identifier).typeAnnotation !== undefined) || isTypeScript(file);
  let used = false;
  for (const [index, part] of given.entries()) {
    const parameter = rest[index] as TSESTree.Identifier;
    for (const use of usesOfName(parameter, file)) {
      if (isTyped && part === 'payload') return 'It reads claims, whose type in version 8 has to be narrowed by hand.';
      if (isWritten(use)) return `It writes to its parameter \`${parameter.name}\`.`;
      used = true;
      const shorthand = use.parent.type === AST_NODE_TYPES.Property && use.parent.shorthand;
      rewriting.replace(use.range, `${shorthand ? `${use.name}: ` : ''}${token}?.${part}`);
    }
  }
  rewriting.replace([request.range[1], callback.range[1]], used ? `, ${token}` : '');
  if (owner.returnType) return 'Its written type of result has to change.';
  return returnPromise(owner, callback, rewriting);
}

function isWritten(use: TSESTree.Identifier): boolean {
  const { parent } = use;
  return (parent.type === AST_NODE_TYPES.AssignmentExpression && parent.left === use) || parent.type === AST_NODE_TYPES.UpdateExpression;
}

/** Written into the option itself, or a function of this file that is named nowhere but in options of this name. */
function isOnlyUsedHere({ node: owner }: FunctionValue, { node: entry }: PropertyEntry, { file }: Rewriting): boolean {
  if (entry.type === AST_NODE_TYPES.Property && entry.value === owner) return true;
  const name = owner.type === AST_NODE_TYPES.FunctionDeclaration ? owner.id : owner.parent.type === AST_NODE_TYPES.VariableDeclarator && owner.parent.id.type === AST_NODE_TYPES.Identifier ? owner.parent.id : undefined;
  const variable = name && variableOf(name, file);
  if (owner.parent.type === AST_NODE_TYPES.ExportNamedDeclaration) return false;
  const option = entry.type === AST_NODE_TYPES.Property && entry.key.type === AST_NODE_TYPES.Identifier ? entry.key.name : undefined;
  return variable?.references.every((reference) => {
    const { parent } = reference.identifier as TSESTree.Node;
    return reference.init === true || (parent?.type === AST_NODE_TYPES.Property && parent.key.type === AST_NODE_TYPES.Identifier && parent.key.name === option);
  }) ?? false;
}
