import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type RegisteredCase, takeRegistered } from './case-registry.ts';
import { equivalent } from './equivalent.ts';
import { instrument, type Mutant } from './instrument.ts';

/** What the start script hands over. */
export interface Session {
  /** Folder of the project, which is only read. */
  readonly root: string;
  /** Temporary folder for the compiled modules. */
  readonly workspace: string;
  compile(path: string, text: string): void;
  /** Rule names, also with the only line to change (`no-none-algorithm:42`), or `analysis`; all where empty. */
  readonly wanted: readonly string[];
}

interface Outcome {
  readonly mutant: Mutant;
  readonly state: 'killed' | 'survived' | 'equivalent' | 'not run';
  /** The cases that failed: the first one, or all with `--every-failure`. */
  readonly failing: readonly string[];
}

const ANALYSIS = 'analysis';
const ANALYSIS_SAMPLE = 60;
/** What a rule leaves to others shows only where several run. */
const PRECEDENCE = 'tests/precedence.test';
const SEED = 8725;
/** So that a run ends: what is left over is reported as not run. */
const SECONDS_PER_RULE = 300;
const SECONDS_FOR_ANALYSIS = 900;
/** An analysis mutant that survives this many of the cases that reach it counts as survived. */
const CASES_PER_ANALYSIS_MUTANT = 150;
/** A mutated loop may have no end. No case asks the switches nearly this often. */
const PATIENCE = 2_000_000;

let active: number | undefined;
let reached = new Set<number>();
let switchesAsked = 0;
Object.assign(globalThis, {
  isMutant(id: number): boolean {
    reached.add(id);
    if (active !== undefined && ++switchesAsked > PATIENCE) throw new Error('This mutant does not come to an end.');
    return id === active;
  },
});

/** Runs the mutants and says which of them no test notices. Gives the exit code. */
export async function session({ root, workspace, compile, wanted }: Session): Promise<number> {
  const everyFailure = wanted.includes('--every-failure');
  const asked = wanted.filter((name) => !name.startsWith('--')).map((name) => name.split(':'));
  const names = asked.map(([name = '']) => name);
  const lines = new Map(asked.map(([name = '', line]) => [name, line]));
  const ruleNames = readdirSync(join(root, 'rules')).filter((name) => name.endsWith('.ts') && name !== 'index.ts').map((name) => name.slice(0, -'.ts'.length));
  const unknown = names.filter((name) => name !== ANALYSIS && !ruleNames.includes(name));
  if (unknown.length > 0) throw new Error(`No such rule: ${unknown.join(', ')}.`);
  const chosen = names.length > 0 ? names : [...ruleNames, ANALYSIS];
  const mutants = compileAll({ root, compile, chosen });

  const outcomes: Outcome[] = [];
  for (const name of chosen) {
    const only = lines.get(name);
    const own = mutants.filter(({ file, line }) => (name === ANALYSIS ? file.startsWith('src/analysis/') : file === `rules/${name}.ts`) && (only === undefined || line === Number(only)));
    const tests = name === ANALYSIS ? ['tests/lookalikes/lookalikes', ...ruleNames.map((rule) => `tests/rules/${rule}.test`)] : [`tests/rules/${name}.test`, PRECEDENCE];
    const files = tests.map((test) => (test.endsWith('.test') ? test : `${test}.test`)).filter((test) => existsSync(join(workspace, `${test}.js`)));
    const results = await runMutants(own, files, workspace, name === ANALYSIS ? { seconds: SECONDS_FOR_ANALYSIS, cases: CASES_PER_ANALYSIS_MUTANT, everyFailure } : { seconds: SECONDS_PER_RULE, cases: Infinity, everyFailure });
    outcomes.push(...results);
    tell(name, results);
  }
  if (everyFailure) {
    for (const { mutant, failing } of outcomes) process.stdout.write(`${mutant.file}:${mutant.line}: ${shortened(mutant.original)} -> ${shortened(mutant.replacement)}: ${failing.length} fail: ${failing.map(shortened).join(' | ')}\n`);
  }
  // A single line is a look at something, and no outcome of the rule.
  return asked.some(([, line]) => line !== undefined) ? 0 : summarize(outcomes, root);
}

