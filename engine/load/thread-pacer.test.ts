import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { startThreadPacer } from './thread-pacer.ts';

test('a pacer is handed out awake: its first alarm does not wait for a thread to start', async () => {
  const { pacer: first, calibration } = await startThreadPacer();
  await first.close();
  const startsMs: number[] = [];
  const alarmsMs: number[] = [];
  for (let round = 0; round < 5; round++) {
    const beforeMs = performance.now();
    const { pacer } = await startThreadPacer(calibration);
    const readyMs = performance.now();
    let left = 1;
    await new Promise<void>((resolve) => {
      pacer.start(() => (left-- > 0 ? performance.now() : Number.POSITIVE_INFINITY), resolve, 100);
    });
    startsMs.push(readyMs - beforeMs);
    alarmsMs.push(performance.now() - readyMs);
    await pacer.close();
  }
  // To start a thread takes many times what an alarm of a running one does.
  expect(median(alarmsMs)).toBeLessThan(median(startsMs));
});

test('a pacer whose thread has died is closed all the same', async () => {
  const workers: Worker[] = [];
  const { pacer } = await startThreadPacer(undefined, (worker) => void workers.push(worker));
  await Promise.all(workers.map((worker) => worker.terminate()));
  await pacer.close();
});

test('a thread that ends before it could be used is said, not waited for', async () => {
  const started = startThreadPacer(undefined, (worker) => void worker.terminate());
  await expect(started).rejects.toThrow(/^the pacer's thread ended with \d+ before it could be used$/);
});

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
