import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import vm from 'node:vm';
import * as parser from '@typescript-eslint/parser';
import { AST_NODE_TYPES, type TSESLint, type TSESTree } from '@typescript-eslint/utils';
import { Linter } from 'eslint';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueOf } from '../../src/analysis/catalogue.ts';
import { walk } from '../../src/analysis/call-nodes.ts';
import { sourceFileOf } from '../../src/analysis/modules.ts';
import { operationsOf } from '../../src/analysis/operations.ts';
import { Reader } from '../../src/analysis/reader.ts';
import type { SourceFile } from '../../src/analysis/source-file.ts';
import type { Value } from '../../src/analysis/value.ts';
import { generatedPrograms } from './programs.ts';

/** Parses a program as the linter does, scopes and parents included. */
function parse(code: string, filename = 'case.js'): SourceFile {
  const linter = new Linter({ configType: 'flat' });
  const messages = linter.verify(code, [{ files: ['**/*.{js,ts}'], languageOptions: { parser: parser as never, sourceType: 'module' } }], { filename });
  expect(messages.filter((message) => message.fatal).map((message) => message.message)).toEqual([]);
  return sourceFileOf(linter.getSourceCode() as unknown as TSESLint.SourceCode, filename);
}

function resultOf(file: SourceFile): Value {
  const program = file.sourceCode.ast as TSESTree.Program;
  const last = program.body.at(-1);
  if (last?.type !== AST_NODE_TYPES.ExpressionStatement || last.expression.type !== AST_NODE_TYPES.AssignmentExpression) throw new Error('a program ends in an assignment');
  return new Reader(catalogueOf(), {}).evaluate(last.expression.right, file);
}

/** Why a claim cannot be true of what the program gave; undefined where it can. */
function contradiction(claim: Value, actual: unknown, path = 'result'): string | undefined {
  switch (claim.kind) {
    case 'primitive':
      return Object.is(claim.value, actual) ? undefined : `${path} is said to be ${String(claim.value)} and is ${JSON.stringify(actual) ?? 'undefined'}`;
    case 'union': {
      const reasons = claim.members.map((member) => contradiction(member, actual, path));
      return reasons.includes(undefined) ? undefined : reasons.join('; ');
    }
    case 'object': {
      if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return `${path} is said to be an object and is ${JSON.stringify(actual) ?? 'undefined'}`;
      const given = actual as Readonly<Record<string, unknown>>;
      for (const [name, entry] of claim.entries) {
        if (name.startsWith('\0')) continue;
        if (!Object.hasOwn(given, name)) {
          if (entry.definite) return `${path}.${name} is said to be there and is not`;
          continue;
        }
        const reason = contradiction(entry.value, given[name], `${path}.${name}`);
        if (reason !== undefined) return reason;
      }
      const extra = Object.keys(given).find((name) => !claim.entries.has(name));
      return extra === undefined || claim.open ? undefined : `${path}.${extra} is there and is said not to be`;
    }
    case 'array': {
      if (!Array.isArray(actual)) return `${path} is said to be a list and is ${JSON.stringify(actual) ?? 'undefined'}`;
      if (claim.open) return undefined;
      if (claim.elements.length !== actual.length) return `${path} is said to have ${claim.elements.length} elements and has ${actual.length}`;
      return claim.elements.map((element, index) => contradiction(element, (actual as readonly unknown[])[index], `${path}[${index}]`)).find((reason) => reason !== undefined);
    }
    case 'function': case 'class':
      return typeof actual === 'function' || typeof actual === 'object' ? undefined : `${path} is said to be a function`;
    case 'text':
      return typeof actual === 'string' ? undefined : `${path} is said to be text`;
    default:
      return undefined;
  }
}

describe('the value reader', () => {
  it('never claims a value that running the program contradicts', () => {
    fc.assert(fc.property(generatedPrograms, fc.boolean(), ({ code }, flag) => {
      const context = vm.createContext({ flag, result: undefined, structuredClone });
      try {
        vm.runInContext(code, context, { timeout: 1000 });
      } catch {
        // A program that throws gives nothing to compare with.
        return;
      }
      const actual: unknown = context['result'];
      const reason = contradiction(resultOf(parse(code)), actual);
      expect(reason, code).toBeUndefined();
    }), { numRuns: 3000, seed: 20261122 });
  }, 300_000);

  it('claims something about most programs without a condition', () => {
    const known = fc.sample(generatedPrograms, { numRuns: 300, seed: 7 }).filter(({ code }) => !/flag/.test(code)).map(({ code }) => resultOf(parse(code)).kind);
    expect(known.filter((kind) => kind === 'unknown').length).toBeLessThan(known.length / 2);
  });

  const require = createRequire(import.meta.url);
  const folders = ['jsonwebtoken-9', 'jose-4', 'express-jwt-8', 'passport-jwt-4', 'fast-jwt-6', 'njwt', 'koa', 'express'].map((name) => dirname(require.resolve(`${name}/package.json`)));
  const sources = folders.flatMap((folder) => sourcesBelow(folder, 3)).slice(0, 250);

  it('never throws on any expression of a program that parses', () => {
    expect(sources.length).toBeGreaterThan(100);
    fc.assert(fc.property(fc.constantFrom(...sources), (path) => {
      const file = parse(readFileSync(path, 'utf8').replace(/^#!.*/, ''), 'case.js');
      const reader = new Reader(catalogueOf(), {});
      walk(file.sourceCode.ast as TSESTree.Node, file.sourceCode.visitorKeys, (node) => {
        if (/Expression$|^Identifier$|Literal$/.test(node.type)) reader.evaluate(node, file);
      });
      operationsOf(file.sourceCode, { filename: path });
    }), { numRuns: 120, seed: 1 });
  }, 300_000);
});

function sourcesBelow(folder: string, depth: number): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return depth > 0 && entry.name !== 'node_modules' ? sourcesBelow(path, depth - 1) : [];
    return /\.[cm]?js$/.test(entry.name) && !entry.name.endsWith('.min.js') ? [path] : [];
  });
}
