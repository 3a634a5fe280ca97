import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { provenAlgorithms } from '../../analysis/algorithm-evidence.ts';
import type { JwtOperation } from '../../analysis/operation.ts';
import { possibilities, type ObjectValue, type PropertyEntry, type Value } from '../../analysis/value.ts';
import type { MigrationContext } from '../../migration.ts';
import { algorithmList } from '../../remedies/algorithms.ts';
import { removeProperty } from '../../remedies/properties.ts';
import { setMissing, setOption } from '../../remedies/set-setting.ts';
import { quote } from '../../remedies/style.ts';
import { replaceValue } from '../../remedies/values.ts';
import type { Rewriting } from '../rewriting.ts';
import { type KeyCallback, promiseOption } from './callbacks.ts';

/** Parameters of the callbacks that an option took, behind the request, by the number of all of them. */
const CALLBACKS: Readonly<Record<string, Readonly<Record<number, KeyCallback>>>> = {
  secret: { 3: ['payload'], 4: ['header', 'payload'] },
  isRevoked: { 3: ['payload'] },
};

/** The options of a middleware, or the reason why they are not known. */
export function optionsOf(operation: JwtOperation): ObjectValue | string {
  const options = operation.argument('options');
  if (options?.kind === 'object' && !options.open) return options;
  if (options?.kind === 'object') return `Some options of \`${operation.name}\` cannot be seen because ${options.because ?? 'they come from elsewhere'}.`;
  return `The options of \`${operation.name}\` cannot be seen${options?.kind === 'unknown' ? ` because ${options.because}` : ''}, so that nothing says which of them have to change.`;
}

/** Writes the options of a middleware in the terms of version 8, but for the property of the request. */
export function rewriteOptions(operation: JwtOperation, options: ObjectValue, context: MigrationContext, rewriting: Rewriting): void {
  const result = options.entries.get('resultProperty');
  if (result) rewriting.refuse(placeOf(result, operation), '`resultProperty` puts the claims on the response, which version 8 does not.');
  const isFirst = rewriting.isFirst(options.node, 'options');
  if (isFirst) renameUserProperty(operation, options, rewriting);
  for (const [name, byCount] of Object.entries(CALLBACKS)) {
    const entry = options.entries.get(name);
    if (entry && rewriting.isFirst(entry.node, name)) rewriteCallback(name, entry, byCount, operation, rewriting);
  }
  if (isFirst) pinAlgorithms(operation, context, rewriting);
}

function rewriteCallback(name: string, entry: PropertyEntry, byCount: Readonly<Record<number, KeyCallback>>, operation: JwtOperation, rewriting: Rewriting): void {
  for (const value of possibilities(entry.value)) {
    const place = placeOf(entry, operation);
    if (value.kind === 'function') {
      const parameters = byCount[value.node.params.length];
      // Fewer parameters than a callback needs: it never called one, and gives what it returns.
      const reason = value.node.params.length < 3 || !rewriting.isFirst(value.node, 'promise') ? undefined : parameters ? promiseOption(value, entry, parameters, rewriting) : `\`${name}\` takes more parameters than express-jwt gives it.`;
      if (reason !== undefined) rewriting.refuse(place, `\`${name}\` cannot be written as a function that returns a promise. ${reason}`);
    } else if (name === 'isRevoked' && !isNothing(value)) {
      adaptRevocation(entry, operation, rewriting);
    }
  }
}

function isNothing(value: Value): boolean {
  return value.kind === 'primitive' && (value.value === undefined || value.value === null || value.value === false);
}

/** A function of another package that takes a callback is called with one. */
function adaptRevocation(entry: PropertyEntry, operation: JwtOperation, rewriting: Rewriting): void {
  const value = entry.node.type === AST_NODE_TYPES.Property && entry.file === rewriting.file && !entry.node.shorthand ? entry.node.value : undefined;
  if (value?.type !== AST_NODE_TYPES.Identifier && value?.type !== AST_NODE_TYPES.MemberExpression) {
    rewriting.refuse(placeOf(entry, operation), '`isRevoked` comes from elsewhere, and it is not seen how it answers.');
    return;
  }
  rewriting.insert(value.range[0], '(req, token) => new Promise((resolve, reject) => ');
  rewriting.insert(value.range[1], '(req, token?.payload, (error, revoked) => (error ? reject(error) : resolve(revoked))))');
}

/** `userProperty` went before `requestProperty`, which is the only name that is left. */
function renameUserProperty(operation: JwtOperation, options: ObjectValue, rewriting: Rewriting): void {
  const old = options.entries.get('userProperty');
  if (!old) return;
  const property = ownProperty(old, rewriting);
  const other = options.entries.get('requestProperty');
  const overridden = other && ownProperty(other, rewriting);
  if (!property || (other && !overridden)) {
    rewriting.refuse(placeOf(old, operation), '`userProperty` has to be called `requestProperty`, where its text stands.');
    return;
  }
  if (overridden) rewriting.add([removeProperty(overridden, rewriting.file)]);
  rewriting.replace(property.key.range, property.shorthand ? 'requestProperty: userProperty' : 'requestProperty');
}

function ownProperty(entry: PropertyEntry, { file }: Rewriting): TSESTree.Property | undefined {
  return entry.file === file && entry.node.type === AST_NODE_TYPES.Property && !entry.node.computed ? entry.node : undefined;
}

function placeOf(entry: PropertyEntry, operation: JwtOperation): TSESTree.Node {
  return entry.file === operation.file ? entry.node : operation.node;
}

/** Version 8 does not start without a list of algorithms. */
function pinAlgorithms(operation: JwtOperation, { operations, policy }: MigrationContext, rewriting: Rewriting): void {
  const setting = operation.setting('algorithms');
  if (setting.state === 'set') {
    const { value } = setting;
    if (value.kind === 'primitive' && typeof value.value === 'string') {
      const edits = replaceValue(operation, setting, algorithmList([value.value], operation.file));
      if (edits) rewriting.add(edits);
      else rewriting.leave(operation.node, `\`${operation.name}\` throws at the start of the program: \`algorithms\` has to be a list.`);
    }
    return;
  }
  if (setting.state === 'unknown') return;
  const proven = provenAlgorithms(operation, operations, policy);
  const edits = proven && setMissing(operation, 'algorithms', algorithmList(proven, operation.file));
  if (edits) rewriting.add(edits);
  else rewriting.leave(operation.node, `\`${operation.name}\` throws at the start of the program without \`algorithms\`, and nothing proves which ones are issued. List them.`);
}

/** Keeps the claims where the rest of the program reads them; false where the options cannot be written to. */
export function keepOnUser(operation: JwtOperation, options: ObjectValue, rewriting: Rewriting): boolean {
  const edits = setOption(operation, ['requestProperty'], quote('user', operation.file));
  if (edits && rewriting.isFirst(options.node, 'requestProperty')) rewriting.add(edits);
  return edits !== undefined;
}
