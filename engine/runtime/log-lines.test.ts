import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogBuffer, lineSplitter, parseTimestampedLine } from './log-lines.ts';

describe('lineSplitter', () => {
  it('finds the same lines however the bytes are cut', () => {
    const lineText = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll(/[\r\n]/g, ''));
    fc.assert(
      fc.property(
        fc.array(lineText, { maxLength: 10 }),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        (lines, cuts) => {
          const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
          const found: string[] = [];
          const splitter = lineSplitter((line) => found.push(line));
          for (let at = 0, cut = 0; at < bytes.length; cut += 1) {
            const length = cuts[cut % cuts.length] ?? 1;
            splitter.write(bytes.subarray(at, at + length));
            at += length;
          }
          splitter.end();
          expect(found).toEqual(lines);
        },
      ),
    );
  });

  it('hands over an unfinished last line, and takes off carriage returns', () => {
    const found: string[] = [];
    const splitter = lineSplitter((line) => found.push(line));
    splitter.write(Buffer.from('one\r\ntwo'));
    splitter.end();
    expect(found).toEqual(['one', 'two']);
  });

  it('bounds a line without an end', () => {
    const found: string[] = [];
    const splitter = lineSplitter((line) => found.push(line));
    for (let i = 0; i < 100; i += 1) splitter.write(Buffer.alloc(10_000, 'a'));
    splitter.end();
    expect(found).toHaveLength(1);
    expect(found[0]?.length).toBe(16_384);
  });

  it('cuts what is longer than is wanted, and nothing else', () => {
    const found: string[] = [];
    const splitter = lineSplitter((line) => found.push(line), 50_000);
    for (const length of [50_000, 50_001, 120_000]) splitter.write(Buffer.from(`${'a'.repeat(length)}\n`));
    expect(found.map((line) => line.length)).toEqual([50_000, 50_000, 50_000]);
  });
});

it.each([
  ['2026-11-22T13:44:16.039123456Z up and running', '2026-11-22T13:44:16.039Z', 0.123456, 'up and running'],
  ['2026-11-22T13:44:16Z ', '2026-11-22T13:44:16Z', 0, ''],
  ['2026-11-22T13:44:16z x', '2026-11-22T13:44:16Z', 0, 'x'],
  ['2026-11-22T14:44:16.5+01:00 x', '2026-11-22T13:44:16.500Z', 0, 'x'],
  ['2026-11-22T08:14:16.25-05:30 x', '2026-11-22T13:44:16.250Z', 0, 'x'],
  ['2026-11-22T13:44:16.1234Z 2026-11-22T13:44:16Z', '2026-11-22T13:44:16.123Z', 0.4, '2026-11-22T13:44:16Z'],
])('takes the time off an engine’s log line: %s', (text, at, moreMs, line) => {
  const parsed = parseTimestampedLine(text);
  expect(parsed?.line).toBe(line);
  expect((parsed?.atMs ?? 0) - Date.parse(at)).toBeCloseTo(moreMs, 2);
});

it.each(['no time here', '2026-13-22T13:44:16Z x', '2026-11-22 13:44:16Z x', ''])('finds none in "%s"', (text) => {
  expect(parseTimestampedLine(text)).toBeNull();
});

it('keeps the last lines', () => {
  const buffer = new LogBuffer(5);
  for (let i = 0; i < 23; i += 1) buffer.push({ atMs: i, stream: 'stdout', line: String(i) });
  expect(buffer.last(3).map(({ line }) => line)).toEqual(['20', '21', '22']);
  expect(buffer.last(100)).toHaveLength(5);
  expect(buffer.last(0)).toEqual([]);
});
