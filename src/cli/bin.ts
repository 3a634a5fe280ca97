#!/usr/bin/env node
import { codemods } from '../../codemods/index.ts';
import { rules } from '../../rules/index.ts';
import { run } from './run.ts';
import { processTerminal } from './terminal.ts';

const interruption = new AbortController();
// The first signal lets the file in hand be finished; a second one ends the program as usual.
process.once('SIGINT', () => {
  interruption.abort();
});

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

void run(process.argv.slice(2), { rules, codemods }, processTerminal(interruption.signal)).then((code) => {
  process.exitCode = code;
});
