import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { packageInfo } from '../package-info.ts';
import { presetNames } from '../presets.ts';
import { check, type Catalogue, type CheckOptions } from './check.ts';
import { Failure, reasonOf } from './failure.ts';
import { fix, type FixOptions } from './fix.ts';
import { init } from './init.ts';
import { inventory, type InventoryOptions } from './inventory.ts';
import type { Terminal } from './terminal.ts';

const ONE_OFF = 'npx --package eslint-plugin-jwt-guard jwt-guard check';

/** Runs one command line, without the program's own name in it. Gives the exit code; never throws. */
export async function run(argv: readonly string[], catalogue: Catalogue, terminal: Terminal): Promise<number> {
  let code = 0;
  const program = commandLine(catalogue, terminal, (result) => (code = result));
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    // Anything but a Failure is a defect of this program; a stack would help nobody who runs it.
    terminal.err(error instanceof Failure ? `jwt-guard: ${error.message}\n` : `jwt-guard: This should not have happened: ${reasonOf(error)}. Set JWT_GUARD_DEBUG=1 to see where.\n`);
    if (!(error instanceof Failure) && process.env['JWT_GUARD_DEBUG'] === '1' && error instanceof Error) terminal.err(`${error.stack ?? ''}\n`);
    return 2;
  }
}

function commandLine(catalogue: Catalogue, terminal: Terminal, ended: (code: number) => void): Command {
  const program = new Command('jwt-guard')
    .description('Finds JWT misuse in JavaScript and TypeScript and repairs it.')
    .version(packageInfo().version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        terminal.out(text);
      },
      writeErr: (text) => {
        terminal.err(text);
      },
      outputError: (text, write) => {
        write(`jwt-guard: ${sentenceOf(text)}\n`);
      },
    })
    .addHelpText('after', `\nPaths are files, folders or quoted patterns; the default is the current folder.\nWithout installing anything: ${ONE_OFF}\nAfter npm install --save-dev eslint-plugin-jwt-guard: npx jwt-guard check\n`);

  const noConfig = () => new Option('--no-config', 'do not read the ESLint configuration of the project');
  const ignorePattern = () => new Option('--ignore-pattern <pattern>', 'leave out files, in the form of .gitignore (may be repeated)').argParser(collectPatterns).default([], 'none');
  const subcommand = (name: string) => program.command(name).copyInheritedSettings(program);

  subcommand('check')
    .description('Report misuse. Exit code 0: nothing found, 1: findings, 2: could not run.')
    .argument('[paths...]')
    .addOption(new Option('--fail-on <level>', 'the least that makes the exit code 1').choices(['exploitable', 'error', 'warning']).default('warning'))
    .addOption(new Option('--preset <name>', 'hold the rules of a preset instead of the configured ones').choices(presetNames))
    .addOption(new Option('--format <format>', 'how to print').choices(['pretty', 'json', 'sarif']).default('pretty'))
    .option('--json', 'short for --format json')
    .addOption(ignorePattern())
    .addOption(noConfig())
    .action(async (paths: string[], options: Omit<CheckOptions, 'format'> & { format: CheckOptions['format']; json?: true }) => {
      ended(await check(paths, { ...options, preset: options.preset, format: options.json ? 'json' : options.format }, catalogue, terminal));
    });

  subcommand('fix')
    .description('Repair misuse. Exit code 0: nothing left, 1: something left for a person, 2: could not run, nothing written.')
    .argument('[paths...]')
    .addOption(new Option('--only <names>', 'run only these codemods (comma-separated, or repeated)').argParser(collectNames).default([], 'all'))
    .option('--dry', 'write nothing, print the changes as a unified diff', false)
    .option('--json', 'print one JSON object', false)
    .option('--force', 'also in a git tree with uncommitted changes', false)
    .option('--policy <file>', 'JSON file with the values that repairs may write')
    .option('--audience <value>', 'audience of the tokens that this project verifies')
    .option('--issuer <value>', 'issuer of the tokens')
    .option('--algorithms <names>', 'accepted algorithms, comma-separated')
    .option('--lifetime <time>', 'lifetime of access tokens, such as 15m')
    .addOption(new Option('--phase <phase>', 'issue: claims are written; enforce: they are demanded').choices(['issue', 'enforce']))
    .addOption(ignorePattern())
    .addOption(noConfig())
    .addHelpText('after', `\nCodemods:\n${catalogue.codemods.map(({ name, description }) => `  ${name.padEnd(30)} ${description}`).join('\n')}\n`)
    .action(async (paths: string[], options: FixOptions) => {
      ended(await fix(paths, options, catalogue, terminal));
    });

  subcommand('inventory')
    .description('List every JWT operation with what is proven of its settings, and what could not be seen. Exit code 0, or 2: could not run.')
    .argument('[paths...]')
    .option('--json', 'print one JSON object', false)
    .addOption(ignorePattern())
    .addOption(noConfig())
    .action(async (paths: string[], options: InventoryOptions) => {
      ended(await inventory(paths, options, catalogue, terminal));
    });

  subcommand('init')
    .description('Write an eslint.config.js that uses the plugin, or say what to add to the one that is there.')
    .addOption(new Option('--preset <name>', 'the preset to use').choices(presetNames).default('recommended'))
    .action((options: Parameters<typeof init>[0]) => {
      ended(init(options, catalogue, terminal));
    });

  return program;
}

function collectNames(value: string, before: readonly string[]): string[] {
  const names = value.split(',').map((name) => name.trim()).filter((name) => name !== '');
  if (names.length === 0) throw new InvalidArgumentError('It names no codemod.');
  return [...before, ...names];
}

function collectPatterns(value: string, before: readonly string[]): string[] {
  if (value.trim() === '') throw new InvalidArgumentError('It is empty.');
  return [...before, value];
}

/** Commander's message as one sentence on one line. */
function sentenceOf(text: string): string {
  const line = text.trim().replace(/^error: /, '').replace(/\s*\n\s*/g, ' ').replace(/\(Did you mean ([^)]*)\?\)$/, '(did you mean $1?)');
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}${/[.?]$/.test(line) ? '' : '.'}`;
}
