import { acceptsOnlyAsymmetric } from '../src/analysis/algorithm-evidence.ts';
import { isPublished, runsInBrowser } from '../src/analysis/browser-files.ts';
import { isWrittenSecret, keyUses, placeOfKey } from '../src/analysis/key-uses.ts';
import { readerOf } from '../src/analysis/operations.ts';
import { credentialPlaces } from '../src/analysis/sent-credentials.ts';
import { possibilities } from '../src/analysis/value.ts';
import { defineRule } from '../src/define-rule.ts';

/** What a browser runs, everybody can read. */
export const noBrowserClientSecret = defineRule({
  name: 'no-browser-client-secret',
  description: 'Disallow signing keys and client secrets in code that runs in a browser.',
  messages: {
    published: '`{{variable}}` is built into the script that every visitor loads, and here it is used as {{use}}. Keep it on the server, and replace the old value.',
    browser: 'This code runs in a browser, where every visitor can read the {{use}} it uses. Let a server do this, and replace the old value.',
  },
  references: ['RFC 6749 section 2.1', 'RFC 9700 section 2.5', 'RFC 8725 section 3.5', 'CWE-522', 'CWE-798'],
  presets: { recommended: 'error', browser: 'error' },
  *checkFile({ file, operations, isEnabled }) {
    const inBrowser = runsInBrowser(file);
    for (const use of keyUses(operations.filter(({ kind }) => kind !== 'key-set'))) {
      const { possibility, operation } = use;
      const place = placeOfKey(use, file);
      const common = { node: place.node, file: place.file, exploitability: 'exploitable' as const };
      if (possibility.family === 'public' || acceptsOnlyAsymmetric(operation)) continue;
      const what = possibility.family === 'private' || operation.kind === 'sign' ? 'signing key' : 'secret';
      if (possibility.material === 'environment' && isPublished(possibility.name)) yield { ...common, message: 'published', data: { variable: possibility.name, use: `a ${what}` } };
      else if (inBrowser && (possibility.material === 'environment' || (isWrittenSecret(possibility) && !isEnabled('no-hardcoded-secret')))) yield { ...common, message: 'browser', data: { use: what } };
    }
    for (const { kind, node } of [...credentialPlaces(file)].filter((place) => place.kind !== 'password')) {
      for (const value of possibilities(readerOf(file).evaluate(node, file))) {
        const common = { node, file, exploitability: 'exploitable' as const };
        if (value.kind === 'environment' && isPublished(value.name)) yield { ...common, message: 'published', data: { variable: value.name, use: `a ${kind}` } };
        else if (inBrowser && (value.kind === 'environment' || (value.kind === 'primitive' && typeof value.value === 'string' && value.value !== '' && !isEnabled('no-hardcoded-secret')))) yield { ...common, message: 'browser', data: { use: kind } };
      }
    }
  },
});
