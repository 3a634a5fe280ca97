import { defineConfig } from 'eslint/config';
import eslintPlugin from 'eslint-plugin-eslint-plugin';
import tseslint from 'typescript-eslint';

/** Imports that would turn the direction codemods -> rules -> src around, by the folder they may not stand in. */
const layer = (files, ignores, patterns) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});
const catalogueOf = (name, reach) => ({
  regex: `(^|/)${name}/`,
  message: `Dependencies run codemods -> rules -> src; ${reach}.`,
});

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'codemods/*.js', 'examples/', 'tests/fixtures/', 'tests/**/fixtures/', '**/*.d.ts'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strict, tseslint.configs.stylistic],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      // Numbers in messages are numbers.
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
  {
    files: ['src/**/*.ts', 'rules/**/*.ts', 'codemods/**/*.ts'],
    plugins: { 'eslint-plugin': eslintPlugin },
    extends: [eslintPlugin.configs.recommended],
  },
  {
    // A test that reaches a missing element fails, which is what it is for.
    files: ['tests/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', '@typescript-eslint/no-empty-function': 'off' },
  },
  layer(['src/**/*.ts'], ['src/index.ts', 'src/cli/**'], [
    catalogueOf('rules', 'only src/index.ts and src/cli may know the rules'),
    catalogueOf('codemods', 'only src/index.ts and src/cli may know the codemods'),
    { regex: '/cli/', message: 'Nothing imports the command line.' },
  ]),
  layer(['rules/**/*.ts'], [], [
    catalogueOf('codemods', 'rules do not know the codemods'),
    { regex: '/src/cli/|/src/index', message: 'Nothing imports a composition root.' },
  ]),
  layer(['codemods/**/*.ts'], [], [{ regex: '/src/cli/|/src/index', message: 'Nothing imports a composition root.' }]),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
);
