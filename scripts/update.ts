/** `npm run update`: writes the generated parts of the documentation; with `--check` says which are out of step instead. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codemods } from '../codemods/index.ts';
import { rules } from '../rules/index.ts';
import { packageInfo } from '../src/package-info.ts';
import { generatedDocs } from './generated-docs.ts';

const { root } = packageInfo();
const check = process.argv.includes('--check');
const outdated = [...generatedDocs(root, rules, codemods)].filter(([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text);
for (const [path, text] of outdated) {
  if (!check) writeFileSync(join(root, path), text);
  process.stdout.write(`${check ? 'out of step' : 'wrote'}: ${path}\n`);
}
if (check && outdated.length > 0) {
  process.stdout.write('Run npm run update.\n');
  process.exitCode = 1;
} else if (outdated.length === 0) {
  process.stdout.write('The generated documentation is in step with the code.\n');
}
