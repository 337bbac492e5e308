import type Docker from 'dockerode';
import { expect, it } from 'vitest';
import { whileAnswering } from './while-answering.ts';

const patience = { askEveryMs: 1, silentMs: 20 };

/** An engine that answers so many pings, then hangs, or is gone. */
function engine(answers: number, then: 'hangs' | 'is gone') {
  let asked = 0;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that is asked of it
  const docker = {
    ping: () => {
      asked += 1;
      if (asked <= answers) return Promise.resolve('OK');
      return then === 'hangs' ? new Promise(() => undefined) : Promise.reject(new Error('connect ECONNREFUSED'));
    },
  } as unknown as Docker;
  return { docker, asked: () => asked };
}

const never = () => new Promise<never>(() => undefined);

it.each(['hangs', 'is gone'] as const)(
  'work on an engine that %s ends with the cause, and its signal aborts',
  async (then) => {
    const { docker } = engine(2, then);
    let told: AbortSignal | undefined;
    const work = whileAnswering(
      docker,
      new AbortController().signal,
      (signal) => {
        told = signal;
        return never();
      },
      patience,
    );
    await expect(work).rejects.toMatchObject({
      kind: 'no-engine',
      message: expect.stringMatching(/^The container engine does not answer/) as unknown,
      nextStep: expect.stringContaining('Start the container engine') as unknown,
    });
    expect(told?.aborted).toBe(true);
  },
);

it('work on an engine that answers goes on, and asking ends with it', async () => {
  const { docker, asked } = engine(Number.POSITIVE_INFINITY, 'hangs');
  let finish: (text: string) => void = () => undefined;
  const work = whileAnswering(
    docker,
    new AbortController().signal,
    () => new Promise<string>((resolve) => (finish = resolve)),
    patience,
  );
  while (asked() < 3) await new Promise((resolve) => setImmediate(resolve));
  finish('built');
  await expect(work).resolves.toBe('built');
  const after = asked();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(asked() - after).toBeLessThanOrEqual(1);
});

it('a failure of the work is its own', async () => {
  const { docker } = engine(Number.POSITIVE_INFINITY, 'hangs');
  const failing = whileAnswering(
    docker,
    new AbortController().signal,
    () => Promise.reject(new Error('no space')),
    patience,
  );
  await expect(failing).rejects.toThrow('no space');
});
