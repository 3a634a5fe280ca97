/** `npm run new -- NAME`: the three files of a new rule, ready to be filled in, and its line in the index. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const name = process.argv[2] ?? '';
const fail = (sentence) => {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
};
if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) fail('Give the name of the rule in lower case with hyphens: npm run new -- require-audience.');
const binding = name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());

const files = {
  [`rules/${name}.ts`]: `import { defineRule } from '../src/define-rule.ts';

/** Say in one sentence what is wrong with what this reports. */
export const ${binding} = defineRule({
  name: '${name}',
  description: 'Disallow what this rule is about.',
  messages: {
    found: '{{name}} does what it should not. Say what to do.',
  },
  references: ['RFC 8725 section 3'],
  presets: { strict: 'error' },
  *check(operation) {
    if (operation.kind !== 'verify') return;
    if (operation.setting('audience').state !== 'missing') return;
    yield { message: 'found', data: { name: operation.name }, node: operation.node, file: operation.file, exploitability: operation.exploitabilityOf('audience') };
  },
});
`,
  [`tests/rules/${name}.test.ts`]: `import { ${binding} } from '../../rules/${name}.ts';
import { runRule } from './run-rule.ts';

runRule(${binding}, {
  valid: [
    "import jwt from 'jsonwebtoken';\\njwt.verify(token, key, { audience: 'api' });",
  ],
  invalid: [
    {
      code: "import jwt from 'jsonwebtoken';\\njwt.verify(token, key);",
      errors: [{ message: 'found', line: 2, remedy: null }],
    },
  ],
});
`,
  [`docs/rules/${name}.md`]: `## Why it matters

Say what an attacker does, and what becomes of it.

## ❌ Incorrect

\`\`\`js bad
import jwt from 'jsonwebtoken';

jwt.verify(token, key);
\`\`\`

## ✅ Correct

\`\`\`js good
import jwt from 'jsonwebtoken';

jwt.verify(token, key, { audience: 'api' });
\`\`\`

## Options

None.

## Notes per library

None.

## When not to use it

Say when.

## References

- [RFC 8725 section 3](https://www.rfc-editor.org/rfc/rfc8725#section-3)
`,
};

for (const path of Object.keys(files)) if (existsSync(join(root, path))) fail(`${path} is there already.`);
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  process.stdout.write(`wrote ${path}\n`);
}

const index = join(root, 'rules/index.ts');
const before = readFileSync(index, 'utf8');
const list = /(?<=const rules: readonly AnyRule\[\] = \[\n)(?<entries>(?: {2}\w+,\n)*)(?=\];)/;
if (!list.test(before)) fail('rules/index.ts is not in the shape that this program knows: one rule a line. Add the line by hand.');
const sorted = (lines) => [...new Set(lines)].sort().join('\n');
const imports = before.match(/^import \{ \w+ \} from '\.\/.*;$/gm) ?? [];
const after = before
  .replace(list, (entries) => `${sorted([...entries.split('\n').filter(Boolean), `  ${binding},`])}\n`)
  .replace(/(?:^import \{ \w+ \} from '\.\/.*;\n)+|(?<=define-rule\.ts';\n)/m, `${sorted([...imports, `import { ${binding} } from './${name}.ts';`])}\n`);
writeFileSync(index, after);
process.stdout.write('wrote rules/index.ts\nNext: fill the three files in, then npm run update.\n');
