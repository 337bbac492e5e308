import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EngineStatus } from '../../engine/model/index.ts';
import type { FoundEngine, NoEngine } from '../../engine/runtime/index.ts';
import { watchEngine, type EngineWatch } from './engine-watch.ts';

const found = {
  docker: {},
  name: 'Docker',
  version: '20.10',
  address: 'unix:///run/docker.sock',
} as unknown as FoundEngine;
const refused: NoEngine = {
  problem: 'No container engine answers.',
  nextStep: 'Start it.',
  tried: [{ source: 'the default socket', address: 'unix:///run/docker.sock', problem: 'connect ECONNREFUSED' }],
};

let watch: EngineWatch | undefined;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  watch?.stop();
  vi.useRealTimers();
});

function watching(answers: (FoundEngine | NoEngine)[]) {
  const changes: EngineStatus['state'][] = [];
  const asked: (string | undefined)[] = [];
  watch = watchEngine({
    address: null,
    intervalMs: 1000,
    onChange: (status) => changes.push(status.state),
    discover: async ({ explicit }) => {
      asked.push(explicit);
      return answers.length > 1 ? answers.shift()! : answers[0]!;
    },
  });
  return { changes, asked, watch };
}

describe('watchEngine', () => {
  test('notices start and stop by itself, and tells of changes only', async () => {
    const { changes } = watching([found, found, refused, refused, found]);
    await vi.advanceTimersByTimeAsync(4500);
    expect(changes).toEqual(['healthy', 'stopped', 'healthy']);
  });

  test('one that answered is given 2 s to answer again, one that is looked for as long as it needs', async () => {
    const limits: (number | undefined)[] = [];
    const answers = [found, refused, refused];
    watch = watchEngine({
      ...{ address: null, intervalMs: 1000, onChange: () => undefined },
      discover: async ({ answerLimitMs }) => {
        limits.push(answerLimitMs);
        return answers.shift() ?? refused;
      },
    });
    await vi.advanceTimersByTimeAsync(2500);
    expect(limits).toEqual([undefined, 2000, undefined]);
  });

  test('says what is the matter and what to do', async () => {
    const { watch } = watching([refused]);
    await vi.advanceTimersByTimeAsync(0);
    expect(watch.status()).toMatchObject({
      state: 'stopped',
      problem: 'No container engine answers.',
      nextStep: 'Start it.',
      name: null,
    });
  });

  test('a socket that may not be opened is an error, not a missing engine', async () => {
    const denied = { ...refused, tried: [{ ...refused.tried[0]!, problem: 'connect EACCES' }] };
    const { watch } = watching([denied]);
    await vi.advanceTimersByTimeAsync(0);
    expect(watch.status().state).toBe('error');
  });

  test('another address is looked at at once', async () => {
    const { watch, asked } = watching([found]);
    await vi.advanceTimersByTimeAsync(0);
    watch.setAddress('unix:///other.sock');
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual([undefined, 'unix:///other.sock']);
  });

  test('stops looking when told', async () => {
    const { watch, asked } = watching([found]);
    await vi.advanceTimersByTimeAsync(0);
    watch.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toHaveLength(1);
  });
});
