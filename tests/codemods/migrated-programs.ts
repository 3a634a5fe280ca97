/** Runs a program before and after a migration, each against the version of the library that it is written for. */
import { createRequire } from 'node:module';
import ts from 'typescript';
import { expect } from 'vitest';
import { applyRemedies } from '../../src/apply-remedies.ts';
import type { Codemod } from '../../src/codemod.ts';
import type { Settings } from '../../src/policy.ts';

const require = createRequire(import.meta.url);

/** Module that a program loads to the installed package that it gets, or to what stands in for it. */
export type Packages = Readonly<Record<string, string | object>>;

/** What a program exports, run as CommonJS whatever it is written as. */
export function exportsOf(source: string, packages: Packages, filename = 'program.ts'): Record<string, unknown> {
  const { outputText } = ts.transpileModule(source, {
    fileName: filename,
    // Without the interop a namespace can be called, which programs from before it do.
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: !source.includes('import * as') },
  });
  const load = (name: string): unknown => {
    const given = Object.keys(packages).find((one) => name === one || name.startsWith(`${one}/`));
    const stand = given === undefined ? name : packages[given];
    return typeof stand === 'object' ? stand : require(given === undefined ? name : name.replace(given, stand ?? ''));
  };
  const module = { exports: {} as Record<string, unknown> };
  (new Function('require', 'module', 'exports', outputText) as (...given: unknown[]) => void)(load, module, module.exports);
  return module.exports;
}

export interface Migrated {
  readonly output: string;
  readonly left: readonly { readonly line: number; readonly message: string }[];
}

/** The file after a migration; it must parse, and a second run must change nothing. */
export function migrated(codemod: Codemod, source: string, path = '/migrated/case.js', settings: Settings = {}): Migrated {
  const first = applyRemedies(source, path, codemod.repairs, settings);
  expect(first.fatal).toBeUndefined();
  const second = applyRemedies(first.output, path, codemod.repairs, settings);
  expect(second.fatal).toBeUndefined();
  expect(second.output, 'a second run changes nothing').toBe(first.output);
  expect(codemod.transform({ path, source }, {}, settings as never), 'through jscodeshift').toBe(first.output === source ? undefined : first.output);
  return { output: first.output, left: first.left.map(({ line, message }) => ({ line, message })) };
}

/** The file is left byte for byte, for these reasons. */
export function expectRefused(codemod: Codemod, source: string, reasons: readonly RegExp[], path?: string): void {
  const { output, left } = migrated(codemod, source, path);
  expect(output).toBe(source);
  expect(left.map(({ message }) => message)).toEqual(reasons.map((reason) => expect.stringMatching(reason) as string));
}

/** The same file with Windows line ends and a byte order mark is changed in the same places and nowhere else. */
export function expectBytesKept(codemod: Codemod, source: string, path?: string): void {
  const { output } = migrated(codemod, source, path);
  const windows = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
  expect(migrated(codemod, windows(source), path).output).toBe(windows(output));
}