/** Compiles the project into the temporary folder, rules and analysis with their mutants. */
function compileAll({ root, compile, chosen }: Pick<Session, 'root' | 'compile'> & { readonly chosen: readonly string[] }): readonly Mutant[] {
  const paths = ['src', 'rules', 'codemods', 'tests/rules', 'tests/lookalikes'].flatMap((folder) => readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.ts$|\.json$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1).replaceAll('\\', '/'))).concat(`${PRECEDENCE}.ts`).sort();
  const texts = new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));

  const sampled = chosen.includes(ANALYSIS) ? sample(texts) : new Set<number>();
  const mutants: Mutant[] = [];
  let analysisMutants = 0;
  for (const [path, text] of texts) {
    const add = (mutant: Omit<Mutant, 'id'>): number => mutants.push({ ...mutant, id: mutants.length }) - 1;
    if (path.startsWith('src/analysis/') && sampled.size > 0) {
      compile(path, instrument(text, path, (mutant) => (sampled.has(analysisMutants++) ? add(mutant) : undefined)));
    } else if (path.startsWith('rules/') && chosen.includes(path.slice('rules/'.length, -'.ts'.length))) {
      compile(path, instrument(text, path, add));
    } else if (path.startsWith('tests/')) {
      compile(path, text.replace(/^(import .* from )'vitest';$/m, `$1'./${posix.relative(posix.dirname(path), 'tests/mutants/case-registry.ts')}';`));
    } else {
      compile(path, text);
    }
  }
  return mutants;
}

/** A bounded share of the analysis' mutants, the same on every machine while the analysis stays as it is. */
function sample(texts: ReadonlyMap<string, string>): Set<number> {
  let count = 0;
  for (const [path, text] of texts) {
    if (path.startsWith('src/analysis/')) instrument(text, path, () => void count++);
  }
  const chosen = new Set<number>();
  let state = SEED;
  while (chosen.size < Math.min(ANALYSIS_SAMPLE, count)) {
    // A linear congruential generator: `Math.random` takes no seed.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    chosen.add(Math.floor((state / 2 ** 32) * count));
  }
  return chosen;
}

interface Limits {
  readonly seconds: number;
  readonly cases: number;
  readonly everyFailure: boolean;
}

interface PlacedCase {
  readonly file: string;
  readonly index: number;
  readonly name: string;
  readonly reached: ReadonlySet<number>;
  readonly milliseconds: number;
}

async function runMutants(mutants: readonly Mutant[], files: readonly string[], workspace: string, limits: Limits): Promise<Outcome[]> {
  const deadline = Date.now() + limits.seconds * 1000;
  const cases: PlacedCase[] = [];
  active = undefined;
  for (const file of files) {
    await withCases(file, workspace, async (registered) => {
      for (const [index, one] of registered.entries()) {
        reached = new Set();
        const start = performance.now();
        const failure = await failureOf(one);
        if (failure !== undefined) process.stdout.write(`  fails without any mutant and is left out: ${file}: ${one.name.slice(0, 100)}: ${failure.slice(0, 300)}\n`);
        else if (!one.name.startsWith('has a case for every')) cases.push({ file, index, name: one.name, reached, milliseconds: performance.now() - start });
      }
    });
  }
  const outcomes: Outcome[] = [];
  for (const mutant of mutants) {
    if (Date.now() > deadline) {
      outcomes.push({ mutant, state: 'not run', failing: [] });
      continue;
    }
    const concerned = cases.filter((one) => one.reached.has(mutant.id)).sort((a, b) => a.milliseconds - b.milliseconds).slice(0, limits.cases);
    const failing = await failingCases(mutant, concerned, workspace, limits.everyFailure);
    outcomes.push({ mutant, state: failing.length > 0 ? 'killed' : isEquivalent(mutant) ? 'equivalent' : 'survived', failing });
  }
  return outcomes;
}

