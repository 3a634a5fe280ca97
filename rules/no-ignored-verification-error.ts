import { usesOfResult } from '../src/analysis/consumption.ts';
import { ignoredByCallback, ignoredByHandlers } from '../src/analysis/failure-handling.ts';
import type { JwtOperation } from '../src/analysis/operation.ts';
import { possibilities, truthiness } from '../src/analysis/value.ts';
import { defineRule } from '../src/define-rule.ts';

/** A verification that fails without consequences is none. */
export const noIgnoredVerificationError = defineRule({
  name: 'no-ignored-verification-error',
  description: 'Disallow code that goes on as if a token were valid after its verification failed.',
  messages: {
    next: 'When `{{name}}` refuses the token, this lets the request go on. Refuse the request instead.',
    decode: 'When `{{name}}` refuses the token, this reads the very same token unverified. Refuse it instead.',
    true: 'When `{{name}}` refuses the token, this answers as if it were valid. Answer that it is not.',
    swallowed: 'The failure of `{{name}}` ends here and the code goes on as if the token were valid. Refuse it instead.',
    callback: 'The callback of `{{name}}` does not look at the error, so a refused token counts as a valid one. Test the error first.',
    untested: '`{{name}}` throws nothing for a token that is not valid but yields `{{failure}}`, and nothing tests that. Test the result and refuse.',
  },
  references: ['RFC 8725 section 3.3', 'RFC 7519 section 7.2', 'CWE-347', 'CWE-391', 'CWE-636'],
  presets: { recommended: 'error', strict: 'error', service: 'error' },
  *check(operation, { operations, file }) {
    if (operation.kind !== 'verify' && operation.kind !== 'decrypt') return;
    const { delivers, failure } = operation.model.result ?? {};
    if (operation.model.middleware || delivers === 'function') return;
    const common = { file, exploitability: 'exploitable', data: { name: operation.name } } as const;
    if (failure !== undefined && failure !== 'throws' && !throwsOnRequest(operation)) {
      if (!operation.wrapped && isUntested(operation)) yield { ...common, message: 'untested', node: operation.node, data: { name: operation.name, failure: failure === 'undefined' ? 'nothing' : failure } };
      return;
    }
    const ignored = ignoredByCallback(operation, operations) ?? ignoredByHandlers(operation, operations);
    if (ignored && ignored.how !== 'untested') yield { ...common, message: ignored.how, node: ignored.node };
  },
});

/** Some libraries throw if they are asked to. */
function throwsOnRequest(operation: JwtOperation): boolean {
  // What stands in the place of an algorithm and is not known to be a name may be options just as well.
  const algorithm = operation.argument('algorithm');
  if (algorithm && possibilities(algorithm).some((one) => one.kind !== 'primitive')) return true;
  const options = operation.argument('options');
  if (options?.kind !== 'object') return options !== undefined && options.kind !== 'primitive';
  const entry = options.entries.get('throwError');
  return entry ? truthiness(entry.value) !== false : options.open;
}

/** Whether nothing ever asks if the result is one. */
function isUntested({ node, file, returnsPromise, model }: JwtOperation): boolean {
  const isFalse = model.result?.failure === 'false';
  // A property of `false` is just missing; a property of nothing throws.
  return usesOfResult(node, returnsPromise, file).every(({ consumption }) => consumption === 'discarded' || consumption === 'made-user' || (isFalse && consumption === 'opened'));
}
