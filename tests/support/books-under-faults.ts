import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployTopology, loadApplication } from '../../engine/deploy/index.ts';
import {
  namedTopology,
  settingsSchema,
  type Application,
  type Consistency,
  type ConsistencyMeasurement,
  type Fault,
  type Settings,
} from '../../engine/model/index.ts';
import { anomaliesOf, breakCheckOut } from './check-out-campaign.ts';
import { testLaboratory } from './laboratory.ts';

/** Crashes on both sides of the money, and an answer that comes too late for an impatient caller. */
const faults: Fault[] = [
  { kind: 'crash', module: 'orders' },
  { kind: 'slow', module: 'payments', delayMs: 600 },
  { kind: 'crash', module: 'payments' },
  { kind: 'crash', module: 'orders' },
];

type Strategy = Exclude<Consistency, 'naive'>;

/** Strategies that are wrong, and whose books must say so. */
export const plantedBugs = ['acknowledge-before-commit', 'retry-without-key'] as const;

/** What each strategy must show in the books: its own soundness, or the bug that was planted in it. */
const expectations: Record<Strategy, { title: string; check(books: ConsistencyMeasurement): void }> = {
  auto: {
    title: 'loses nothing with the strategy that belongs to the cut',
    check: (books) => {
      expect(books.acknowledged).toBeGreaterThan(20);
      // The faults were felt: not every buyer got an answer.
      expect(books.indeterminate + books.rejected).toBeGreaterThan(0);
      expect(anomaliesOf(books)).toEqual([]);
    },
  },
  'acknowledge-before-commit': {
    title: 'loses acknowledged orders when it acknowledges before it commits',
    check: (books) => expect(books.lost.length).toBeGreaterThan(0),
  },
  'retry-without-key': {
    title: 'takes money twice when it repeats without a key',
    check: (books) => {
      expect(books.duplicated.length).toBeGreaterThan(0);
      expect(books.conserved.find(({ invariant }) => invariant === 'money-conserved')?.holds).toBe(false);
    },
  },
};

/** Breaks the shop's check-out in one cut with each of these strategies, and holds its books against what clients were told. */
export function booksUnderFaults(
  runtime: 'docker' | 'process',
  cut: string,
  {
    strategies = ['auto', ...plantedBugs],
    store = 'sqlite',
  }: { strategies?: readonly Strategy[]; store?: Settings['store'] } = {},
): void {
  const laboratory = testLaboratory();
  let application: Application;
  beforeAll(async () => {
    application = await loadApplication(laboratory.applicationsDirectory, 'shop');
  });
  afterAll(() => laboratory.remove());

  describe(`${cut} on ${store}`, () => {
    it.each(strategies.map((strategy) => [expectations[strategy].title, strategy] as const))(
      '%s',
      async (_title, consistency) => {
        const topology = namedTopology(application, cut);
        if (topology === undefined) throw new Error(`the shop has no topology "${cut}"`);
        const running = await deployTopology({
          laboratory,
          application,
          topology,
          settings: settingsSchema.parse({ consistency, store }),
          runtime,
          session: `books-${runtime}-${process.pid}-${cut}-${store}-${consistency}`,
          signal: new AbortController().signal,
          onEvent: () => undefined,
        });
        try {
          const { books, done } = await breakCheckOut(running.deployment, {
            faults,
            journeysPerSecond: 15,
            holdMs: 800,
            pauseMs: 500,
            seed: 7,
          });
          expect(done).toHaveLength(faults.length);
          expectations[consistency].check(books);
        } finally {
          await running.close();
        }
      },
    );
  });
}
