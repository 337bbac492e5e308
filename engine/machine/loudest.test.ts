import { describe, expect, it } from 'vitest';
import { loudestBetween, parseProcessStat, type ProcessTicks } from './loudest.ts';

const reading = (entries: Record<string, [string, number]>): ProcessTicks =>
  new Map(Object.entries(entries).map(([id, [name, ticks]]) => [id, { name, ticks }]));

describe('the loudest programs', () => {
  it('are told from the CPU time of processes, whatever their name holds', () => {
    const rest = '1 1 1 0 -1 4194560 10 0 0 0 70 30 0 0 20 0 1 0 5';
    expect(parseProcessStat(`42 (node) S ${rest}\n`)).toEqual({ name: 'node', ticks: 100 });
    expect(parseProcessStat(`42 (Web Content) (2)) R ${rest}`)).toEqual({ name: 'Web Content) (2)', ticks: 100 });
    for (const text of ['', 'nonsense', '42 (node) S 1 2']) expect(parseProcessStat(text)).toBeNull();
  });

  it('are those with the most time in between, of one name together, without this program and without the quiet', () => {
    const before = reading({ 1: ['chrome', 0], 2: ['chrome', 10], 3: ['cleave', 0], 4: ['idle', 5], 5: ['backup', 0] });
    const after = reading({
      ...{ 1: ['chrome', 30], 2: ['chrome', 40], 3: ['cleave', 100], 4: ['idle', 5], 5: ['backup', 20] },
      ...{ 6: ['new', 500] },
    });
    expect(loudestBetween(before, after, { spanMs: 1000, cpus: 2, own: new Set(['3']) })).toEqual([
      { name: 'chrome', share: 0.3 },
      { name: 'backup', share: 0.1 },
    ]);
  });

  it('are at most three, and none has more than the machine', () => {
    const names = ['a', 'b', 'c', 'd'];
    const at = (ticks: number) =>
      reading(Object.fromEntries(names.map((name, id) => [String(id), [name, ticks * (id + 1)]])));
    const loud = loudestBetween(at(0), at(1000), { spanMs: 1000, cpus: 1, own: new Set() });
    expect(loud).toHaveLength(3);
    for (const { share } of loud) expect(share).toBeLessThanOrEqual(1);
  });
});
