import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeResult } from '../../report/testing/index.ts';
import { FakeMachine } from '../machine/testing/index.ts';
import { estimateDurationMs } from '../model/index.ts';
import { storeResult } from '../storage/index.ts';
import { learnedEstimate } from './learned.ts';

it('a run is estimated from what the runs stored on this machine took', async () => {
  const dataDirectory = mkdtempSync(path.join(tmpdir(), 'cleave-learned-'));
  try {
    const machine = new FakeMachine();
    const { cpus, memoryBytes } = machine.facts();
    const result = makeResult({ blocks: 1, everything: false, requests: 10 });
    const { experiment } = result;
    const plannedMs = estimateDurationMs(experiment);
    const learn = () => learnedEstimate(experiment, { dataDirectory, machine }, 'docker');
    expect(await learn()).toMatchObject({ highMs: plannedMs, runs: 0 });
    await storeResult(dataDirectory, {
      ...result,
      environment: { ...result.environment, runtime: 'docker', cpus, memoryBytes },
      endedAt: new Date(Date.parse(result.startedAt) + 3 * plannedMs).toISOString(),
    });
    const { highMs, runs } = await learn();
    expect([highMs / plannedMs, runs]).toEqual([expect.closeTo(3, 2), 1]);
  } finally {
    rmSync(dataDirectory, { recursive: true, force: true });
  }
});
