import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quickResult, resultOn, standardResult, stormResult } from '../../../report/testing/index.ts';
import { createRandom, type Finding, type Random, type Result } from '../../model/index.ts';
import { centre } from '../../statistics/index.ts';
import { poolResults, poolSourceOf, type Pooled, type PooledFinding, type PoolSource } from './index.ts';

const sourceOf = (result: Result, name = result.id): PoolSource => poolSourceOf(name, result);
const classOf = (...factors: number[]): PoolSource[] =>
  factors.map((factor, at) => sourceOf(resultOn(`${at}`, factor), `file-${at}`));

function metricIn({ findings }: Pooled, metric: string): PooledFinding {
  const found = findings.find((one) => one.metric === metric && Object.keys(one.scope).length === 0);
  if (found === undefined) throw new Error(`no ${metric}`);
  return found;
}

/** What one result shows of a ratio, by the average of its blocks. */
function ratioIn(source: PoolSource | undefined, metric: string): number {
  const found = source?.findings.find((one) => one.metric === metric && Object.keys(one.scope).length === 0);
  const ratios = found?.baseline.blocks.flatMap((before, block) => {
    const after = found.variant.blocks[block] ?? null;
    return before === null || after === null ? [] : [after / before];
  });
  return centre('ratio', ratios ?? []) ?? Number.NaN;
}

describe('results of several machines', () => {
  it('are one value a machine, and their mean on the scale of the metric has an interval over machines', () => {
    const sources = classOf(1, 1.1, 0.9, 1.2);
    const pooled = poolResults(sources);
    expect(pooled.machines).toHaveLength(4);
    expect(pooled.left).toEqual([]);
    const deployment = metricIn(pooled, 'deployment-time');
    const each = sources.map((source) => ratioIn(source, 'deployment-time'));
    expect(deployment.values.map(({ value }) => value)).toEqual(each.map((one) => expect.closeTo(one, 9) as unknown));
    // Blocks of all have one spread, so machines of as many blocks weigh the same.
    expect(deployment.effect?.value).toBeCloseTo(centre('ratio', each) ?? 0, 9);
    expect(deployment.interval?.low).toBeGreaterThan(1);
    expect(deployment).toMatchObject({ verdict: 'worse', method: 't' });
    expect(deployment.another?.low).toBeLessThan(deployment.interval?.low ?? 0);
  });

  it('have a wider interval the more machines differ', () => {
    const widthOf = (...factors: number[]): number => {
      const { interval } = metricIn(poolResults(classOf(...factors)), 'deployment-time');
      return Math.log((interval?.high ?? 0) / (interval?.low ?? 0));
    };
    expect(widthOf(0.5, 1, 2)).toBeGreaterThan(widthOf(0.9, 1, 1.1));
  });

  it('of one machine are averaged before, however many it has', () => {
    const others = classOf(1, 1.1);
    const [first, second] = [sourceOf(resultOn('z', 1, 1)), sourceOf(resultOn('z', 2, 2))];
    const pooled = poolResults([...others, first, second]);
    expect(pooled.machines).toHaveLength(3);
    const merged = metricIn(pooled, 'deployment-time').values.find(({ results }) => results === 2);
    const mean = Math.sqrt(ratioIn(first, 'deployment-time') * ratioIn(second, 'deployment-time'));
    expect(merged).toMatchObject({ blocks: 6, value: expect.closeTo(mean, 9) as unknown });
  });

  it('are listed and not judged below three machines, however many results there are', () => {
    const pooled = poolResults([1, 2, 3].map((day) => sourceOf(resultOn('a', 1, day))));
    expect(pooled.machines).toHaveLength(1);
    for (const { verdict, interval, another, values } of pooled.findings) {
      expect([verdict, interval, another]).toEqual([null, null, null]);
      expect(values).toHaveLength(1);
    }
  });

  it.each([quickResult, standardResult, stormResult])('show of one result what its own findings say: %o', (make) => {
    const result = make();
    const compared = result.findings.flatMap(({ metric, variant, scope, effect }) =>
      effect === null ? [] : [{ metric, variant: variant.variant, scope, value: effect.value }],
    );
    const { findings } = poolResults([sourceOf(result)]);
    expect(findings).toHaveLength(compared.length);
    for (const [index, { value, ...what }] of compared.entries()) {
      expect(findings[index]).toMatchObject(what);
      expect(findings[index]?.values[0]?.value).toBeCloseTo(value, 9);
    }
  });

  it('that varied in no deployment of any machine are counted where they are constants, and not judged elsewhere', () => {
    const still =
      (metric: string, [before, after]: [number, number]) =>
      (source: PoolSource): PoolSource => ({
        ...source,
        findings: source.findings.map((one): Finding =>
          one.metric !== metric
            ? one
            : {
                ...one,
                baseline: { ...one.baseline, blocks: [before, before, before] },
                variant: { ...one.variant, blocks: [after, after, after] },
              },
        ),
      });
    const constant = poolResults(classOf(1, 1, 1).map(still('image-bytes', [10_000_000, 80_000_000])));
    expect(metricIn(constant, 'image-bytes')).toMatchObject({
      ...{ method: 'counted', verdict: 'worse', interval: null },
      effect: { kind: 'ratio', value: 8 },
    });
    const drawn = poolResults(classOf(1, 1, 1).map(still('deployment-time', [900, 1800])));
    expect(metricIn(drawn, 'deployment-time')).toMatchObject({ verdict: 'inconclusive', interval: null });
  });

  it('of machines of one model are told apart only where a person says so', () => {
    const sources = [1, 2, 3].map((day) => sourceOf(resultOn('a', 1, day)));
    const { machines } = poolResults(sources, { apart: true });
    expect(machines.map(({ title }) => title.replace(/^.* \(/, '('))).toEqual([
      '(number 1)',
      '(number 2)',
      '(number 3)',
    ]);
  });

  it('that are alike show what each of them shows', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 5, noNaN: true }), fc.integer({ min: 3, max: 6 }), (factor, count) => {
        const sources = classOf(...Array.from({ length: count }, () => factor));
        const { effect, spread, interval } = metricIn(poolResults(sources), 'deployment-time');
        expect(effect?.value).toBeCloseTo(ratioIn(sources[0], 'deployment-time'), 8);
        expect(spread).toBeCloseTo(0, 6);
        // Noise within machines is left, so that alike is not certain.
        expect(interval?.high).toBeGreaterThan(effect?.value ?? 0);
      }),
      { numRuns: 8 },
    );
  });

  it('say the same in whatever order they are given', () => {
    const sources = [
      ...classOf(1, 1.3, 0.8),
      sourceOf(resultOn('2', 1.4, 3)),
      sourceOf({ ...resultOn('x', 1), rules: 1 }),
    ];
    const pooled = poolResults(sources);
    fc.assert(
      fc.property(fc.shuffledSubarray(sources, { minLength: sources.length }), (shuffled) => {
        expect(poolResults(shuffled)).toEqual(pooled);
      }),
      { numRuns: 8 },
    );
  });
});

