import { describe, expect, it } from 'vitest';
import { encodeHistogram, newHistogram, recordMs, type LineSlice, type LoadSlice } from '../model/index.ts';
import { unsteady } from './isolation/index.ts';
import { lineSlice } from './slice.ts';
import { SliceTrack } from './track.ts';

const histogram = (times: number[]): string => {
  const made = newHistogram();
  for (const ms of times) recordMs(made, ms);
  return times.length === 0 ? '' : encodeHistogram(made);
};

function slice(startMs: number, answers: number[], failures: number[] = []): LoadSlice {
  const errors = { status: failures.length, shape: 0, timeout: 0, refused: 0, reset: 0, other: 0 };
  return {
    ...{ index: Math.round(startMs / 250), startMs, lengthMs: 250, withheldMs: 3 },
    endpoints: {
      home: {
        ...{ scheduled: answers.length + failures.length, good: answers.length, late: 0, dropped: 0, errors },
        ...{ responseTime: histogram(answers), failureAge: histogram(failures), notReached: 2 },
      },
    },
  };
}

const lines = (untilMs: number, answers: (startMs: number) => [number[], number[]?]): LineSlice[] =>
  Array.from({ length: untilMs / 250 }, (_, index) => lineSlice(slice(index * 250, ...answers(index * 250))));
const five = [5, 5, 5, 5];

describe('unsteady', () => {
  it('accepts a steady window and refuses a drifting or failing one', () => {
    expect(unsteady(lines(5000, () => [five]))).toBeNull();
    expect(unsteady(lines(5000, (startMs) => [startMs < 2500 ? [80, 80] : [20, 20]]))).toContain('median');
    expect(unsteady(lines(5000, () => [[5, 5, 5], [5]]))).toContain('75.0 %');
    expect(unsteady([])).toContain('no request');
  });
});

describe('SliceTrack', () => {
  it('settles a wait as soon as the span is covered, and rejects it on cancel', async () => {
    const track = new SliceTrack();
    const controller = new AbortController();
    const covered = track.covered(500, controller.signal);
    for (const startMs of [0, 250]) track.add(lineSlice(slice(startMs, five)));
    await expect(covered).resolves.toBeUndefined();
    const never = track.covered(10_000, controller.signal);
    controller.abort(new Error('stop'));
    await expect(never).rejects.toThrow('stop');
  });

  it('gives whole slices between two moments, and the one that straddles a moment with those after it', () => {
    const track = new SliceTrack();
    for (const startMs of [0, 250, 500]) track.add(lineSlice(slice(startMs, five)));
    expect(track.between(100, 750).map(({ startMs }) => startMs)).toEqual([250, 500]);
    expect(track.since(300).map(({ startMs }) => startMs)).toEqual([250, 500]);
  });
});
