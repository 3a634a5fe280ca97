/**
 * `npm run demo`: the project's main job on the example services. Reports their mistakes, lists their operations, repairs a
 * copy in two phases, prints the diff, and starts the services before and after to see who gets in. Exits with 1 where
 * anybody gets in who should not, or an honest caller does not.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { copyExamples, pristine, runScenario } from '../examples/attacks/index.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'dist/src/cli/bin.js');
const say = (text) => process.stdout.write(`${text}\n`);
const heading = (text) => say(`\n=== ${text} ===\n`);

/** Runs the command line, shows what it prints, and gives its exit code. */
function jwtGuard(args, { cwd, show = true }) {
  say(`$ jwt-guard ${args.join(' ')}\n`);
  const { status, stdout } = spawnSync(process.execPath, [bin, ...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 * 1024 * 1024 });
  if (show) say(stdout);
  if (status === 2 || status === null) throw new Error('jwt-guard could not run.');
  return { status, stdout };
}

/** Who got in, against who should. Gives the number of surprises. */
function show(results, expectation) {
  const words = (accepted) => (accepted ? 'accepted' : 'refused');
  const noteOn = (result) => {
    if (result.accepted !== result[expectation]) return `should be ${words(result[expectation])}`;
    return expectation === 'expectedAfter' && result.kind === 'attack' && result.accepted ? 'left for a person' : '';
  };
  const table = new Table({ head: ['', 'request', 'as written', ...(expectation === 'expectedAfter' ? ['repaired'] : []), ''], style: { head: [], border: [], compact: true } });
  for (const result of results) table.push([result.kind, result.name, words(result.expectedBefore), ...(expectation === 'expectedAfter' ? [words(result.accepted)] : []), noteOn(result)]);
  say(table.toString());
  const count = (kind, accepted) => results.filter((result) => result.kind === kind && result.accepted === accepted).length;
  say(`Honest requests: ${count('honest', true)} accepted, ${count('honest', false)} refused. Attacks: ${count('attack', false)} fail, ${count('attack', true)} succeed.`);
  return results.filter((result) => result.accepted !== result[expectation]).length;
}

async function demo() {
  const codemods = new Set((await import('../dist/codemods/index.js')).codemods.map(({ name }) => name));

  heading('1. The example services, as people write them');
  jwtGuard(['check', '--no-config', 'examples'], { cwd: root });

  heading('2. What is proven of each operation, and what cannot be seen');
  jwtGuard(['inventory', '--no-config', 'examples/issuer'], { cwd: root });

  heading('3. Who gets in');
  let surprises = show(await runScenario({ root: pristine }), 'expectedBefore');

  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'jwt-guard-demo-'));
  try {
    const shop = join(folder, 'shop');
    await copyExamples(shop);
    heading('4. Repairing a copy: first what issuers write, then what services demand');
    for (const phase of ['issue', 'enforce']) {
      const args = ['fix', '--no-config', '--policy', 'policy.json', '--phase', phase];
      const { changes } = JSON.parse(jwtGuard([...args, '--dry', '--json'], { cwd: shop, show: false }).stdout);
      for (const { diff } of changes) say(diff);
      jwtGuard(args, { cwd: shop, show: phase === 'enforce' });
    }

    heading('5. Who gets in now');
    // A mistake counts as repaired if a codemod exists for it; the others stay for a person.
    const results = await runScenario({ root: shop, repaired: ({ repair }) => codemods.has(repair) });
    surprises += show(results, 'expectedAfter');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

  heading(surprises === 0 ? 'Every request was answered as it should be' : `${surprises} requests were not answered as they should be`);
  return surprises === 0 ? 0 : 1;
}

demo().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
