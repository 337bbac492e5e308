import { defineConfig } from 'vitest/config';
import { LongFirst } from './tests/support/long-first.ts';

/** Files that need an engine and a machine: found once, told to all. */
const onAnEngine = {
  globalSetup: ['tests/support/require-engine.ts'],
  testTimeout: 180_000,
  hookTimeout: 180_000,
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          name: 'unit',
          // Half of the time went into loading the same modules anew for each file; no test replaces a module or leaves one changed.
          isolate: false,
          include: [
            '{engine,report,cli,renderer,sample-apps,electron,scripts,tests/support,tests/contracts}/**/*.test.{ts,tsx}',
          ],
          // Vitest would leave a processor free, which of two is half.
          maxWorkers: '100%',
          // Two cores and other programs beside the tests: a bound against hanging, not a measure of speed.
          testTimeout: 90_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 4 },
        },
      },
      // Behaviour on real engines, several files at once: nothing in them depends on how fast the machine is, or on what else is on the engine.
      {
        test: {
          name: 'functional',
          include: ['tests/functional/**/*.functional.test.ts'],
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
          ...onAnEngine,
        },
      },
      // More of the same, too much of it for every commit.
      {
        test: {
          name: 'wide',
          include: ['tests/wide/**/*.wide.test.ts'],
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
          ...onAnEngine,
        },
      },
      // What leaves things of a dead owner behind for a while: another program's start would take them away.
      {
        test: {
          name: 'exclusive',
          include: ['tests/wide/**/*.exclusive.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          ...onAnEngine,
        },
      },
      // They measure, and share one machine: one after another.
      {
        test: {
          name: 'measuring',
          include: ['tests/measuring/**/*.measuring.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          ...onAnEngine,
        },
      },
      // Campaigns: the same behaviour at every point and in every form, on real engines.
      {
        test: {
          name: 'full',
          include: ['tests/full/**/*.full.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          ...onAnEngine,
        },
      },
    ],
  },
});
