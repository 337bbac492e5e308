import { expect, it } from 'vitest';
import { delay } from './deadline.ts';
import { whileMoving } from './moving.ts';

const never = new AbortController().signal;

it('gives up on work that tells nothing any more, and tells it so', async () => {
  let told: AbortSignal | undefined;
  const work = whileMoving('waiting for nothing', 20, never, (signal, moved) => {
    told = signal;
    moved();
    return new Promise<never>(() => {});
  });
  await expect(work).rejects.toMatchObject({
    kind: 'timeout',
    message: 'Nothing moved for 0.02 s: waiting for nothing',
  });
  expect(told?.aborted).toBe(true);
});

it('lets work go on that moves, for longer than it may stand still', async () => {
  const work = whileMoving('work', 200, never, async (signal, moved) => {
    for (let step = 0; step < 15; step += 1) {
      await delay(20, signal);
      moved();
    }
    return 'done';
  });
  await expect(work).resolves.toBe('done');
});

it('ends with the caller’s reason, and hands over what the work comes to', async () => {
  const cancel = new AbortController();
  const work = whileMoving('work', 60_000, cancel.signal, (signal) => delay(60_000, signal));
  cancel.abort(new Error('enough'));
  await expect(work).rejects.toThrow('enough');
  await expect(whileMoving('work', 60_000, cancel.signal, async () => 1)).rejects.toThrow('enough');
  await expect(whileMoving('work', 60_000, never, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
