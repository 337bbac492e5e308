import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Leaving } from './quit.ts';

const app = Object.assign(new EventEmitter(), { quit: () => attempt() });
const powerMonitor = new EventEmitter();
vi.mock('electron', () => ({ app, powerMonitor }));
const { quitSafely } = await import('./quit.ts');

let left = 0;
/** What Electron does when somebody quits. */
function attempt(): void {
  let prevented = false;
  app.emit('before-quit', { preventDefault: () => (prevented = true) });
  if (!prevented) left += 1;
}

function quitting({ busy = true, fails = false } = {}) {
  const done: string[] = [];
  let answer: (how: Leaving) => void = () => undefined;
  let finish: () => void = () => undefined;
  const question = new Promise<Leaving>((resolve) => (answer = resolve));
  const cleaned = new Promise<void>((resolve) => (finish = resolve));
  const state = { busy };
  const leaving = quitSafely({
    busy: () => state.busy,
    ask: () => {
      done.push('asked');
      return fails ? Promise.reject(new Error('no screen')) : question;
    },
    hide: () => done.push('hidden'),
    announce: () => done.push('announced'),
    cleanUp: async (patienceMs) => {
      done.push(`cleaned within ${patienceMs}`);
      await cleaned;
    },
    log: () => undefined,
  });
  return { done, state, answer: (how: Leaving) => answer(how), finish: () => finish(), leaving };
}

beforeEach(() => {
  left = 0;
  app.removeAllListeners();
  powerMonitor.removeAllListeners();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
});

describe('quitSafely', () => {
  test('with nothing running it leaves once it has cleaned up, without a question', async () => {
    const { done, finish, leaving } = quitting({ busy: false });
    expect(leaving.windowMayClose()).toBe(true);
    app.quit();
    finish();
    await expect.poll(() => left).toBe(1);
    expect(done).toEqual(['cleaned within 3000']);
  });

  test('during a run it asks, once, however often somebody quits', async () => {
    const { done, leaving } = quitting();
    expect(leaving.windowMayClose()).toBe(false);
    app.quit();
    app.quit();
    expect([done, left]).toEqual([['asked'], 0]);
  });

  test.each([
    ['back', []],
    ['keep-running', ['hidden']],
    ['cancel-and-quit', ['announced', 'cleaned within 30000']],
  ] as const)('the answer %s is followed', async (answer, follows) => {
    const quit = quitting();
    app.quit();
    quit.answer(answer);
    quit.finish();
    await expect.poll(() => quit.done).toEqual(['asked', ...follows]);
    await expect.poll(() => left).toBe(answer === 'cancel-and-quit' ? 1 : 0);
  });

  test('a run that ends under the question keeps its window, and leaves when that was the wish', async () => {
    const kept = quitting();
    app.quit();
    kept.state.busy = false;
    kept.answer('keep-running');
    await Promise.resolve();
    expect(kept.done).toEqual(['asked']);
    // It may be asked for again.
    app.quit();
    expect(kept.done).toEqual(['asked', 'cleaned within 3000']);
  });

  test('a question that cannot be asked loses nothing and is asked again', async () => {
    const { done } = quitting({ fails: true });
    app.quit();
    await expect
      .poll(() => {
        app.quit();
        return done.length;
      })
      .toBeGreaterThan(1);
    expect([new Set(done), left]).toEqual([new Set(['asked']), 0]);
  });

  test.each(['SIGTERM', 'shutdown', 'tray'])('%s is not asked about, also under the question', async (how) => {
    const { done, finish, leaving, answer } = quitting();
    app.quit();
    if (how === 'SIGTERM') process.emit('SIGTERM');
    else if (how === 'shutdown') powerMonitor.emit('shutdown');
    else leaving.cancelAndQuit();
    answer('back');
    finish();
    await expect.poll(() => left).toBe(1);
    expect(done).toEqual(['asked', 'announced', 'cleaned within 30000']);
  });

  test('who quits again while it cleans up leaves at once', () => {
    const { leaving } = quitting();
    leaving.cancelAndQuit();
    app.quit();
    expect(left).toBe(1);
  });
});
