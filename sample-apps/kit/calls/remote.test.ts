import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { steadyMs } from '../clock.ts';
import { systemContext } from '../context.ts';
import { operation } from '../contract.ts';
import { Addresses } from './addresses.ts';
import type { Cancellation } from './attempt.ts';
import type { Pools } from './pools.ts';
import { headers, remoteTransport } from './remote.ts';

const plain = operation({ summary: '', repeat: 'never', input: z.object({}), output: z.object({}) });

interface Sent {
  readonly url: string;
  readonly deadlineMs: number;
  readonly fail: (error: Error) => void;
}

/** Two instances whose connections the test makes fail; what was sent where. */
function scene() {
  const sent: Sent[] = [];
  const get = (url: string) => ({
    dispatch(options: { headers: Record<string, string> }, handler: { onError: (error: Error) => void }): boolean {
      const deadlineMs = Number(options.headers[headers.deadline]);
      sent.push({ url, deadlineMs, fail: (error) => handler.onError(error) });
      return true;
    },
  });
  const addresses = new Addresses(['http://a', 'http://b']);
  const send = remoteTransport({ get } as unknown as Pools, () => addresses, 'callee');
  const cancellation: Cancellation = { onCancel: undefined };
  const call = (deadlineAtMs = Infinity): Promise<unknown> =>
    send(plain, 'ask', {}, { ...systemContext, deadlineAtMs }, cancellation);
  return { sent, addresses, call, cancellation };
}
const system = (code: string, more: object = {}): Error => Object.assign(new Error(code), { code, ...more });

describe('a question that one instance did not get', () => {
  it.each([
    system('ECONNREFUSED', { syscall: 'connect' }),
    // Of several addresses of one name.
    Object.assign(new AggregateError([], 'all failed'), { code: 'ECONNREFUSED' }),
    system('ETIMEDOUT', { syscall: 'connect' }),
    system('EAI_AGAIN', { syscall: 'getaddrinfo' }),
    system('UND_ERR_CONNECT_TIMEOUT'),
  ])('is asked at the next, and fails when none gets it: %s', async (error) => {
    const { sent, addresses, call } = scene();
    const answer = call();
    const failed = expect(answer).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    sent[0]!.fail(error);
    await expect.poll(() => sent.map(({ url }) => url), { interval: 1 }).toEqual(['http://a', 'http://b']);
    sent[1]!.fail(error);
    await failed;
    expect(sent).toHaveLength(2);
    expect(addresses.take()!.address).toMatchObject({ failures: 1, inFlight: 1 });
  });

  it('carries the time that is left when it is sent', async () => {
    const { sent, call } = scene();
    const failed = expect(call(steadyMs() + 60_000)).rejects.toThrow();
    const before = steadyMs();
    await expect.poll(() => steadyMs() - before, { interval: 1 }).toBeGreaterThan(3);
    sent[0]!.fail(system('ECONNREFUSED'));
    await expect.poll(() => sent.length, { interval: 1 }).toBe(2);
    expect(sent[1]!.deadlineMs).toBeLessThan(sent[0]!.deadlineMs);
    sent[1]!.fail(system('ECONNREFUSED'));
    await failed;
  });
});

describe('a question that an instance may have got', () => {
  it.each([
    ['connection-reset', system('UND_ERR_SOCKET')],
    ['connection-reset', system('ECONNRESET', { syscall: 'read' })],
    ['connection-reset', system('EPIPE', { syscall: 'write' })],
    ['unavailable', system('ETIMEDOUT', { syscall: 'read' })],
    ['unavailable', system('UND_ERR_HEADERS_TIMEOUT')],
    ['unavailable', new Error('anything')],
  ])('is not asked again: %s, %s', async (code, error) => {
    const { sent, call } = scene();
    const failed = expect(call()).rejects.toMatchObject({ code });
    sent[0]!.fail(error);
    await failed;
    expect(sent).toHaveLength(1);
  });
});

it('a caller that gives up while there is no connection leaves no call behind, blames nobody else and is not asked for again', async () => {
  const { sent, addresses, call, cancellation } = scene();
  const failed = expect(call()).rejects.toMatchObject({ code: 'unavailable' });
  cancellation.onCancel?.();
  await failed;
  sent[0]!.fail(system('UND_ERR_CONNECT_TIMEOUT'));
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  expect(sent).toHaveLength(1);
  const [b, a] = [addresses.take()!.address, addresses.take()!.address];
  expect(b).toMatchObject({ url: 'http://b', inFlight: 1, lates: 0, failures: 0 });
  expect(a).toMatchObject({ url: 'http://a', inFlight: 1, lates: 1, failures: 0 });
});
