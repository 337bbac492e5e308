import { expect, it } from 'vitest';
import { checkProtocol } from './check.ts';
import type { Ending, ProgramHost } from './program.ts';

it('does not wait for ever for the end of a unit of which nobody tells any more', async () => {
  const stop = new AbortController();
  const signals: string[] = [];
  let end: (ending: Ending) => void = () => undefined;
  const nowhere = { host: '127.0.0.1', port: 1 };
  const host: ProgramHost = {
    place: async () => ({
      ...{ url: 'http://127.0.0.1:1', controlUrl: 'http://127.0.0.1:1', serviceUrl: 'http://127.0.0.1:1' },
      ...{ listen: nowhere, control: nowhere, dataDirectory: '/nowhere' },
    }),
    start: async () => {
      setImmediate(() => stop.abort(new Error('the engine is gone')));
      return {
        ended: new Promise((resolve) => (end = resolve)),
        signal: async (name) => void signals.push(name),
      };
    },
    guarded: 'nobody can',
  };
  const checking = checkProtocol({
    ...{ application: 'a', contract: { module: 'm', document: {}, operations: [] }, examples: [] },
    ...{ host, seed: { value: 1, sizes: {} }, only: ['starts'], killPatienceMs: 1, signal: stop.signal },
  });
  await expect(checking).rejects.toThrow('the engine is gone');
  expect(signals).toEqual(['SIGKILL']);
  end({ code: null, signal: null, lastWords: async () => '' });
});
