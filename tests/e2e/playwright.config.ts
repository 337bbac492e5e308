import { defineConfig } from '@playwright/test';

/** Real Electron, two windows at a time. `@wide` and `@full` mark what the core leaves out. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  reporter: 'list',
  // A bound against hanging; a scenario takes most of it on a busy machine.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  globalSetup: './support/global-setup.ts',
});
