import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/testing/index.ts';
import type { Deployment } from '../deploy/index.ts';
import { holdFault } from './hold.ts';
import { none } from './none.ts';
import type { FaultContext, FaultDefinition } from './types.ts';

const clock = new VirtualClock();
const context: FaultContext = {
  deployment: { clock } as unknown as Deployment,
  fault: { kind: 'none', module: 'catalog' },
  id: 'one',
  limitMs: 1000,
};

/** A fault that notes what is done to it; its undo fails `failures` times first. */
function noted(failures = 0): { definition: FaultDefinition; notes: string[] } {
  const notes: string[] = [];
  let left = failures;
  const definition: FaultDefinition = {
    ...none,
    inject: async () => ({
      unit: 'one',
      effectAtMs: clock.nowMs(),
      undo: async () => {
        notes.push('undo');
        left -= 1;
        if (left >= 0) throw new Error('the engine did not answer');
        return clock.nowMs();
      },
      remaining: async () => null,
    }),
  };
  return { definition, notes };
}

describe('holdFault', () => {
  it('takes the fault back after its time', async () => {
    const { definition, notes } = noted();
    const phases: string[] = [];
    const held = await holdFault(definition, context, {
      holdMs: 1,
      signal: new AbortController().signal,
      onPhase: (phase) => phases.push(phase),
    });
    expect(held.undoneAtMs).toBeGreaterThanOrEqual(held.effectAtMs);
    expect([notes, phases]).toEqual([['undo'], ['injecting', 'active', 'undoing', 'undone']]);
  });

  it('takes the fault back at once when aborted, and only then says so', async () => {
    const { definition, notes } = noted();
    const controller = new AbortController();
    const held = holdFault(definition, context, {
      holdMs: 3_600_000,
      signal: controller.signal,
      onPhase: (phase) => {
        if (phase === 'active') controller.abort(new Error('enough'));
      },
    });
    await expect(held).rejects.toThrow('enough');
    expect(notes).toEqual(['undo']);
  });

  it('does nothing when it was aborted before', async () => {
    const { definition, notes } = noted();
    await expect(
      holdFault(definition, context, { holdMs: 1, signal: AbortSignal.abort(new Error('no')) }),
    ).rejects.toThrow('no');
    expect(notes).toEqual([]);
  });

  it('repeats an undo that failed, and gives up with a reason', async () => {
    const options = { holdMs: 0, signal: new AbortController().signal };
    const once = noted(1);
    await holdFault(once.definition, context, options);
    expect(once.notes).toEqual(['undo', 'undo']);
    await expect(holdFault(noted(9).definition, context, options)).rejects.toThrow(
      'none(catalog) could not be undone: the engine did not answer',
    );
  });
});
