import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom, deriveSeed } from './random.ts';

const take = (count: number, ...parts: (number | string)[]) => {
  const random = createRandom(...parts);
  return Array.from({ length: count }, () => random.uint32());
};

test('the same parts give the same stream, other parts another', () => {
  expect(take(5, 42, 'arrivals')).toEqual(take(5, 42, 'arrivals'));
  const streams = [
    take(3, 42, 'a'),
    take(3, 43, 'a'),
    take(3, 42, 'b'),
    take(3, '42', 'a'),
    take(3, 4, '2a'),
    take(3, 42, 'a', ''),
  ];
  expect(new Set(streams.map(String)).size).toBe(streams.length);
});

test('the stream is fixed for ever: results on disk depend on it', () => {
  expect(take(4, 1)).toEqual([1928161669, 1428444913, 2698884287, 1771213763]);
  expect(deriveSeed(7, 'block', 3)).toBe(1127824770);
});

test('numbers are uniform: 64 bins of 64,000 draws stay inside the 99.99 % chi-square bound', () => {
  for (const label of ['x', 'y', 'z']) {
    const random = createRandom(2024, label);
    const bins = new Array<number>(64).fill(0);
    for (let draw = 0; draw < 64_000; draw++) {
      const bin = Math.floor(random.next() * 64);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(115);
    expect(chiSquare).toBeGreaterThan(27);
  }
});

test('streams of neighbouring indices are not correlated', () => {
  const firsts = Array.from({ length: 20_000 }, (_, index) => createRandom(5, 'journey', index).next());
  const mean = firsts.reduce((sum, value) => sum + value, 0) / firsts.length;
  let covariance = 0;
  for (let index = 1; index < firsts.length; index++)
    covariance += ((firsts[index] ?? 0) - 0.5) * ((firsts[index - 1] ?? 0) - 0.5);
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
  expect(Math.abs(covariance / firsts.length) * 12).toBeLessThan(0.03);
});

test('exponential gaps have mean 1 and variance 1', () => {
  const random = createRandom(11, 'gaps');
  const gaps = Array.from({ length: 100_000 }, () => random.exponential());
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
  expect(Math.abs(mean - 1)).toBeLessThan(0.02);
  expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  expect(Math.min(...gaps.slice(0, 1000))).toBeGreaterThan(0);
});

test('integers stay within their ends and reach them', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: -1000, max: 1000 }),
      fc.integer({ min: 0, max: 20 }),
      (seed, min, width) => {
        const random = createRandom(seed);
        const drawn = new Set(Array.from({ length: 600 }, () => random.integer(min, min + width)));
        expect([...drawn].every((value) => Number.isInteger(value) && value >= min && value <= min + width)).toBe(true);
        expect(drawn.size).toBe(width + 1);
      },
    ),
    { numRuns: 50 },
  );
});

test('a shuffle keeps every element and UUIDs have the right form and do not repeat', () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.integer(), { maxLength: 20 }), (seed, values) => {
      const shuffled = createRandom(seed).shuffle(values);
      expect([...shuffled].sort()).toEqual([...values].sort());
    }),
  );
  const uuids = Array.from({ length: 20_000 }, (_, index) => createRandom(3, 'identity', index).uuid());
  expect(new Set(uuids).size).toBe(uuids.length);
  expect(
    uuids.every((uuid) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(uuid)),
  ).toBe(true);
});

test('derived seeds are within 0 and 2^31 - 1 and differ by label', () => {
  const seeds = Array.from({ length: 1000 }, (_, index) => deriveSeed(1, 'round', index));
  expect(new Set(seeds).size).toBe(1000);
  expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)).toBe(true);
});
