import { endsTheRun } from './hopeless.ts';

/**
 * Does the work and closes, whatever came of it. When both fail, the work's failure is thrown, for the closing's is its consequence; unless
 * that one says that nothing can go on.
 */
export async function closeAfterwards<T>(work: () => Promise<T>, close: () => Promise<void>): Promise<T> {
  let value: T;
  try {
    value = await work();
  } catch (error) {
    await close().catch((problem: unknown) => {
      if (endsTheRun(problem)) throw problem;
    });
    throw error;
  }
  await close();
  return value;
}
