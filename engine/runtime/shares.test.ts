import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from './errors.ts';
import { LEAST_UNIT_MEMORY_BYTES, assignCpus, assignMemory } from './shares.ts';

describe('assignCpus', () => {
  it('keeps the first CPUs for the generator', () => {
    expect(assignCpus(4, 3)).toEqual({ application: [1, 2, 3], generator: [0] });
    expect(assignCpus([6, 2, 4], 1)).toEqual({ application: [6], generator: [2, 4] });
  });

  it('shares a single CPU', () => {
    expect(assignCpus(1, 1)).toEqual({ application: [0], generator: [0] });
  });

  it.each([
    [2, 2],
    [8, 8],
    [4, 0],
    [4, 1.5],
    [1, 2],
    [0, 1],
  ])('refuses %i CPUs with %d wanted', (available, wanted) => {
    expect(() => assignCpus(available, wanted)).toThrow(/CPU/);
  });

  it('never gives one CPU to both, nor loses one', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(255), { minLength: 2, maxLength: 64 }), fc.nat(62), (cpus, extra) => {
        const wanted = 1 + (extra % (cpus.length - 1));
        const { application, generator } = assignCpus(cpus, wanted);
        expect(application).toHaveLength(wanted);
        expect(new Set([...application, ...generator])).toEqual(new Set(cpus));
        expect(application.length + generator.length).toBe(cpus.length);
      }),
    );
  });
});

describe('the advice on memory', () => {
  const refusal = (machineBytes: number, bytes: number, units: number): EngineError => {
    try {
      assignMemory(
        machineBytes,
        bytes,
        Array.from({ length: units }, (_, index) => ({ name: `u${index}`, weight: 1 })),
      );
    } catch (error) {
      if (error instanceof EngineError) return error;
    }
    throw new Error('it was not refused');
  };
  const advised = (error: EngineError) => Number(/\d+/.exec(error.nextStep ?? '')?.[0]) * 2 ** 20;

  it('is taken when it is followed, and is never what was asked for', () => {
    const mebibyte = 2 ** 20;
    fc.assert(
      fc.property(
        fc.integer({ min: 300 * mebibyte, max: 2 ** 40 }),
        fc.integer({ min: 1, max: 4 * mebibyte }),
        (machine, more) => {
          const tooMuch = refusal(machine, Math.floor(machine / 2) + more, 1);
          expect(() => assignMemory(machine, advised(tooMuch), [{ name: 'u', weight: 1 }])).not.toThrow();
          expect(tooMuch.message).not.toContain(`: ${advised(tooMuch) / mebibyte} MiB is`);
        },
      ),
    );
    const tooLittle = refusal(2 ** 40, 127.6 * mebibyte, 2);
    expect(tooLittle.message).toContain('> 127 MiB is too little');
    expect(advised(tooLittle)).toBe(128 * mebibyte);
  });
});

describe('assignMemory', () => {
  const machine = 64 * 1024 ** 3;

  it('refuses more than half of the machine, and too little', () => {
    expect(() => assignMemory(machine, machine / 2 + 1, [{ name: 'one', weight: 1 }])).toThrow('more than half');
    expect(() =>
      assignMemory(machine, LEAST_UNIT_MEMORY_BYTES, [
        { name: 'a', weight: 1 },
        { name: 'b', weight: 1 },
      ]),
    ).toThrow('too little for 2 units');
    expect(() => assignMemory(machine, Number.NaN, [])).toThrow();
  });

  it('gives all of it to the byte, and to every unit its least', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 3.2e9, max: 3.2e10 }),
        (weights, total) => {
          const units = weights.map((weight, index) => ({ name: `u${index}`, weight: weight + 1 }));
          const shares = Object.values(assignMemory(machine, total, units));
          expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total);
          for (const share of shares) expect(share).toBeGreaterThanOrEqual(LEAST_UNIT_MEMORY_BYTES);
        },
      ),
    );
  });

  it('gives more to a unit with more modules', () => {
    const { a = 0, b = 0 } = assignMemory(machine, 1024 ** 3, [
      { name: 'a', weight: 1 },
      { name: 'b', weight: 7 },
    ]);
    expect(b).toBeGreaterThan(a * 2);
  });
});
