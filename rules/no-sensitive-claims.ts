import { isRequestInput, isWholeRecord, payloadParts } from '../src/analysis/payloads.ts';
import { sensitiveName } from '../src/analysis/sensitive-names.ts';
import { defineRule } from '../src/define-rule.ts';

/** A signed token is readable: its payload is base64, not encryption. */
export const noSensitiveClaims = defineRule({
  name: 'no-sensitive-claims',
  description: 'Disallow passwords, secrets, identity numbers and whole records in the payload of a signed token.',
  messages: {
    property: '`{{name}}` puts {{what}} into the token, where everybody who holds it can read it: the payload is only encoded. Leave it out.',
    record: '`{{name}}` puts a whole record into the token, password hash and all, where everybody who holds it can read it. Choose the properties that belong in it.',
  },
  options: {
    schema: {
      personal: { type: 'boolean', description: 'Also report personal data, such as the standard profile claims of OpenID Connect.' },
      allow: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'Names of properties that may go into a token in this project.' },
    },
    defaults: { personal: false, allow: [] as readonly string[] },
  },
  references: ['RFC 7519 section 12', 'RFC 7515 section 10', 'CWE-200', 'CWE-312'],
  presets: { recommended: 'warn', strict: 'error', service: 'error' },
  *check(operation, { options, isEnabled }) {
    const { name, file } = operation;
    for (const part of payloadParts(operation)) {
      if (part.name !== undefined && options.allow.includes(part.name)) continue;
      // What a client sent is another defect.
      if (isEnabled('no-untrusted-payload') && isRequestInput(part, operation)) continue;
      const what = sensitiveName(part, options.personal);
      if (what !== undefined) yield { message: 'property', data: { name, what }, node: part.node, file, exploitability: 'depends' };
      else if (isWholeRecord(part, operation)) yield { message: 'record', data: { name }, node: part.node, file, exploitability: 'depends' };
    }
  },
});
