import { describe, expect, test } from 'vitest';
import type { Laboratory } from '../../engine/deploy/index.ts';
import { appSettingsSchema, type Experiment, type LabEvent, type Result } from '../../engine/model/index.ts';
import { smokeResult } from '../../report/testing/index.ts';
import { openRuns, withSettings, type RunsOptions } from './runs.ts';

const { experiment } = smokeResult();
const settings = appSettingsSchema.parse({ runtime: 'process', cpus: 1 });
const laboratory = {} as Laboratory;
const started: LabEvent = {
  atMs: 1,
  type: 'run-started',
  runId: 'r1',
  experiment,
  runtime: 'process',
  rounds: 2,
  estimateMs: 1,
};

function running(run: NonNullable<RunsOptions['run']>) {
  const events: [string, LabEvent['type']][] = [];
  let stored = 0;
  const runs = openRuns({
    onEvent: (runId, event) => events.push([runId, event.type]),
    onStored: () => {
      stored += 1;
    },
    run,
  });
  return { runs, events, stored: () => stored };
}

describe('runs', () => {
  test('answers with the id once it runs, and hands events on in order', async () => {
    const { runs, events } = running((_experiment, { onEvent }) => {
      onEvent(started);
      onEvent({ atMs: 2, type: 'message', level: 'info', text: 'hello' });
      return new Promise<Result>(() => undefined);
    });
    expect(await runs.start(experiment, laboratory, settings)).toEqual({ runId: 'r1' });
    expect(events).toEqual([
      ['r1', 'run-started'],
      ['r1', 'message'],
    ]);
    await expect(runs.start(experiment, laboratory, settings)).rejects.toThrow('running already');
  });

  test('hands on what it is to go on from', async () => {
    const kept: unknown[] = [];
    const { runs } = running((_experiment, { onEvent, continues }) => {
      kept.push(continues);
      onEvent(started);
      return new Promise<Result>(() => undefined);
    });
    const before = { id: 'before' } as Result;
    await runs.start(experiment, laboratory, settings, before);
    expect(kept).toEqual([before]);
  });

  test('a run that cannot begin is refused with its reason, and another may start', async () => {
    const { runs } = running(() => Promise.reject(new Error('no engine')));
    await expect(runs.start(experiment, laboratory, settings)).rejects.toThrow('no engine');
    await expect.poll(() => runs.active).toBe(false);
    await expect(runs.start(experiment, laboratory, settings)).rejects.toThrow('no engine');
  });

  test('cancel says so first and aborts; a foreign id is refused', async () => {
    const { runs, events } = running((_experiment, { onEvent, signal }) => {
      onEvent(started);
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    });
    await runs.start(experiment, laboratory, settings);
    expect(() => runs.cancel('other')).toThrow('not running');
    runs.cancel('r1');
    expect(events.at(-1)).toEqual(['r1', 'cancelling']);
    await expect.poll(() => runs.active).toBe(false);
  });

  test('settings fill what the experiment leaves open and nothing else', () => {
    const open: Experiment = { ...experiment, runtime: 'auto', resources: { cpus: null, memoryBytes: 2 ** 30 } };
    expect(withSettings(open, settings)).toMatchObject({
      runtime: 'process',
      resources: { cpus: 1, memoryBytes: 2 ** 30 },
    });
    expect(withSettings({ ...open, runtime: 'docker' }, settings).runtime).toBe('docker');
  });
});
