// Starts and stops the services of a tree of examples.

import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const START_MS = 30_000;
const BUILD_MS = 90_000;
const STOP_MS = 3_000;
const CLOCK_MS = 5_000;

const clock = new URL('./clock.js', import.meta.url).href;
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

/** Thrown when a service ends before it says that it is ready; `output` is what it wrote to its error stream. */
export class ServiceDidNotStart extends Error {
  constructor(service, output) {
    super(`${service} did not start: ${output.trim()}`);
    this.name = 'ServiceDidNotStart';
    this.service = service;
    this.output = output;
  }

  /** Whether the service wrote about a variable of this name. */
  names(variable) {
    return new RegExp(`\\b${variable}\\b`).test(this.output);
  }
}

/** What becomes of a promise, but not later than `ms`. */
export async function within(ms, promise, what) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

let runs = 0;

/** Values for the variables of `environment.json`; `random` stands for a new secret at every run. */
export async function readEnvironment(root) {
  const { needed, forgotten } = JSON.parse(await readFile(join(root, 'environment.json'), 'utf8'));
  const values = (names) => Object.fromEntries(Object.entries(names)
    .map(([name, value]) => [name, value === 'random' ? randomBytes(48).toString('base64url') : value]));
  return { needed: values(needed), forgotten: { ...values(await exampleVariables(root)), ...values(forgotten) } };
}

/** Variables that a repair may have listed in an `.env.example`. */
async function exampleVariables(root) {
  const folders = (await readdir(root, { withFileTypes: true })).filter((found) => found.isDirectory()).map(({ name }) => join(root, name));
  const texts = await Promise.all([root, ...folders].map((folder) => readFile(join(folder, '.env.example'), 'utf8').catch(() => '')));
  return Object.fromEntries(texts.flatMap((text) => [...text.matchAll(/^(?:export\s+)?([A-Z][A-Z0-9_]*)=/gm)])
    .map(([, name]) => [name, 'random']));
}

/** Running services, to be stopped whatever happens. */
export class Services {
  #children = new Map();
  #builds = new Map();
  #run = `run-${process.pid}-${runs += 1}`;
  #killAll = () => {
    for (const { child } of this.#children.values()) child.kill('SIGKILL');
  };

  constructor(root) {
    this.root = root;
    process.once('exit', this.#killAll);
  }

  /** The file to run; TypeScript is compiled to a folder of this run, because runs may overlap. */
  async #entry(folder) {
    const { main, scripts } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    if (scripts.build === undefined) return join(folder, main);
    const output = join(folder, 'dist', this.#run);
    if (!this.#builds.has(folder)) {
      try {
        await promisify(execFile)(process.execPath, [compiler, '-p', folder, '--outDir', output], { timeout: BUILD_MS });
      } catch (error) {
        throw new Error(`${folder} does not compile: ${error.stdout || error.message}`);
      }
      this.#builds.set(folder, output);
    }
    return join(output, basename(main));
  }

  /** Starts one service on a port of its own choice and resolves to its base URL. */
  async start(name, variables) {
    const folder = join(this.root, name);
    const main = await this.#entry(folder);
    const child = spawn(process.execPath, ['--import', clock, main], {
      cwd: folder,
      // Nothing else is handed on, so that variables of the developer's own shell change no result.
      env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, PORT: '0', ...variables },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text) => { errors += text; });
    const ended = once(child, 'close');
    this.#children.set(name, { child, ended });

    const ready = new Promise((resolve) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.startsWith('{')) resolve(JSON.parse(line));
      });
    });
    const failed = ended.then(() => { throw new ServiceDidNotStart(name, errors); });
    failed.catch(() => {});
    const { port } = await within(START_MS, Promise.race([ready, failed]), `starting ${name}`);
    return `http://127.0.0.1:${port}`;
  }

  /** Sets every service's clock ahead of the real one. */
  async moveClocks(aheadMs) {
    await Promise.all([...this.#children].map(async ([name, { child }]) => {
      const moved = once(child, 'message');
      child.send({ aheadMs });
      await within(CLOCK_MS, moved, `moving the clock of ${name}`);
    }));
  }

  /** Ends every service, by force where it does not end by itself. */
  async stop() {
    await Promise.all([...this.#children.values()].map(async ({ child, ended }) => {
      child.kill('SIGTERM');
      await within(STOP_MS, ended, 'stopping').catch(() => {
        child.kill('SIGKILL');
        return ended;
      });
    }));
    this.#children.clear();
  }

  /** Takes away what was compiled, and the watch over the end of this process. */
  async removeBuilds() {
    process.removeListener('exit', this.#killAll);
    await Promise.all([...this.#builds.values()].map((output) => rm(output, { recursive: true, force: true })));
  }
}
