import { describe, expect, it } from 'vitest';
import { EngineError } from '../runtime/index.ts';
import { problemsAfter, runFake, unbroken, type FakeOutcome } from './testing/index.ts';

// What happens in a run that nothing goes wrong in; every call and every event of it is a point at which something may.
const whole = await runFake();
const calls = (whole.runtime?.calls.made ?? []).map(({ call, unit, index }) => ({
  index,
  name: unit === null ? call : `${call} ${unit}`,
}));
const events = whole.events.flatMap((event, index) => {
  switch (event.type) {
    case 'step-started':
      return [{ index, name: event.title }];
    case 'fault':
      return [{ index, name: `${event.fault.kind} ${event.phase}` }];
    case 'unit-state':
      return [{ index, name: `${event.unit} ${event.state}` }];
    case 'round-started':
    case 'round-ended':
    case 'gate':
      return [{ index, name: event.type }];
    default:
      return [];
  }
});
const closing = new Set(['close-site', 'close']);

/** Everything a person can read of what happened. */
function told({ result, error, events }: FakeOutcome): string {
  return JSON.stringify([
    result?.reason,
    result?.rounds.map(({ reasons, isolation }) => [reasons, isolation.map(({ reason }) => reason)]),
    String(error),
    events.map((event) => ('text' in event ? event.text : 'detail' in event ? event.detail : '')),
  ]);
}

describe('a cancel', () => {
  it.each(calls)(
    'at call $index, $name, ends the run with nothing left and the finished rounds kept',
    async ({ index }) => {
      const controller = new AbortController();
      const outcome = await runFake({
        controller,
        script: (call) => {
          if (call.index === index) controller.abort(new Error('cancelled by the test'));
        },
      });
      expect(problemsAfter(outcome)).toEqual([]);
      const ending = outcome.events.at(-1);
      // What comes after the last round has nothing to cancel.
      const late = outcome.result?.status === 'completed';
      expect(ending).toMatchObject({ outcome: late ? 'completed' : 'cancelled' });
      if (late) expect(calls.at(-1)?.index).toBe(index);
    },
  );

  it.each(events)(
    'at event $index, $name, ends the run with nothing left and the finished rounds kept',
    async ({ index }) => {
      let seen = -1;
      const outcome = await runFake({
        onEvent: (_event, controller) => {
          seen += 1;
          if (seen === index) controller.abort(new Error('cancelled by the test'));
        },
      });
      expect(problemsAfter(outcome)).toEqual([]);
      expect(outcome.events.at(-1)).toMatchObject({ outcome: 'cancelled' });
    },
  );

  it('before it began leaves no trace', async () => {
    const controller = new AbortController();
    controller.abort(new Error('never mind'));
    const outcome = await runFake({ controller });
    expect(problemsAfter(outcome)).toEqual([]);
    expect(outcome.runtime?.calls.made.map(({ call }) => call)).toEqual(['close']);
  });
});

describe('an engine that fails once', () => {
  it.each(calls)('at call $index, $name, is told of, and nothing is left', async ({ index, name }) => {
    const outcome = await runFake({
      script: (call) => {
        if (call.index === index) throw new Error('the engine stumbled');
      },
    });
    expect(outcome.events.filter(({ type }) => type === 'run-ended')).toHaveLength(1);
    if (!closing.has(name)) expect(problemsAfter(outcome)).toEqual([]);
    // A look at the log, a reading between or one of the clock may be missed without harm; whatever changes a number is told.
    if (!/^(logs|stats|time)/.test(name)) expect(told(outcome)).toContain('the engine stumbled');
  });
});

describe('an engine that dies', () => {
  it.each(calls)('at call $index, $name, ends the run at once, and says so', async ({ index }) => {
    const outcome = await runFake({
      script: (call) => {
        if (call.index >= index) throw new EngineError('no-engine', 'The engine does not answer any more');
      },
    });
    expect(outcome.events.at(-1)).toMatchObject({ type: 'run-ended' });
    expect(told(outcome)).toContain('does not answer any more');
    const after = outcome.runtime?.calls.made.filter((call) => call.index > index).map(({ call }) => call) ?? [];
    // Nothing new is begun on it, but for what was under way beside it.
    expect(after.filter((call) => ['open-site', 'measure-floor', 'sweep'].includes(call))).toEqual([]);
  });
});

describe('cleaning up that fails', () => {
  it('of a site is told by the round, which is kept, and the run goes on', async () => {
    const outcome = await runFake({
      experiment: unbroken,
      script: ({ call, nth }) => {
        if (call === 'close-site' && nth === 1) throw new Error('the network is in use');
      },
    });
    expect(outcome.result?.rounds).toHaveLength(2);
    expect(told(outcome)).toContain('the network is in use');
  });

  it('at the very end does not lose the result', async () => {
    const outcome = await runFake({
      experiment: unbroken,
      script: ({ call }) => {
        if (call === 'close') throw new Error('the reaper is gone');
      },
    });
    expect(outcome.result?.status).toBe('completed');
    expect(outcome.stored).toEqual(outcome.result);
    expect(told(outcome)).toContain('the reaper is gone');
  });
});

describe('a build that fails', () => {
  it('stops the builds beside it before the run ends', async () => {
    let building = 0;
    const atEnd: number[] = [];
    const outcome = await runFake({
      experiment: unbroken,
      script: async ({ call, unit, signal }) => {
        if (call !== 'build') return;
        if (unit === 'work') throw new Error('no space for work');
        building += 1;
        await new Promise<void>((resolve) => {
          if (unit === 'all' || signal === undefined) resolve();
          else signal.addEventListener('abort', () => setImmediate(resolve), { once: true });
        });
        building -= 1;
      },
      onEvent: (event) => {
        if (event.type === 'run-ended') atEnd.push(building);
      },
    });
    expect(problemsAfter(outcome)).toEqual([]);
    expect(outcome.result?.reason).toContain('no space for work');
    expect(atEnd).toEqual([0]);
  });
});