async function failingCases(mutant: Mutant, concerned: readonly PlacedCase[], workspace: string, everyFailure: boolean): Promise<readonly string[]> {
  const failing: string[] = [];
  for (const file of new Set(concerned.map((one) => one.file))) {
    await withCases(file, workspace, async (registered) => {
      for (const { index, name } of concerned.filter((one) => one.file === file)) {
        const one = registered[index];
        if (!one) continue;
        active = mutant.id;
        switchesAsked = 0;
        const failure = await failureOf(one);
        active = undefined;
        if (failure === undefined) continue;
        failing.push(name);
        if (!everyFailure) return;
      }
    });
    if (failing.length > 0 && !everyFailure) break;
  }
  return failing;
}

let loads = 0;

/** Loads the test file anew: its cases then stand in new folders, of which no earlier mutant left anything in a cache. */
async function withCases(file: string, workspace: string, use: (cases: readonly RegisteredCase[]) => Promise<void>): Promise<void> {
  await import(`${pathToFileURL(join(workspace, `${file}.js`)).href}?load=${loads++}`);
  const { cases, cleanups } = takeRegistered();
  try {
    await use(cases);
  } finally {
    for (const cleanup of cleanups) await cleanup();
  }
}

async function failureOf({ run }: RegisteredCase): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function isEquivalent(mutant: Mutant): boolean {
  return equivalent.some((known) => isSame(known, mutant));
}

function isSame(known: typeof equivalent[number], { file, original, replacement }: Mutant): boolean {
  return known.file === file && known.original === original && known.replacement === replacement;
}

function count(outcomes: readonly Outcome[], state: Outcome['state']): number {
  return outcomes.filter((one) => one.state === state).length;
}

function tell(name: string, outcomes: readonly Outcome[]): void {
  process.stdout.write(`${name}: ${outcomes.length} mutants, ${count(outcomes, 'killed')} killed, ${count(outcomes, 'equivalent')} equivalent, ${count(outcomes, 'survived')} survived, ${count(outcomes, 'not run')} not run\n`);
  for (const { mutant } of outcomes.filter((one) => one.state === 'survived')) {
    process.stdout.write(`  survived: ${mutant.file}:${mutant.line}: ${shortened(mutant.original)} -> ${shortened(mutant.replacement)}\n`);
  }
}

function shortened(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 160);
}

/** Merges the outcomes into `coverage/mutants.json`, where runs of single rules add up. */
function summarize(outcomes: readonly Outcome[], root: string): number {
  const path = join(root, 'coverage', 'mutants.json');
  const before = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>) : {};
  const byFile = new Map<string, Outcome[]>();
  for (const outcome of outcomes) byFile.set(outcome.mutant.file, [...(byFile.get(outcome.mutant.file) ?? []), outcome]);
  const now = Object.fromEntries([...byFile].map(([file, list]) => [file, list.map(({ mutant: { line, original, replacement }, state, failing }) => ({ line, original, replacement, state, failing }))]));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ ...before, ...now }, undefined, 2)}\n`);

  const stale = equivalent.filter((known) => byFile.get(known.file)?.every(({ mutant, state }) => !isSame(known, mutant) || state === 'killed') ?? false);
  for (const { file, original, replacement } of stale) process.stdout.write(`Listed as equivalent, and gone or killed: ${file}: ${shortened(original)} -> ${shortened(replacement)}\n`);
  const few = [...byFile].filter(([file, list]) => file.startsWith('rules/') && list.length < 5).map(([file]) => file);
  if (few.length > 0) process.stdout.write(`Fewer than five mutants: ${few.join(', ')}\n`);
  const open = count(outcomes, 'survived') + count(outcomes, 'not run');
  process.stdout.write(`All: ${outcomes.length} mutants, ${count(outcomes, 'killed')} killed, ${count(outcomes, 'equivalent')} equivalent, ${open} open.\n`);
  return open + stale.length > 0 ? 1 : 0;
}
