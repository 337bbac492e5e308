import { EventEmitter } from 'node:events';
import { beforeEach, expect, it, vi } from 'vitest';
import type { HostCommand, HostConfiguration, HostMessage } from '../host-protocol/index.ts';

/** A process that answers everything at once. */
class FakeProcess extends EventEmitter {
  readonly stdout = null;
  readonly stderr = null;
  readonly pid = 1;
  postMessage({ id }: HostCommand): void {
    queueMicrotask(() => this.emit('message', { type: 'answer', id, ok: true, value: [] } satisfies HostMessage));
  }
}

const started: FakeProcess[] = [];
vi.mock('electron', () => ({
  utilityProcess: {
    fork: () => {
      const child = new FakeProcess();
      started.push(child);
      return child;
    },
  },
}));
const { openEngineHost } = await import('./engine-host.ts');

beforeEach(() => {
  started.length = 0;
});

const nothing = () => undefined;

it('a host that dies is started again, and one that dies again and again by the next question', async () => {
  let crashes = 0;
  const host = openEngineHost({
    serviceName: 'host',
    modulePath: 'host.js',
    configuration: () => ({}) as HostConfiguration,
    environment: {},
    on: {
      'engine:changed': nothing,
      'explore:changed': nothing,
      'results:changed': nothing,
      'experiments:changed': nothing,
      'applications:changed': nothing,
      'run:event': nothing,
    },
    onCrash: () => (crashes += 1),
    log: nothing,
  });
  const ask = () => host.request('results:list');
  await ask();
  expect(started).toHaveLength(1);
  for (let death = 0; death < 20 && host.pid !== null; death += 1) started.at(-1)?.emit('exit', 1);
  // It was started again a bounded number of times, and then left alone.
  expect(crashes).toBe(started.length);
  expect(crashes).toBeGreaterThan(1);
  expect(crashes).toBeLessThan(20);
  const before = started.length;
  expect(await ask()).toEqual([]);
  expect(started).toHaveLength(before + 1);
});
