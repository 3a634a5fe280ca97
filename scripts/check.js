/**
 * `npm run check`: everything that must hold before a release. Types, lint, build, tests (which hold the documentation in
 * step), and the packed package used from outside: by ESLint, by plain jscodeshift and by its command line.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Started by npm, this process has npm's settings for this project, which are not those of a project that takes the package. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_config_(?:legacy_peer_deps|omit_lockfile_registry_resolved)$/i.test(name)));

/** Runs a command and gives what it printed; its exit code must be the expected one. */
function run(title, command, args, { cwd = root, expect = 0, quiet = false } = {}) {
  process.stdout.write(`\n--- ${title}\n`);
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env: environment, encoding: 'utf8', stdio: quiet ? 'pipe' : ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' });
  if (error || status !== expect) {
    process.stdout.write(`${stdout ?? ''}${stderr ?? ''}${title}: exit code ${status}, expected ${expect}.\n`);
    process.exit(1);
  }
  // Warnings of npm about the machine go to the other stream.
  return stdout ?? '';
}

function must(condition, sentence, detail = '') {
  if (condition) return;
  process.stdout.write(`${sentence}\n${detail}\n`);
  process.exit(1);
}

run('Types', 'npx', ['tsc', '--noEmit']);
run('Lint', 'npx', ['eslint', '.']);
run('Build', process.execPath, ['scripts/build.js']);
run('Tests', 'npx', ['vitest', 'run']);

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'jwt-guard-pack-'));
try {
  const packed = JSON.parse(run('Pack', 'npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { quiet: true }).replace(/^[^[]*/, ''));
  const [{ filename, files }] = packed;
  must(!files.some(({ path }) => /^dist\/(?:scripts|tests)\//.test(path)), 'The package holds files that only its makers need.');
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies: { jsonwebtoken: '^9.0.0' } }));
  const bad = "import jwt from 'jsonwebtoken';\n\nexport const read = (token) => jwt.verify(token, process.env.JWT_SECRET, { algorithms: ['HS256', 'none'] });\n";
  writeFileSync(join(project, 'service.js'), bad);
  run('Install the package', 'npm', ['install', '--no-audit', '--no-fund', join(folder, filename), `eslint@${devDependencies.eslint}`, `jscodeshift@${devDependencies.jscodeshift}`], { cwd: project, quiet: true });

  writeFileSync(join(project, 'eslint.config.js'), "import jwtGuard from 'eslint-plugin-jwt-guard';\n\nexport default [...jwtGuard.configs.recommended];\n");
  const spread = run('ESLint with the spread preset', 'npx', ['eslint', '.'], { cwd: project, expect: 1, quiet: true });
  must(spread.includes('jwt-guard/no-none-algorithm'), 'The preset does not report the none algorithm.', spread);
  writeFileSync(join(project, 'eslint.config.js'), "import { defineConfig } from 'eslint/config';\nimport jwtGuard from 'eslint-plugin-jwt-guard';\n\nexport default defineConfig([{ files: ['**/*.js'], plugins: { 'jwt-guard': jwtGuard }, extends: ['jwt-guard/recommended'] }]);\n");
  must(run('ESLint with extends', 'npx', ['eslint', '.'], { cwd: project, expect: 1, quiet: true }).includes('jwt-guard/no-none-algorithm'), 'extends does not report the none algorithm.');
  rmSync(join(project, 'eslint.config.js'));
  writeFileSync(join(project, 'eslint.config.cjs'), "const jwtGuard = require('eslint-plugin-jwt-guard');\n\nmodule.exports = [...jwtGuard.configs.recommended];\n");
  must(run('ESLint with a CommonJS configuration', 'npx', ['eslint', '.'], { cwd: project, expect: 1, quiet: true }).includes('jwt-guard/no-none-algorithm'), 'A CommonJS configuration does not report the none algorithm.');

  run('The command line reports', 'npx', ['jwt-guard', 'check', 'service.js'], { cwd: project, expect: 1, quiet: true });

  const transforms = readdirSync(join(project, 'node_modules/eslint-plugin-jwt-guard/codemods')).filter((name) => name.endsWith('.js'));
  must(transforms.length > 0, 'The package holds no codemods.');
  for (const name of transforms) {
    const path = `node_modules/eslint-plugin-jwt-guard/codemods/${name}`;
    must(existsSync(join(project, path)), `There is no ${path}.`);
    const output = run(`jscodeshift -t ${path}`, 'npx', ['jscodeshift', '--no-babel', '--fail-on-error', '--dry', '--run-in-band', '--extensions=js,jsx,mjs,cjs,ts,tsx,mts,cts', '-t', path, 'service.js'], { cwd: project, quiet: true });
    must(/0 errors/.test(output), `${name} does not run through jscodeshift.`, output);
  }
  run('jscodeshift repairs', 'npx', ['jscodeshift', '--no-babel', '--fail-on-error', '-t', 'node_modules/eslint-plugin-jwt-guard/codemods/remove-none-algorithm.js', 'service.js'], { cwd: project, quiet: true });
  const repaired = readFileSync(join(project, 'service.js'), 'utf8');
  must(repaired === bad.replace("['HS256', 'none']", "['HS256']"), 'The codemod changed something else than the list.', repaired);
  process.stdout.write('\nEverything holds.\n');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
