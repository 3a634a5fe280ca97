/**
 * Builds the package: compiles `src`, `rules`, `codemods` and `scripts` into `dist`, and writes `codemods/NAME.js` at the
 * package's root, so that a codemod has the same short path on disk as in the package's exports. Plain JavaScript,
 * because it is what makes the TypeScript run.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const namesIn = (folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.js'));

rmSync(join(root, 'dist'), { recursive: true, force: true });
for (const name of namesIn('codemods')) rmSync(join(root, 'codemods', name));

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [tsc, '--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

for (const name of namesIn('dist/codemods').filter((file) => file !== 'index.js')) {
  writeFileSync(join(root, 'codemods', name), `// ${basename(name, '.js')}, for \`jscodeshift --no-babel -t\`.\nexport { default } from '../dist/codemods/${name}';\n`);
}
// What the compiler does not carry over, because it is read and not imported.
copyFileSync(join(root, 'src', 'evidence.json'), join(root, 'dist', 'src', 'evidence.json'));
chmodSync(join(root, 'dist', 'src', 'cli', 'bin.js'), 0o755);
