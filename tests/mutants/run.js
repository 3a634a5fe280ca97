/**
 * `npm run test:mutants [-- NAME...]`: compiles the mutation check into a temporary folder, which holds the mutants too, and runs it there.
 * Plain JavaScript, because it is what makes the TypeScript run.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const workspace = mkdtempSync(join(realpathSync(tmpdir()), 'jwt-guard-mutants-'));
process.on('exit', () => {
  rmSync(workspace, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

for (const folder of ['node_modules', 'docs']) symlinkSync(join(root, folder), join(workspace, folder), 'junction');
writeFileSync(join(workspace, 'package.json'), readFileSync(join(root, 'package.json')));
const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true, rewriteRelativeImportExtensions: true };
const compile = (path, text) => {
  const target = join(workspace, path.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, path.endsWith('.json') ? text : ts.transpileModule(text, { compilerOptions, fileName: path }).outputText);
};
for (const name of readdirSync(here).filter((file) => file.endsWith('.ts'))) compile(`tests/mutants/${name}`, readFileSync(join(here, name), 'utf8'));
const { session } = await import(pathToFileURL(join(workspace, 'tests/mutants/session.js')).href);
process.exit(await session({ root, workspace, compile, wanted: process.argv.slice(2) }));
