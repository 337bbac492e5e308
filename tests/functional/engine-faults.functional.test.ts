import { it } from 'vitest';
import { fakeEngine } from '../../engine/runtime/testing/index.ts';
import { failures } from '../support/engine-faults/failure.ts';
import { endOf, problemsOf } from '../support/engine-faults/judge.ts';
import { tryFault } from '../support/engine-faults/trial.ts';

/** An engine that says what it is, and has nothing of what a run asks of it then. */
const answers: Readonly<Record<string, unknown>> = {
  'GET /version': { Version: '20.10.24', ApiVersion: '1.41', Os: 'linux', Arch: 'amd64' },
  'GET /info': { NCPU: 2, MemTotal: 8e9 },
};

it.concurrent.for(failures)(
  'an engine whose first answer fails with %s ends a run in one sentence',
  async (failure, { expect, onTestFinished }) => {
    const engine = await fakeEngine([], (request) =>
      request in answers ? { status: 200, body: answers[request] } : undefined,
    );
    onTestFinished(() => engine.close());
    const call = { method: 'GET', route: '/version', phase: 'opening' } as const;
    const trial = await tryFault(engine.address, { call, failure, times: 'always' });
    expect(problemsOf(trial)).toEqual([]);
    expect(endOf(trial)).toBe('failed');
  },
);
