import { sleep, steadyMs } from '../../clock.ts';

/** How often it is tried again, ms: long against a write, short against a transaction. */
const retryMs = 1;
/** SQLite's primary result code in the low byte of its extended ones (sqlite.org/rescode.html). */
const sqliteBusy = 5;

/** True when a statement was refused because another process has the store's one place for writing. */
export function isBusy(error: unknown): boolean {
  const { errcode } = error as { errcode?: unknown };
  return typeof errcode === 'number' && (errcode & 0xff) === sqliteBusy;
}

/**
 * What `use` gives, tried again while another process writes, for at most `limitMs`; then what it threw is thrown. SQLite's own wait would hold everything
 * else that this process has to do. `onWaited` is told each wait, ms, and ends it by throwing.
 */
export async function whenFree<T>(
  use: () => Promise<T> | T,
  limitMs: number,
  onWaited?: (waitedMs: number) => void,
): Promise<T> {
  const startMs = steadyMs();
  for (;;) {
    try {
      return await use();
    } catch (error) {
      if (!isBusy(error) || steadyMs() - startMs >= limitMs) throw error;
    }
    const fromMs = steadyMs();
    await sleep(retryMs);
    onWaited?.(steadyMs() - fromMs);
  }
}
