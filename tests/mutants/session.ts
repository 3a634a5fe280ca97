import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type RegisteredCase, takeRegistered } from './case-registry.ts';
import { MUTANTS_PER_RULE, mutantsOfModule, mutantsOfRule, sampledMutants } from './chosen-mutants.ts';
import { equivalent } from './equivalent.ts';
import { instrument, type Mutant } from './instrument.ts';

/** What the start script hands over. */
export interface Session {
  /** Folder of the project, which is only read. */
  readonly root: string;
  /** Temporary folder for the compiled modules. */
  readonly workspace: string;
  compile(path: string, text: string): void;
  /** Names of rules, `analysis`, or modules such as `src/analysis/flow.ts`, each also with the only line to change (`no-none-algorithm:42`); all rules and the analysis where empty. Files of `tests/` narrow what is run. */
  readonly wanted: readonly string[];
}

interface Outcome {
  readonly mutant: Mutant;
  readonly state: 'killed' | 'survived' | 'equivalent' | 'not run';
  /** The cases that failed: the first one, or all with `--every-failure`. */
  readonly failing: readonly string[];
}

const ANALYSIS = 'analysis';
/** What a rule leaves to others shows only where several run. */
const PRECEDENCE = 'tests/precedence.test.ts';
/** Folders whose cases run on the analysis; what else is compiled, these need. */
const ANALYSIS_TESTS = ['tests/analysis', 'tests/lookalikes', 'tests/metamorphic', 'tests/rules'];
/** So that a run ends: what is left over is reported as not run. */
const SECONDS_PER_RULE = 600;
const SECONDS_FOR_ANALYSIS = 3000;
/** A mutant that survives this many seconds of the cases that reach it counts as survived. */
const SECONDS_PER_MUTANT = 120;
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
  const only = new Set(wanted.filter((name) => name.startsWith('tests/')));
  const asked = wanted.filter((name) => !name.startsWith('--') && !only.has(name)).map((name) => name.split(':'));
  const lines = new Map(asked.map(([name = '', line]) => [name, line]));
  const texts = textsOf(root);
  const ruleNames = [...texts.keys()].filter((path) => path.startsWith('rules/') && path !== 'rules/index.ts').map((path) => posix.basename(path, '.ts'));
  const unknown = [...lines.keys()].filter((name) => name !== ANALYSIS && !ruleNames.includes(name) && !isModule(name, texts));
  if (unknown.length > 0) throw new Error(`No such rule or module: ${unknown.join(', ')}.`);
  const keysByName = new Map((lines.size > 0 ? [...lines.keys()] : [...ruleNames, ANALYSIS]).map((name) => [name, name === ANALYSIS ? sampledMutants(texts) : isModule(name, texts) ? mutantsOfModule(name, texts) : mutantsOfRule(name, texts)]));
  const mutants = compileAll(texts, compile, new Set([...keysByName.values()].flatMap((keys) => [...keys])));

  const byName = new Map<string, readonly Outcome[]>();
  for (const [name, keys] of keysByName) {
    const line = lines.get(name);
    const own = [...mutants].flatMap(([key, mutant]) => (keys.has(key) && (line === undefined || mutant.line === Number(line)) ? [mutant] : []));
    const ofRule = ruleNames.includes(name);
    const files = [...texts.keys()].filter((path) => path.endsWith('.test.ts') && (only.size > 0 ? only.has(path) : ofRule ? [`tests/rules/${name}.test.ts`, PRECEDENCE].includes(path) : [...ANALYSIS_TESTS, PRECEDENCE].some((start) => path.startsWith(start))));
    const outcomes = await runMutants(own, files, workspace, { seconds: ofRule ? SECONDS_PER_RULE : SECONDS_FOR_ANALYSIS, everyFailure });
    byName.set(name, outcomes);
    tell(name, outcomes);
  }
  for (const cleanup of cleanups) await cleanup();
  if (everyFailure) {
    for (const { mutant, failing } of [...byName.values()].flat()) process.stdout.write(`${mutant.file}:${mutant.line}: ${shortened(mutant.original)} -> ${shortened(mutant.replacement)}: ${failing.length} fail: ${failing.map(shortened).join(' | ')}\n`);
  }
  const few = [...byName].filter(([name, outcomes]) => ruleNames.includes(name) && !lines.get(name) && outcomes.length < MUTANTS_PER_RULE).map(([name]) => name);
  if (few.length > 0) process.stdout.write(`Fewer than ${MUTANTS_PER_RULE} mutants: ${few.join(', ')}\n`);
  // A single line and chosen tests are a look at something, and no outcome of the rule.
  return only.size > 0 || [...lines.values()].some((line) => line !== undefined) ? 0 : Math.max(few.length > 0 ? 1 : 0, summarize([...byName.values()].flat(), root, texts));
}

function isModule(name: string, texts: ReadonlyMap<string, string>): boolean {
  return name.startsWith('src/') && texts.has(name);
}

