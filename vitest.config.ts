import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Most time goes into processes that the tests start and wait for, so that no core need be left free.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The last line of a run is plain text that a program can read.
    reporters: ['default', './scripts/count-reporter.js'],
  },
});
