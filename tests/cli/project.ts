import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TSESTree } from '@typescript-eslint/utils';
import { createColors } from 'picocolors';
import { onTestFinished } from 'vitest';
import type { SourceFile } from '../../src/analysis/source-file.ts';
import type { Catalogue } from '../../src/cli/check.ts';
import { run } from '../../src/cli/run.ts';
import { codemod, remedyOf } from '../../src/codemod.ts';
import { defineRule } from '../../src/define-rule.ts';

function numbersIn(file: SourceFile): (TSESTree.NumberLiteral & { value: number })[] {
  return file.sourceCode.ast.body.flatMap((statement) => {
    const call = statement.type === 'ExpressionStatement' && statement.expression.type === 'CallExpression' ? statement.expression : undefined;
    return (call?.arguments ?? []).filter((argument): argument is TSESTree.NumberLiteral => argument.type === 'Literal' && typeof argument.value === 'number');
  });
}

const noSeven = defineRule({
  name: 'no-seven',
  description: 'Disallow a lifetime of seven.',
  messages: { seven: 'A token lives seven. Pass six.' },
  remedies: { six: 'Pass 6 instead of {{was}}.' },
  references: ['RFC 7519 section 4.1.4'],
  presets: { recommended: 'error', strict: 'error' },
  *checkFile({ file, policy }) {
    for (const node of numbersIn(file).filter(({ value }) => value === 7)) {
      const text = policy.lifetimes?.access === undefined ? '6' : `'${policy.lifetimes.access}'`;
      yield { message: 'seven', node, file, exploitability: 'exploitable', remedies: [{ id: 'six', safety: 'stricter', edits: [{ file, range: node.range, text }], data: { was: 7 } }] };
    }
  },
});

const noNine = defineRule({
  name: 'no-nine',
  description: 'Disallow a lifetime of nine.',
  messages: { nine: 'A token lives nine. Decide how long it should.' },
  remedies: { ask: 'Pass a lifetime that somebody has decided on.' },
  references: [],
  presets: { recommended: 'warn', strict: 'error' },
  *checkFile({ file }) {
    for (const node of numbersIn(file).filter(({ value }) => value === 9)) yield { message: 'nine', node, file, exploitability: 'hardening', remedies: [{ id: 'ask', safety: 'review', edits: [{ file, range: node.range, text: 'undefined' }] }] };
  },
});

const noFive = defineRule({
  name: 'no-five',
  description: 'Disallow an unchecked five.',
  messages: { five: 'A five is not checked. Pass four.' },
  remedies: { four: 'Pass 4.' },
  references: [],
  presets: { recommended: 'warn', strict: 'error' },
  *checkFile({ file }) {
    for (const node of numbersIn(file).filter(({ value }) => value === 5)) yield { message: 'five', node, file, exploitability: 'depends', remedies: [{ id: 'four', safety: 'stricter', edits: [{ file, range: node.range, text: '4' }] }] };
  },
});

/** Three rules that need no analysis: numbers passed to calls of a file that names a JWT library. */
export const fakeCatalogue: Catalogue = {
  rules: [noFive, noNine, noSeven],
  codemods: [
    codemod({ name: 'enforce-four', description: 'Turns five into four.', repairs: [remedyOf(noFive, 'four')], phases: { four: 'enforce' } }),
    codemod({ name: 'lower-seven', description: 'Turns seven into six.', repairs: [remedyOf(noSeven, 'six')] }),
  ],
};

export const IMPORT = "import { sign } from 'jsonwebtoken';\n";

/** A folder with files, gone when the test ends, and the command line run in it. */
export class TestProject {
  readonly root: string;

  constructor(files: Readonly<Record<string, string | Uint8Array>>) {
    this.root = mkdtempSync(join(realpathSync(tmpdir()), 'jwt-guard-cli-'));
    onTestFinished(() => {
      rmSync(this.root, { recursive: true, force: true });
    });
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string | Uint8Array): void {
    mkdirSync(dirname(join(this.root, name)), { recursive: true });
    writeFileSync(join(this.root, name), text);
  }

  read(name: string): string {
    return readFileSync(join(this.root, name), 'utf8');
  }

  git(...args: string[]): string {
    return execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'init.defaultBranch=main', ...args], { cwd: this.root, encoding: 'utf8' });
  }

  commitAll(): void {
    this.git('init', '--quiet');
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', 'start');
  }

  async run(args: readonly string[], options: { readonly catalogue?: Catalogue; readonly interrupted?: AbortSignal; readonly interactive?: boolean; readonly cwd?: string } = {}): Promise<{ code: number; out: string; err: string }> {
    let out = '';
    let err = '';
    const code = await run(args, options.catalogue ?? fakeCatalogue, {
      cwd: join(this.root, options.cwd ?? '.'),
      out: (text) => (out += text),
      err: (text) => (err += text),
      interactive: options.interactive ?? false,
      colors: createColors(false),
      interrupted: options.interrupted ?? new AbortController().signal,
    });
    return { code, out, err };
  }
}
