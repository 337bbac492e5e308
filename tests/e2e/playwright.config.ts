import { defineConfig } from '@playwright/test';

/** Real Electron, one window at a time: the tests measure and share one machine. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  reporter: 'list',
  // A bound against hanging; a scenario takes most of it on a busy machine.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  globalSetup: './support/global-setup.ts',
});
