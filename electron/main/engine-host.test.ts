import { EventEmitter } from 'node:events';
import { beforeEach, expect, it, vi } from 'vitest';
import type { HostCommand, HostConfiguration, HostMessage } from '../host-protocol/index.ts';

/** A process that answers everything at once, but for what it is asked to open. */
class FakeProcess extends EventEmitter {
  readonly stdout = null;
  readonly stderr = null;
  readonly pid = 1;
  killed = false;
  kill(): void {
    this.killed = true;
  }
  postMessage({ id, name }: HostCommand): void {
    if (name === 'files:open') return;
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

const open = (expendable: boolean, onCrash: () => void = nothing) =>
  openEngineHost({
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
    expendable,
    onCrash,
    log: nothing,
  });

it('a host that dies is started again, and one that dies again and again by the next question', async () => {
  let crashes = 0;
  const host = open(false, () => (crashes += 1));
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

const stuck = { type: 'stuck' } satisfies HostMessage;

it('a host that waits for a file that never answers is replaced, with what was asked of it', async () => {
  const host = open(true);
  const asked = host.request('files:open', '/away/x');
  await expect.poll(() => started.length).toBe(1);
  started[0]?.emit('message', stuck);
  await expect(asked).rejects.toMatchObject({ code: 'no-answer' });
  expect(started[0]?.killed).toBe(true);
  // The new one is not disturbed by what is still heard of the old one.
  const again = host.request('results:list');
  await expect.poll(() => started.length).toBe(2);
  started[0]?.emit('message', stuck);
  started[0]?.emit('exit', 1);
  expect(await again).toEqual([]);
  expect(started).toHaveLength(2);
  expect(started[1]?.killed).toBe(false);
});

it('but not one that would lose something', async () => {
  const host = open(false);
  await host.request('results:list');
  started[0]?.emit('message', stuck);
  await host.request('results:list');
  expect(started).toHaveLength(1);
  expect(started[0]?.killed).toBe(false);
});
