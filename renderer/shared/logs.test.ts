import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendBounded } from './bounded.ts';
import { newFault } from './fault-words.ts';
import { filterLogs, windowOf, withoutStamp, type LogEntry } from './logs.ts';

const line = (number: number, unit: string, text: string, stream: LogEntry['stream'] = 'stdout'): LogEntry => ({
  number,
  atMs: number,
  unit,
  stream,
  line: text,
});

describe('logs', () => {
  const lines = [
    line(1, 'orders', 'GET /api 200'),
    line(2, 'orders', 'Error: no stock', 'stderr'),
    line(3, 'cart', 'ready'),
  ];
  it('filters by words, unit and stream', () => {
    expect(filterLogs(lines, { search: '', unit: null, errorsOnly: false })).toBe(lines);
    expect(filterLogs(lines, { search: 'ERROR', unit: null, errorsOnly: false }).map((one) => one.number)).toEqual([2]);
    expect(filterLogs(lines, { search: '', unit: 'cart', errorsOnly: false }).map((one) => one.number)).toEqual([3]);
    expect(filterLogs(lines, { search: '', unit: null, errorsOnly: true }).map((one) => one.number)).toEqual([2]);
  });

  it('draws everything in view and little else', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(100_000), fc.integer({ min: 20, max: 900 }), (count, top, height) => {
        const { from, to } = windowOf(count, 20, top, height);
        expect(from).toBeLessThanOrEqual(to);
        expect(to).toBeLessThanOrEqual(count);
        expect(to - from).toBeLessThanOrEqual(height / 20 + 26);
        const firstSeen = Math.floor(top / 20);
        if (firstSeen < count) expect(from).toBeLessThanOrEqual(firstSeen);
      }),
    );
  });

  it('keeps the last ones', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.array(fc.nat()), fc.integer({ min: 1, max: 20 }), (list, items, limit) => {
        expect(appendBounded(list, items, limit)).toEqual(
          items.length === 0 ? list : [...list, ...items].slice(-limit),
        );
      }),
    );
  });
});

describe('faults in words', () => {
  it('starts each kind with its usual numbers', () => {
    expect(newFault('slow', 'catalog', 'cart')).toEqual({ kind: 'slow', module: 'catalog', delayMs: 500 });
    expect(newFault('partition', 'orders', 'payments')).toEqual({
      kind: 'partition',
      module: 'orders',
      peer: 'payments',
    });
  });
});

it('shows the time of a line once', () => {
  expect(withoutStamp('2026-11-22T15:20:48.402Z info ready')).toBe('info ready');
  expect(withoutStamp('2026-11-22T15:20:48+01:00 ready')).toBe('ready');
  expect(withoutStamp('in 2026 it was ready')).toBe('in 2026 it was ready');
});
