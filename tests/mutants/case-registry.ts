/**
 * Stands in for vitest in the mutation check: collects the cases of the test files, so that one process can run any of them
 * again and again, and gives as much of `expect` as they use.
 */
import { isDeepStrictEqual } from 'node:util';

/** A case of a test file. */
export interface RegisteredCase {
  readonly name: string;
  readonly run: () => unknown;
}

let cases: RegisteredCase[] = [];
let setups: (() => unknown)[] = [];
let cleanups: (() => unknown)[] = [];

/** What was registered since the last call. */
export function takeRegistered(): { readonly cases: readonly RegisteredCase[]; readonly setups: readonly (() => unknown)[]; readonly cleanups: readonly (() => unknown)[] } {
  const taken = { cases, setups, cleanups };
  cases = [];
  setups = [];
  cleanups = [];
  return taken;
}

/** Registers what the body registers. */
export function describe(_name: string, body: () => void): void {
  body();
}

describe.each = (rows: readonly unknown[]) => (_title: string, body: (...values: unknown[]) => void): void => {
  for (const row of rows) body(...[row].flat());
};

/** Registers a case. */
export function it(name: string, run: () => unknown): void {
  cases.push({ name, run });
}

it.each = (rows: readonly unknown[]) => (title: string, run: (...values: unknown[]) => unknown): void => {
  for (const row of rows) {
    const values: unknown[] = [row].flat();
    it(`${title}: ${String(values[0])}`, () => run(...values));
  }
};

/** Registers what must stand before the first case. */
export function beforeAll(run: () => unknown): void {
  setups.push(run);
}

/** Registers a clean-up. */
export function afterAll(run: () => unknown): void {
  cleanups.push(run);
}

type Matcher = (actual: unknown, expected?: unknown) => boolean;

const matchers = {
  toBe: Object.is,
  toEqual: isDeepStrictEqual,
  toHaveLength: (actual, expected) => (actual as readonly unknown[]).length === expected,
  toBeUndefined: (actual) => actual === undefined,
  toBeLessThan: (actual, expected) => (actual as number) < (expected as number),
  toBeGreaterThan: (actual, expected) => (actual as number) > (expected as number),
  toBeGreaterThanOrEqual: (actual, expected) => (actual as number) >= (expected as number),
  toContain: (actual, expected) => (actual as readonly unknown[]).includes(expected),
  toMatch: (actual, expected) => (expected instanceof RegExp ? expected.test(actual as string) : (actual as string).includes(expected as string)),
  toThrow: (actual, expected) => {
    try {
      (actual as () => unknown)();
      return false;
    } catch (error) {
      return expected instanceof RegExp ? expected.test(String(error)) : String(error).includes(expected as string);
    }
  },
} satisfies Record<string, Matcher>;

type Expectation = Record<keyof typeof matchers, (expected?: unknown) => void>;

function expectation(actual: unknown, message: string, wanted: boolean): Expectation {
  const entries = Object.entries(matchers).map(([name, matches]: [string, Matcher]) => [name, (expected?: unknown) => {
    if (matches(actual, expected) !== wanted) throw new Error(`${message}: ${JSON.stringify(actual)} ${wanted ? '' : 'not '}${name} ${String(JSON.stringify(expected))}`);
  }]);
  return Object.fromEntries(entries) as Expectation;
}

/** As much of vitest's `expect` as the cases use. */
export function expect(actual: unknown, message = 'expected'): Expectation & { readonly not: Expectation } {
  return { ...expectation(actual, message, true), not: expectation(actual, message, false) };
}
