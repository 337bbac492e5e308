import { describe, expect, it } from 'vitest';
import type { FakeLaboratory } from '../deploy/testing/index.ts';
import { problemsAfter, runFake, unbroken } from './testing/index.ts';

const whole = await runFake();
const calls = whole.runtime?.calls.made ?? [];
const removed = 'Everything that was created has been removed';

/** Runs until the call of that number, at which somebody else removes what the run has on the engine. */
async function robbedAt(index: number) {
  let runtimes: FakeLaboratory['runtimes'] = [];
  let left: readonly string[] = [];
  const outcome = await runFake({
    onLaboratory: (laboratory) => {
      ({ runtimes } = laboratory);
    },
    script: (call) => {
      const [runtime] = runtimes;
      if (call.index !== index || runtime === undefined) return;
      ({ left } = runtime);
      runtime.steal();
    },
  });
  return { outcome, hadSomething: left.length > 0 };
}

describe('a run whose units somebody else removes', () => {
  it.each(calls.map(({ call, index }) => ({ call, index })))(
    'ends as failed and says so: at call $index, $call',
    async ({ index }) => {
      const { outcome, hadSomething } = await robbedAt(index);
      expect(problemsAfter(outcome)).toEqual([]);
      const closing = calls.find((call) => call.index === index)?.call === 'close-site';
      if (!hadSomething || closing) return;
      expect(outcome.result).toMatchObject({
        status: 'failed',
        reason: expect.stringContaining('Somebody else removed or ended what was running here') as unknown,
      });
      // It ends there: no further round is begun with nobody knowing who removes things.
      const begun = outcome.events.filter(({ type }) => type === 'round-started').length;
      const ended = outcome.events.filter(({ type }) => type === 'round-ended').length;
      expect(begun - ended).toBeLessThanOrEqual(1);
    },
  );
});

describe('what a cancelled run says at its end', () => {
  const cancelled = async (failing: boolean) => {
    const outcome = await runFake({
      experiment: unbroken,
      onEvent: (event, controller) => {
        if (event.type === 'round-started') controller.abort(new Error('cancelled by the test'));
      },
      script: ({ call }) => {
        if (failing && (call === 'close-site' || call === 'close')) throw new Error('the network is in use');
      },
    });
    return outcome.events.map((event) => ('text' in event ? event.text : '')).join('\n');
  };

  it('is that everything has been removed, when it has', async () => {
    expect(await cancelled(false)).toContain(removed);
  });

  it('is what could not be removed, and nothing else, when something could not', async () => {
    const said = await cancelled(true);
    expect(said).toContain('the network is in use');
    expect(said).not.toContain(removed);
  });
});
