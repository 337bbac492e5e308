import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployTopology, loadApplication } from '../../engine/deploy/index.ts';
import {
  namedTopology,
  settingsSchema,
  type Application,
  type Consistency,
  type Fault,
} from '../../engine/model/index.ts';
import { anomaliesOf, breakCheckOut } from '../support/check-out-campaign.ts';
import { describeWithEngine } from '../support/engine.ts';
import { testLaboratory } from '../support/laboratory.ts';

/** Crashes on both sides of the money, and an answer that comes too late for an impatient caller. */
const faults: Fault[] = [
  { kind: 'crash', module: 'orders' },
  { kind: 'slow', module: 'payments', delayMs: 600 },
  { kind: 'crash', module: 'payments' },
  { kind: 'crash', module: 'orders' },
];

function booksUnderFaults(runtime: 'docker' | 'process', cuts: readonly string[]) {
  const laboratory = testLaboratory();
  let application: Application;
  beforeAll(async () => {
    application = await loadApplication(laboratory.applicationsDirectory, 'shop');
  });
  afterAll(() => laboratory.remove());

  const broken = async (cut: string, consistency: Consistency) => {
    const topology = namedTopology(application, cut);
    if (topology === undefined) throw new Error(`the shop has no topology "${cut}"`);
    const running = await deployTopology({
      laboratory,
      application,
      topology,
      settings: settingsSchema.parse({ consistency }),
      runtime,
      session: `books-${runtime}-${process.pid}-${cut}-${consistency}`,
      signal: new AbortController().signal,
      onEvent: () => undefined,
    });
    try {
      return await breakCheckOut(running.deployment, {
        faults,
        journeysPerSecond: 15,
        holdMs: 800,
        pauseMs: 500,
        seed: 7,
      });
    } finally {
      await running.close();
    }
  };

  describe.each(cuts)('%s', (cut) => {
    it('loses nothing with the strategy that belongs to the cut', async () => {
      const { books, done } = await broken(cut, 'auto');
      expect(done).toHaveLength(faults.length);
      expect(books.acknowledged).toBeGreaterThan(20);
      // The faults were felt: not every buyer got an answer.
      expect(books.indeterminate + books.rejected).toBeGreaterThan(0);
      expect(anomaliesOf(books)).toEqual([]);
    });

    it('loses acknowledged orders when it acknowledges before it commits', async () => {
      const { books } = await broken(cut, 'acknowledge-before-commit');
      expect(books.lost.length).toBeGreaterThan(0);
    });

    it('takes money twice when it repeats without a key', async () => {
      const { books } = await broken(cut, 'retry-without-key');
      expect(books.duplicated.length).toBeGreaterThan(0);
      expect(books.conserved.find(({ invariant }) => invariant === 'money-conserved')?.holds).toBe(false);
    });
  });
}

describe('the books in the process runtime', () => booksUnderFaults('process', ['monolith', 'microservices']));
describeWithEngine('the books in the docker runtime', () => booksUnderFaults('docker', ['microservices']));
