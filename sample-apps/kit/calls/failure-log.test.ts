import { describe, expect, it } from 'vitest';
import { CallError } from '../errors.ts';
import { createFailureLog, type FailedCall } from './failure-log.ts';
import { cameOutOf, originOf } from './origin.ts';

function written(...failed: (Partial<FailedCall> & { thrown: unknown })[]): string[] {
  const lines: string[] = [];
  const tell = createFailureLog({
    info: () => undefined,
    error: (message, thrown) => lines.push(thrown instanceof Error ? `${message} + ${thrown.message}` : message),
  });
  for (const one of failed)
    tell({
      ...{ module: 'orders', operation: 'place', context: { span: undefined, traceparent: undefined } },
      error: one.thrown instanceof CallError ? one.thrown : new CallError('internal', 'broken', { cause: one.thrown }),
      ...one,
    });
  return lines;
}

describe('a line of a failed call', () => {
  it('names call, code, and what it came out of, and its trace whether that is sampled or not', () => {
    const error = new CallError('deadline', 'payments.authorize did not answer in time');
    cameOutOf(error, 'payments', 'authorize');
    const traceparent = `00-${'4b'.repeat(16)}-${'0f'.repeat(8)}-00`;
    expect(written({ thrown: error, context: { span: undefined, traceparent } })).toEqual([
      `failed call=orders.place code=deadline callee=payments.authorize trace=${'4b'.repeat(16)} message="payments.authorize did not answer in time"`,
    ]);
  });

  it('quotes what has blanks, so that a route of people is one word', () => {
    const [line] = written({ thrown: new CallError('shed', 'busy'), operation: 'GET /cart' });
    expect(line).toBe('failed call="orders.GET /cart" code=shed message=busy');
  });

  it('has the stack of what nobody foresaw', () => {
    const thrown = new Error('undefined is not a function');
    expect(written({ thrown })).toEqual([
      'failed call=orders.place code=internal message=broken + undefined is not a function',
    ]);
  });

  it('is written 200 times a second and module at most', () => {
    const many = Array.from({ length: 500 }, () => ({ thrown: new CallError('shed', 'busy') }));
    expect(written(...many)).toHaveLength(200);
  });
});

it('an error came out of the call that it, or what caused it, was last thrown by', () => {
  const inner = new CallError('injected', 'x');
  expect(originOf(inner)).toBeUndefined();
  cameOutOf(inner, 'payments', 'authorize');
  const wrapped = new CallError('unavailable', 'cannot pay', { cause: inner });
  expect(originOf(wrapped)).toBe('payments.authorize');
  cameOutOf(wrapped, 'orders', 'place');
  expect(originOf(wrapped)).toBe('orders.place');
  expect(originOf('thrown text')).toBeUndefined();
});
