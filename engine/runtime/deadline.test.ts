import { expect, it } from 'vitest';
import { delay, withDeadline } from './deadline.ts';

it('gives up on work that does not end, and tells it so', async () => {
  let told: AbortSignal | undefined;
  const work = withDeadline('waiting for nothing', 20, undefined, (signal) => {
    told = signal;
    return new Promise<never>(() => {});
  });
  await expect(work).rejects.toMatchObject({
    kind: 'timeout',
    message: 'There was no answer within 0.02 s: waiting for nothing',
  });
  expect(told?.aborted).toBe(true);
});

it('ends with the caller’s reason, though the work fails from the abort', async () => {
  const cancel = new AbortController();
  const work = withDeadline('work', 60_000, cancel.signal, (signal) => delay(60_000, signal));
  cancel.abort(new Error('enough'));
  await expect(work).rejects.toThrow('enough');
  await expect(withDeadline('work', 60_000, cancel.signal, async () => 1)).rejects.toThrow('enough');
});

it('hands over result and failure of the work', async () => {
  await expect(withDeadline('work', 60_000, undefined, async () => 1)).resolves.toBe(1);
  await expect(withDeadline('work', 60_000, undefined, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