describe('a result that cannot be pooled', () => {
  const because = (other: Result): string | undefined => {
    const { left, machines } = poolResults([...classOf(1, 1.1, 0.9), sourceOf(other, 'other')]);
    expect(machines).toHaveLength(3);
    expect(left.map(({ name }) => name)).toEqual(['other']);
    return left[0]?.because;
  };
  const made = resultOn('other', 1);
  const { experiment, environment } = made;

  it.each<[string, Result, string]>([
    ['source', { ...made, environment: { ...environment, sourceHash: 'another' } }, 'It measured another source: '],
    ['application', { ...made, application: { ...made.application, name: 'depot' } }, 'the application "depot"'],
    [
      'load',
      { ...made, experiment: { ...experiment, load: { ...experiment.load, journeysPerSecond: 77 } } },
      'It ran with other settings: load.journeysPerSecond is 77, in the others ',
    ],
    [
      'runtime',
      { ...made, environment: { ...environment, runtime: 'process' } },
      'It ran with other settings: runtime is process, in the others docker.',
    ],
    ['rules', { ...made, rules: 1 }, 'It was judged by the rules of version 1'],
    ['findings', { ...made, findings: [] }, 'It has no findings'],
  ])('says what it has of its own: %s', (_name, other, sentence) => {
    expect(because(other)).toContain(sentence);
  });

  it('counts once, whatever its file is called', () => {
    const sources = classOf(1, 1.1, 0.9);
    const { left, machines } = poolResults([...sources, sourceOf({ ...resultOn('0', 1), id: 'copied' }, 'other')]);
    expect(machines).toHaveLength(3);
    expect(left.map(({ because: why }) => why)).toEqual([
      expect.stringMatching(/^It is the same run as (other|file-0), and a run counts once\.$/),
    ]);
  });

  it('is not one because of its seed, title, blocks, budget or memory limit of nothing', () => {
    const longer = { ...experiment, seed: 99, title: 'Ours', name: 'ours', blocks: 12, budgetMs: 60_000 };
    const { left, machines } = poolResults([...classOf(1, 1.1, 0.9), sourceOf({ ...made, experiment: longer })]);
    expect([left, machines.length]).toEqual([[], 4]);
  });

  it('counts once where it is given twice', () => {
    const [first, ...others] = classOf(1, 1.1);
    if (first === undefined) throw new Error('no source');
    const { left } = poolResults([first, first, ...others]);
    expect(left).toEqual([{ name: first.name, because: 'It is there twice, and a run counts once.' }]);
  });

  it('has no number that is none, whatever its file holds', () => {
    const numbers = fc.constantFrom(0, -1, 1e308, -1e308, 5e-324, 1e-308, 1e90, 2e-155, 3);
    fc.assert(
      fc.property(
        fc.array(fc.array(numbers, { minLength: 3, maxLength: 3 }), { minLength: 8, maxLength: 8 }),
        (rows) => {
          const sources = classOf(1, 1.1, 0.9, 1.2).map((source, at): PoolSource => ({
            ...source,
            findings: source.findings.map((one): Finding => ({
              ...one,
              baseline: { ...one.baseline, blocks: rows[at] ?? [] },
              variant: { ...one.variant, blocks: rows[at + 4] ?? [] },
            })),
          }));
          const wrong = JSON.stringify(poolResults(sources), (_key, value: unknown) =>
            typeof value === 'number' && !Number.isFinite(value) ? 'wrong' : value,
          );
          expect(wrong).not.toContain('"wrong"');
        },
      ),
      { numRuns: 12 },
    );
  });

  it('counts once where it was continued, with all that it has', () => {
    const short = { ...made, rounds: made.rounds.slice(1) };
    const { left } = poolResults([...classOf(1, 1.1), sourceOf(short, 'short'), sourceOf(made, 'whole')]);
    expect(left).toEqual([{ name: 'short', because: 'It is the same run as whole, and a run counts once.' }]);
  });
});

