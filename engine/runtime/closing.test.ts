import { describe, expect, it } from 'vitest';
import { closeAfterwards, closeOnFailure, onceDone } from './closing.ts';

const cause = new Error('The agent has ended');
const problem = new Error('Removing the network: it is in use');
const failing = (error: Error) => async (): Promise<never> => {
  throw error;
};

describe('closing after the work', () => {
  it('gives what the work gave, once it is closed', async () => {
    const order: string[] = [];
    const close = async () => void order.push('closed');
    expect(await closeAfterwards(async () => order.push('worked'), close)).toBe(1);
    expect(order).toEqual(['worked', 'closed']);
  });

  it('tells the cause and not what followed from it', async () => {
    await expect(closeAfterwards(failing(cause), failing(problem))).rejects.toBe(cause);
    await expect(closeAfterwards(failing(cause), failing(problem), () => false)).rejects.toBe(cause);
  });

  it('tells a closing that says more than the cause', async () => {
    const says = (error: unknown) => error === problem;
    await expect(closeAfterwards(failing(cause), failing(problem), says)).rejects.toBe(problem);
  });

  it('tells a closing that failed by itself', async () => {
    await expect(closeAfterwards(async () => 1, failing(problem))).rejects.toBe(problem);
  });
});

describe('closing only after a failure', () => {
  it('leaves open what came about', async () => {
    expect(await closeOnFailure(async () => 1, failing(problem))).toBe(1);
  });

  it('closes, and tells the cause whether that worked or not', async () => {
    const closed: unknown[] = [];
    await expect(closeOnFailure(failing(cause), async (error) => closed.push(error))).rejects.toBe(cause);
    expect(closed).toEqual([cause]);
    await expect(closeOnFailure(failing(cause), failing(problem))).rejects.toBe(cause);
  });
});

describe('what is done once', () => {
  it('is done once, however often it is asked for', async () => {
    let calls = 0;
    const close = onceDone(async () => (calls += 1));
    expect(await Promise.all([close(), close()])).toEqual([1, 1]);
    expect(await close()).toBe(1);
  });

  it('is tried again after a failure, and not twice at a time', async () => {
    let calls = 0;
    const close = onceDone(async () => {
      calls += 1;
      if (calls < 3) throw problem;
      return 'closed';
    });
    const together = [close(), close()];
    await expect(together[0]).rejects.toBe(problem);
    await expect(together[1]).rejects.toBe(problem);
    await expect(close()).rejects.toBe(problem);
    expect(await close()).toBe('closed');
    expect(calls).toBe(3);
  });
});
