import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{engine,report,cli,renderer,sample-apps,electron,scripts,tests/support,tests/contracts}/**/*.test.{ts,tsx}',
          ],
          // Two cores and other programs beside the tests: a bound against hanging, not a measure of speed.
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.integration.test.ts'],
          globalSetup: ['tests/support/require-engine.ts'],
          // They measure, and share one machine.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
