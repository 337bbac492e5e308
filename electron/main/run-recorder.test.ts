import { describe, expect, test } from 'vitest';
import type { LabEvent } from '../../engine/model/index.ts';
import { recordRuns } from './run-recorder.ts';

const log = (line: string): LabEvent => ({ atMs: 1, type: 'log', variant: 'a', unit: 'u', stream: 'stdout', line });
const message = (text: string): LabEvent => ({ atMs: 1, type: 'message', level: 'info', text });

function recorder() {
  const batches: { runId: string; events: LabEvent[] }[] = [];
  const ends: LabEvent[] = [];
  const timers: (() => void)[] = [];
  const runs = recordRuns({
    onBatch: (batch) => batches.push(batch),
    onEnd: (end) => ends.push(end),
    later: (callback) => timers.push(callback),
    nowMs: () => 7,
  });
  return { runs, batches, ends, timers };
}

describe('recordRuns', () => {
  test('gathers events into one batch a turn, in order', () => {
    const { runs, batches, timers } = recorder();
    runs.record('r1', message('one'));
    runs.record('r1', message('two'));
    expect(batches).toEqual([]);
    expect(timers).toHaveLength(1);
    timers[0]!();
    expect(batches).toEqual([{ runId: 'r1', events: [message('one'), message('two')] }]);
  });

  test('the end goes out at once and ends the run', () => {
    const { runs, batches, ends } = recorder();
    runs.record('r1', message('one'));
    expect(runs.activeRunId).toBe('r1');
    runs.record('r1', { atMs: 2, type: 'run-ended', outcome: 'completed', resultId: 'r1', text: 'finished' });
    expect(batches.flatMap((batch) => batch.events)).toHaveLength(2);
    expect(ends).toHaveLength(1);
    expect(runs.activeRunId).toBeNull();
    expect(runs.snapshot()).toMatchObject({ runId: 'r1', active: false });
  });

  test('keeps at most the last 2,000 log lines and everything else', () => {
    const { runs } = recorder();
    runs.record('r1', message('first'));
    for (let index = 0; index < 7000; index += 1) runs.record('r1', log(String(index)));
    const events = runs.snapshot()?.events ?? [];
    const lines = events.filter((event) => event.type === 'log').map((event) => event.line);
    expect(lines).toHaveLength(2000);
    expect(lines.at(-1)).toBe('6999');
    expect(lines[0]).toBe('5000');
    expect(events[0]).toEqual(message('first'));
  });

  test('a dead engine host ends the active run as interrupted, once, and says whether anything is kept', () => {
    const { runs, ends } = recorder();
    const text = (isKept: boolean) => (isKept ? 'kept' : 'nothing yet');
    runs.interrupt(text);
    runs.record('r1', message('one'));
    runs.interrupt(text);
    runs.interrupt(text);
    runs.record('r2', { atMs: 3, type: 'gate', checks: [] });
    runs.interrupt(text);
    const interrupted = { atMs: 7, type: 'run-ended', outcome: 'interrupted', resultId: null };
    expect(ends).toEqual([
      { ...interrupted, text: 'nothing yet' },
      { ...interrupted, text: 'kept' },
    ]);
  });

  test('a new run replaces the old one', () => {
    const { runs } = recorder();
    runs.record('r1', message('one'));
    runs.record('r2', message('two'));
    expect(runs.snapshot()).toEqual({ runId: 'r2', active: true, events: [message('two')] });
  });

  test('a run that was asked for counts until it begins or is refused', async () => {
    const { runs } = recorder();
    const refused = runs.expect(Promise.reject(new Error('no engine')));
    expect([runs.busy, runs.activeRunId]).toEqual([true, null]);
    await expect(refused).rejects.toThrow('no engine');
    expect(runs.busy).toBe(false);
    await runs.expect(Promise.resolve(runs.record('r1', message('one'))));
    expect(runs.busy).toBe(true);
  });
});
