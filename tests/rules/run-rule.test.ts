import type { TSESTree } from '@typescript-eslint/utils';
import { defineRule, type Edit } from '../../src/define-rule.ts';
import type { SourceFile } from '../../src/analysis/source-file.ts';
import { runRule } from './run-rule.ts';

/** Calls of `sign` at the top level of a file, without any analysis. */
function callsIn(file: SourceFile): TSESTree.CallExpression[] {
  return (file.sourceCode.ast.body as TSESTree.ProgramStatement[]).flatMap((statement) => (statement.type === 'ExpressionStatement' && statement.expression.type === 'CallExpression' ? [statement.expression] : []));
}

function argumentEdit(file: SourceFile, call: TSESTree.CallExpression, text: string): Edit {
  const argument = call.arguments[0];
  return { file, range: argument ? argument.range : [call.range[1] - 1, call.range[1] - 1], text };
}

const bounded = defineRule({
  name: 'bounded',
  description: 'A rule for the tests of `runRule`: calls of `jsonwebtoken` functions take 1 at most.',
  messages: { large: '{{name}} takes {{value}}. Pass 1.', missing: '{{name}} takes nothing. Pass 1.' },
  remedies: { lower: 'Pass 1 instead of {{value}}.', add: 'Pass 1.', ask: 'Pass `undefined` until somebody decides.' },
  references: [],
  presets: {},
  *checkFile({ file }) {
    for (const call of callsIn(file)) {
      const argument = call.arguments[0];
      const name = file.sourceCode.getText(call.callee);
      if (!argument) {
        yield { message: 'missing', data: { name }, node: call, file, exploitability: 'depends', remedies: [{ id: 'ask', safety: 'review', edits: [argumentEdit(file, call, 'undefined')] }, { id: 'add', safety: 'stricter', edits: [argumentEdit(file, call, '1')] }] };
      } else if (argument.type === 'Literal' && argument.value !== 1) {
        yield { message: 'large', data: { name, value: String(argument.value) }, node: argument, file, exploitability: 'exploitable', remedies: [{ id: 'lower', safety: 'equivalent', edits: [argumentEdit(file, call, '1')], data: { value: String(argument.value) } }] };
      }
    }
  },
});

runRule(bounded, {
  valid: [
    "import { sign } from 'jsonwebtoken'; sign(1);",
    { name: 'a file that names no library is not looked at', code: 'work(5);' },
    { name: 'TypeScript', code: "import { sign } from 'jsonwebtoken'; sign(1 as number);", filename: 'case.ts' },
  ],
  invalid: [
    {
      code: "import { sign } from 'jsonwebtoken';\nsign(5);\nsign(6);\n",
      errors: [
        { message: 'large', text: 'sign takes 5. Pass 1.', line: 2, column: 6, exploitability: 'exploitable', remedy: { id: 'lower', output: "import { sign } from 'jsonwebtoken';\nsign(1);\nsign(6);\n" } },
        { message: 'large', text: /takes 6/, line: 3 },
      ],
      output: "import { sign } from 'jsonwebtoken';\nsign(1);\nsign(1);\n",
    },
    {
      code: "import { sign } from 'jsonwebtoken';\nsign();\n",
      filename: 'nested/case.ts',
      errors: [{
        message: 'missing',
        remedy: [
          { id: 'ask', output: "import { sign } from 'jsonwebtoken';\nsign(undefined);\n" },
          { id: 'add', output: "import { sign } from 'jsonwebtoken';\nsign(1);\n" },
        ],
      }],
      output: "import { sign } from 'jsonwebtoken';\nsign(1);\n",
    },
    {
      name: 'two remedies at once',
      code: "import { sign } from 'jsonwebtoken';\nsign(5); sign();",
      errors: ['large', 'missing'],
      output: "import { sign } from 'jsonwebtoken';\nsign(1); sign(1);",
    },
  ],
});