describe('what is only a bound on some machine', () => {
  it.each(['low', 'high', 'both'] as const)('supports no verdict that could turn: open at %s', (openEnd) => {
    const opened = ({ findings, ...source }: PoolSource): PoolSource => ({
      ...source,
      findings: findings.map((one): Finding => ({ ...one, openEnd })),
    });
    const [first, ...others] = classOf(1, 1.1, 0.9);
    if (first === undefined) throw new Error('no source');
    const found = metricIn(poolResults([opened(first), ...others]), 'deployment-time');
    expect([found.openEnd, found.verdict]).toEqual([openEnd, openEnd === 'high' ? 'worse' : 'inconclusive']);
  });
});

function deploymentTime(): { base: PoolSource; finding: Finding } {
  const [source] = classOf(1);
  const found = source?.findings.find(({ metric }) => metric === 'deployment-time');
  if (source === undefined || found === undefined) throw new Error('no finding');
  return { base: source, finding: found };
}
const { base, finding } = deploymentTime();

/** A class whose true effect differs between machines, three blocks each, on a logarithm. */
function worldOf(random: Random, machines: number, between: number, within: number, truth: number): PoolSource[] {
  return Array.from({ length: machines }, (_, at) => {
    const own = truth + between * normal(random);
    const blocks = [0, 1, 2].map(() => Math.exp(own + within * normal(random)));
    const sides = { baseline: { ...finding.baseline, blocks: [1, 1, 1] }, variant: { ...finding.variant, blocks } };
    return { ...base, machine: `${at}`, run: `${at}`, findings: [{ ...finding, ...sides }] };
  });
}

const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

describe('in worlds whose truth is known', () => {
  const runs = 500;
  const allowed = 2 * Math.sqrt((0.05 * 0.95) / runs);

  it.each([
    [3, 0.3, 0.1],
    [5, 0.2, 0.2],
    [10, 0.1, 0.1],
  ])('the interval covers it 95 times in 100: %i machines, %d between, %d within', (machines, between, within) => {
    const random = createRandom(1, 'pool', machines);
    const truth = Math.log(2);
    let [covered, foretold] = [0, 0];
    for (let run = 0; run < runs; run += 1) {
      const [found] = poolResults(worldOf(random, machines, between, within, truth)).findings;
      const { interval, another } = found ?? {};
      if ((interval?.low ?? 9) <= 2 && (interval?.high ?? 0) >= 2) covered += 1;
      const next = Math.exp(truth + between * normal(random) + (within / Math.sqrt(3)) * normal(random));
      if ((another?.low ?? 9) <= next && (another?.high ?? 0) >= next) foretold += 1;
    }
    expect(covered / runs).toBeGreaterThanOrEqual(0.95 - allowed);
    expect(covered / runs).toBeLessThanOrEqual(0.95 + 0.03);
    expect(foretold / runs).toBeGreaterThanOrEqual(0.95 - allowed);
  });

  it('nothing is called better or worse in more than 5 of 100 where nothing differs on average', () => {
    const random = createRandom(2, 'pool');
    let wrong = 0;
    for (let run = 0; run < runs; run += 1) {
      const verdict = poolResults(worldOf(random, 4, 0.15, 0.1, 0)).findings[0]?.verdict;
      if (verdict === 'better' || verdict === 'worse') wrong += 1;
    }
    expect(wrong / runs).toBeLessThanOrEqual(0.05 + allowed);
  });
});
