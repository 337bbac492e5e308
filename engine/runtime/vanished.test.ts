import { describe, expect, it } from 'vitest';
import { EngineError } from './errors.ts';
import { Vanished, orVanished } from './vanished.ts';

const gone = new EngineError('engine', 'no such container');
const site = (vanished: Vanished, look: () => void = () => undefined) => ({
  vanished: vanished.signal,
  assertThere: async () => {
    look();
    vanished.signal.throwIfAborted();
  },
});
const failing = async (): Promise<never> => {
  throw gone;
};

describe('work on a site', () => {
  it('gives what it gives, and throws what it throws, while all is there', async () => {
    const vanished = new Vanished();
    expect(await orVanished(site(vanished), async () => 7)).toBe(7);
    await expect(orVanished(site(vanished), failing)).rejects.toBe(gone);
  });

  it('names the removal, whether it was told before, is found by looking, or the work did not notice', async () => {
    const before = new Vanished();
    before.tell(['container a', 'container b']);
    const words = /^Somebody else removed or ended what was running here: container a(, container b)?$/;
    await expect(orVanished(site(before), failing)).rejects.toMatchObject({ kind: 'vanished', message: words });
    const byLooking = new Vanished();
    const look = () => byLooking.tell(['container a']);
    await expect(orVanished(site(byLooking, look), failing)).rejects.toThrow(words);
    const meanwhile = new Vanished();
    await expect(orVanished(site(meanwhile), async () => meanwhile.tell(['container a']))).rejects.toThrow(words);
  });

  it('throws the failure when nobody can look', async () => {
    const look = () => {
      throw new EngineError('no-engine', 'the engine does not answer');
    };
    await expect(orVanished(site(new Vanished(), look), failing)).rejects.toBe(gone);
  });
});
