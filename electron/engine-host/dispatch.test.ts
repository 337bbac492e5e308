import { describe, expect, test } from 'vitest';
import { inTime } from '../../engine/files/index.ts';
import { Problem, type HostMessage } from '../host-protocol/index.ts';
import { dispatcher, type HostHandlers } from './dispatch.ts';

function dispatching(handlers: Partial<HostHandlers>) {
  const posted: HostMessage[] = [];
  return { posted, dispatch: dispatcher(handlers as HostHandlers, (message) => posted.push(message)) };
}

describe('dispatcher', () => {
  test('answers with the id of the request', async () => {
    const { posted, dispatch } = dispatching({ 'experiments:list': () => [] });
    await dispatch({ type: 'request', id: 7, name: 'experiments:list', arguments: [] });
    expect(posted).toEqual([{ type: 'answer', id: 7, ok: true, value: [] }]);
  });

  test('a problem crosses as one sentence and its next step, without a stack', async () => {
    const { posted, dispatch } = dispatching({
      'run:cancel': () => {
        throw new Problem('not-running', 'It is over.', 'Start another.');
      },
    });
    await dispatch({ type: 'request', id: 8, name: 'run:cancel', arguments: ['x'] });
    expect(posted.find((message) => message.type === 'answer')).toEqual({
      type: 'answer',
      id: 8,
      ok: false,
      problem: { code: 'not-running', message: 'It is over.', nextStep: 'Start another.' },
    });
  });

  test('says that it is stuck while a file system does not answer, and no longer', async () => {
    let answer = (): void => undefined;
    const question = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { posted, dispatch } = dispatching({
      'files:open': async () => {
        await inTime(question, 20);
        throw new Error('it answered');
      },
      'experiments:list': () => [],
    });
    await dispatch({ type: 'request', id: 1, name: 'files:open', arguments: ['x'] });
    expect(posted.slice(-2)).toEqual([
      expect.objectContaining({ type: 'answer', id: 1, ok: false }),
      { type: 'stuck' },
    ]);
    answer();
    await new Promise((resolve) => setImmediate(resolve));
    await dispatch({ type: 'request', id: 2, name: 'experiments:list', arguments: [] });
    expect(posted.at(-1)).toEqual({ type: 'answer', id: 2, ok: true, value: [] });
  });

  test.each(['toString', 'nonsense'])('refuses the unknown request %s', async (name) => {
    const { posted, dispatch } = dispatching({});
    await dispatch({ type: 'request', id: 9, name, arguments: [] });
    expect(posted.at(-1)).toMatchObject({ type: 'answer', id: 9, ok: false, problem: { code: 'unknown-request' } });
  });

  test('drops what is no command', async () => {
    const { posted, dispatch } = dispatching({});
    await dispatch('hello');
    expect(posted).toEqual([{ type: 'log', level: 'warning', text: 'a message of unknown shape was dropped' }]);
  });
});
