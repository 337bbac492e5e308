import { expect, test } from 'vitest';
import { acting, actingIn } from '../../report/testing/index.ts';
import type { HostMessage } from '../host-protocol/index.ts';
import { plainMessages } from './plain-messages.ts';

const messages: HostMessage[] = [
  { type: 'log', level: 'warning', text: acting },
  { type: 'answer', id: 1, ok: false, problem: { code: 'x', message: acting, nextStep: acting } },
  {
    type: 'event',
    name: 'run:event',
    payload: {
      runId: 'r1',
      event: { atMs: 1, type: 'log', variant: 'a', unit: 'b', stream: 'stderr', line: `\u001b[31m${acting}` },
    },
  },
];

test.each(messages)('what a unit or an engine said crosses in %o without what acts on the window', (message) => {
  const posted: HostMessage[] = [];
  plainMessages((one) => posted.push(one))(message);
  expect(posted).toHaveLength(1);
  expect(JSON.stringify(posted)).toContain('31mb');
  expect(actingIn(posted)).toBeUndefined();
});

test('an answer crosses as it is', () => {
  const answer: HostMessage = { type: 'answer', id: 1, ok: true, value: [1] };
  const posted: HostMessage[] = [];
  plainMessages((one) => posted.push(one))(answer);
  expect(posted[0]).toBe(answer);
});
