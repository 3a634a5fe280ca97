import type { TSESTree } from '@typescript-eslint/utils';
import { AST_NODE_TYPES } from '@typescript-eslint/utils';
import { type Use, usesOf } from '../src/analysis/consumption.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { isFunction } from '../src/analysis/order.ts';
import { defineRule, type Remedy } from '../src/define-rule.ts';
import { addAwait } from '../src/remedies/add-await.ts';

/** Names of arguments through which a function that is not awaited still has the last word. */
const CONTINUATIONS = /^(?:next|done|cb|callback|res|response|reply|resolve|reject|ctx|context|h)$/;

/** A promise is no answer. */
export const noUnawaitedVerification = defineRule({
  name: 'no-unawaited-verification',
  description: 'Disallow verifications whose promise nobody waits for, so that a forged token is refused too late or never.',
  messages: {
    discarded: 'Nothing waits for `{{name}}`: the code goes on whether the token is valid or not. Await it.',
    tested: '`{{name}}` returns a promise, which is true for every token. Await it before testing.',
    opened: '`{{name}}` returns a promise, so this reads a property of the promise and not of the token. Await it.',
    stored: '`{{name}}` returns a promise, so every request gets a user here, whatever its token. Await it.',
  },
  remedies: { 'add-await': 'Wait for the verification with `await`.' },
  references: ['RFC 8725 section 3.3', 'CWE-347', 'CWE-252', 'CWE-367'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *check(operation, { file }) {
    if (operation.kind !== 'verify' && operation.kind !== 'decrypt') return;
    if (operation.model.middleware || operation.model.result?.delivers === 'function' || !givesPromise(operation)) return;
    const uses = usesOf(operation.node, file);
    if (uses.some(({ consumption }) => ['awaited', 'returned', 'chained', 'passed'].includes(consumption))) return;
    const wrong = uses.find(({ consumption }) => consumption !== 'discarded') ?? uses[0];
    if (!wrong || (wrong.consumption === 'discarded' && hasTheLastWord(operation))) return;
    yield {
      message: messageFor(wrong), node: operation.node, file, exploitability: 'exploitable', data: { name: operation.name },
      remedies: remediesFor(operation, uses),
    };
  },
});

function messageFor({ consumption }: Use): 'discarded' | 'tested' | 'opened' | 'stored' {
  if (consumption === 'tested') return 'tested';
  if (consumption === 'made-user') return 'stored';
  return consumption === 'opened' || consumption === 'opened-if-there' ? 'opened' : 'discarded';
}

/** The call gives a promise: by the library's nature, or because the project's function around it does. */
function givesPromise(operation: JwtOperation): boolean {
  if (!operation.wrapped) return operation.returnsPromise;
  const target = operation.evaluate(operation.node.callee);
  return target.kind === 'function' && (target.node.async || (operation.returnsPromise && operation.wrapped.node.parent === target.node));
}

/** A wrapper that is given `next` or the response decides by itself what goes on. */
function hasTheLastWord({ wrapped, node }: JwtOperation): boolean {
  return wrapped !== undefined && node.arguments.some((argument) => isFunction(argument as TSESTree.Node) || (argument.type === AST_NODE_TYPES.Identifier && CONTINUATIONS.test(argument.name)));
}

function remediesFor({ node, file }: JwtOperation, uses: readonly Use[]): readonly Remedy<'add-await'>[] {
  const edits = addAwait(node, uses, file);
  return edits ? [{ id: 'add-await', safety: 'stricter', edits }] : [];
}
