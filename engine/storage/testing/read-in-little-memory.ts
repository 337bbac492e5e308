import { parentPort, workerData } from 'node:worker_threads';
import { readResultFile } from '../index.ts';

// Reads the file that the worker was given, and says what became of it; a worker may have little memory, where a test may not.
const outcome = await readResultFile(String(workerData)).then(
  () => 'read',
  (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
);
// A thread has no origin.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(outcome);