/** The sources and tests that take part: path relative to the project to text. */
function textsOf(root: string): ReadonlyMap<string, string> {
  const folders = ['src', 'rules', 'codemods', ...ANALYSIS_TESTS].map((folder) => join(root, folder));
  const paths = folders.flatMap((folder) => readdirSync(folder, { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile() && /(?<!\.d)\.ts$|\.json$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
  return new Map([...paths, PRECEDENCE].sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** Compiles the project into the temporary folder, with the wanted mutants behind their switches. */
function compileAll(texts: ReadonlyMap<string, string>, compile: Session['compile'], wanted: ReadonlySet<string>): ReadonlyMap<string, Mutant> {
  const mutants = new Map<string, Mutant>();
  for (const [path, text] of texts) {
    if (path.startsWith('tests/')) {
      compile(path, text.replace(/^(import .* from )'vitest';$/m, `$1'./${posix.relative(posix.dirname(path), 'tests/mutants/case-registry.ts')}';`));
    } else if (path.endsWith('.ts')) {
      compile(path, instrument(text, path, (mutant, key) => {
        if (!wanted.has(key)) return undefined;
        mutants.set(key, { ...mutant, id: mutants.size });
        return mutants.size - 1;
      }));
    } else {
      compile(path, text);
    }
  }
  return mutants;
}

interface Limits {
  readonly seconds: number;
  readonly everyFailure: boolean;
}

interface PlacedCase extends RegisteredCase {
  readonly reached: ReadonlySet<number>;
  readonly milliseconds: number;
}

const casesByFile = new Map<string, Promise<readonly PlacedCase[]>>();
const cleanups: (() => unknown)[] = [];

/** The cases of a test file that pass without any mutant, each with the mutants that it reaches. */
async function casesOf(file: string, workspace: string): Promise<readonly PlacedCase[]> {
  active = undefined;
  await import(pathToFileURL(join(workspace, file.replace(/\.ts$/, '.js'))).href);
  const registered = takeRegistered();
  cleanups.push(...registered.cleanups);
  for (const setup of registered.setups) await setup();
  const cases: PlacedCase[] = [];
  for (const one of registered.cases) {
    reached = new Set();
    const start = performance.now();
    const failure = await failureOf(one);
    if (failure !== undefined) process.stdout.write(`  fails without any mutant and is left out: ${file}: ${one.name.slice(0, 100)}: ${failure.slice(0, 300)}\n`);
    // What looks at the cases before it says nothing of a mutant.
    else if (!one.name.startsWith('has a case for every')) cases.push({ ...one, reached, milliseconds: performance.now() - start });
  }
  return cases;
}

async function runMutants(mutants: readonly Mutant[], files: readonly string[], workspace: string, { seconds, everyFailure }: Limits): Promise<Outcome[]> {
  const cases: PlacedCase[] = [];
  for (const file of files) {
    const placed = casesByFile.get(file) ?? casesOf(file, workspace);
    casesByFile.set(file, placed);
    cases.push(...await placed);
  }
  cases.sort((a, b) => a.milliseconds - b.milliseconds);
  const deadline = Date.now() + seconds * 1000;
  const outcomes: Outcome[] = [];
  for (const mutant of mutants) {
    if (Date.now() > deadline) {
      outcomes.push({ mutant, state: 'not run', failing: [] });
      continue;
    }
    const failing = await failingCases(mutant, cases.filter((one) => one.reached.has(mutant.id)), everyFailure);
    outcomes.push({ mutant, state: failing.length > 0 ? 'killed' : isEquivalent(mutant) ? 'equivalent' : 'survived', failing });
  }
  return outcomes;
}

/** Every run of a case writes into a folder of its own, so that nothing an earlier mutant left in a cache answers for it. */
async function failingCases(mutant: Mutant, concerned: readonly PlacedCase[], everyFailure: boolean): Promise<readonly string[]> {
  const failing: string[] = [];
  const deadline = Date.now() + SECONDS_PER_MUTANT * 1000;
  for (const one of concerned) {
    if (!everyFailure && Date.now() > deadline) break;
    active = mutant.id;
    switchesAsked = 0;
    const failure = await failureOf(one);
    active = undefined;
    if (failure === undefined) continue;
    failing.push(one.name);
    if (!everyFailure) break;
  }
  return failing;
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
function summarize(outcomes: readonly Outcome[], root: string, texts: ReadonlyMap<string, string>): number {
  const path = join(root, 'coverage', 'mutants.json');
  const before = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>) : {};
  const byFile = new Map<string, Outcome[]>();
  for (const outcome of outcomes) byFile.set(outcome.mutant.file, [...(byFile.get(outcome.mutant.file) ?? []), outcome]);
  const now = Object.fromEntries([...byFile].map(([file, list]) => [file, list.map(({ mutant: { line, original, replacement }, state, failing }) => ({ line, original, replacement, state, failing }))]));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ ...before, ...now }, undefined, 2)}\n`);

  const stale = equivalent.filter((known) => !texts.get(known.file)?.includes(known.original) || byFile.get(known.file)?.some(({ mutant, state }) => isSame(known, mutant) && state === 'killed'));
  for (const { file, original, replacement } of stale) process.stdout.write(`Listed as equivalent, and gone or killed: ${file}: ${shortened(original)} -> ${shortened(replacement)}\n`);
  const open = count(outcomes, 'survived') + count(outcomes, 'not run');
  process.stdout.write(`All: ${outcomes.length} mutants, ${count(outcomes, 'killed')} killed, ${count(outcomes, 'equivalent')} equivalent, ${open} open.\n`);
  return open + stale.length > 0 ? 1 : 0;
}
