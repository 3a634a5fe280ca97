import { knownTexts } from '../src/analysis/algorithm-evidence.ts';
import { persistedTokens } from '../src/analysis/persisted-state.ts';
import { holdsToken, isComputed, isWrittenToken, keyNamesToken, namesKept, tokenIn } from '../src/analysis/token-evidence.ts';
import { cookieWrites, evidenceIn, storeWrites } from '../src/analysis/token-sinks.ts';
import { possibilities, type Value } from '../src/analysis/value.ts';
import { defineRule } from '../src/define-rule.ts';

/** What a script of the page can read, every script that gets into the page can send away. */
export const noTokenInWebStorage = defineRule({
  name: 'no-token-in-web-storage',
  description: 'Disallow keeping tokens where scripts of the page can read them.',
  messages: {
    stored: 'A token in `{{store}}` can be read by every script that gets into the page. Keep it in memory, or in a cookie with `httpOnly` that the server sets.',
    inside: 'This writes an object that holds a token to `{{store}}`, where every script that gets into the page can read it. Leave the token out of it.',
    cookie: 'A cookie that a script writes can be read by every script that gets into the page. Let the server set it, with `httpOnly`.',
  },
  references: ['RFC 6750 section 5.3', 'CWE-922', 'CWE-1004'],
  presets: { recommended: 'warn', strict: 'error', service: 'error', browser: 'error' },
  *checkFile({ file, operations }) {
    const evidence = evidenceIn(file, operations);
    const common = { file, exploitability: 'hardening' } as const;
    for (const { node, store, key, keyText, value } of storeWrites(evidence)) {
      // `localStorage.setItem('token', '')` and `'token=; Max-Age=0'` take a token away.
      const written = evidence.reader.evaluate(value, file);
      if (isWrittenToken(written)) yield { ...common, message: 'stored', node, data: { store } };
      if (isWrittenOut(written) || isComputed(value)) continue;
      if (store === 'document.cookie') {
        const name = /^['"`]\s*([\w.:-]+)\s*=/.exec(file.sourceCode.getText(value as never))?.[1];
        if (name === undefined ? tokenIn(value, evidence) : namesKept(name, file)) yield { ...common, message: 'cookie', node };
        continue;
      }
      const text = keyText ?? knownTexts(evidence.reader.evaluate(key ?? value, file))?.[0];
      const byKey = keyText !== undefined ? namesKept(keyText, file) : keyNamesToken(key, evidence);
      if (byKey) yield { ...common, message: 'stored', node, data: { store } };
      else {
        const token = tokenIn(value, evidence);
        if (token) yield { ...common, message: token === value ? 'stored' : 'inside', node, data: { store } };
        else if (holdsToken(value, text, evidence)) yield { ...common, message: 'inside', node, data: { store } };
      }
    }
    for (const { node, store } of persistedTokens(evidence)) yield { ...common, message: 'stored', node, data: { store } };
    for (const { node, name, value, inBrowser } of cookieWrites(evidence)) {
      if (inBrowser && value && (keyNamesToken(name, evidence) || tokenIn(value, evidence)) && !isWrittenOut(evidence.reader.evaluate(value, file))) yield { ...common, message: 'cookie', node };
    }
  },
});

function isWrittenOut(value: Value): boolean {
  return possibilities(value).every((one) => one.kind === 'primitive');
}
