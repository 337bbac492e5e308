import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decisionQuestions,
  mostWeight,
  startingWeights,
  type DecisionWeights,
  type Fact,
} from '../../engine/model/index.ts';
import { decide } from './decide.ts';
import { decideForSets, whyAllAgree } from './sets.ts';
import { groundsOf, leftOutInWords, recommendationOf, tippingOf } from './words.ts';

const units = { whole: 1, some: 3, apart: 8 };
const outside = {};

function fact(metric: string, cut: string, low: number, high = low, place = ''): Fact {
  return {
    ...{ metric, place, against: 'whole', cut, low, high, decided: Math.sign(low) === Math.sign(high) },
    open: false,
    ...{ sentence: `${cut} ${metric}.`, result: { id: 'r', title: 'R' } },
  };
}

const metrics = decisionQuestions.flatMap(({ measuredBy }): string[] => [...measuredBy]);
const measured = decisionQuestions.filter(({ measuredBy }) => measuredBy.length > 0);
const share = fc.double({ min: -1, max: 1, noNaN: true });
const facts = fc
  .array(fc.tuple(fc.constantFrom(...metrics), fc.constantFrom('some', 'apart'), share, share), { minLength: 1 })
  .map((all) => all.map(([metric, cut, a, b]) => fact(metric, cut, Math.min(a, b), Math.max(a, b))));
const weights: fc.Arbitrary<DecisionWeights> = fc.record(
  Object.fromEntries(decisionQuestions.map(({ name }) => [name, fc.integer({ min: 0, max: mostWeight })])),
);

describe('a decision', () => {
  it('is none where no two cuts were compared', () => {
    expect(decide({ facts: [], units, outside }, startingWeights['small-team'].weights)).toBeNull();
  });

  it('goes to the cut that does better by what counts, and says what spoke for it and what would turn it', () => {
    const all = [fact('response-p50', 'apart', -0.8), fact('lost-good-requests', 'apart', 0.6)];
    const whole = decide({ facts: all, units, outside }, { latency: 3, availability: 1 });
    expect(whole?.options.map(({ cut }) => cut)).toEqual(['whole', 'apart']);
    expect(whole?.firmness).toBe('firm');
    if (whole === null) throw new Error('no decision');
    const title = (cut: string): string => cut;
    expect(recommendationOf(whole, title)).toBe(
      'Leave it whole. That is firm: it is the best in 100\u00a0% of what the intervals allow.',
    );
    expect(groundsOf(whole)).toBe('Response time speaks for it, availability against it.');
    expect(tippingOf(whole, title)).toBe('It would turn to apart if response time counted less: 0.8 instead of 3.');
    const cut = decide({ facts: all, units, outside }, { latency: 1, availability: 4 });
    expect(cut?.options[0]?.cut).toBe('apart');
  });

  it('says beside how firm it is that an interval behind it has an open end', () => {
    const opened = { ...fact('response-p50', 'apart', -1, -0.8), open: true };
    const all = [opened, fact('lost-good-requests', 'apart', 0.6)];
    const told = (weights: DecisionWeights): string => {
      const decision = decide({ facts: all, units, outside }, weights);
      if (decision === null) throw new Error('no decision');
      return recommendationOf(decision, (cut) => cut);
    };
    expect(told({ latency: 3, availability: 1 })).toBe(
      'Leave it whole. That is firm, as far as intervals tell that have an open end and hold on one side only: it is the best in 100\u00a0% of what the intervals allow.',
    );
    // What counts nothing is not behind it.
    expect(told({ latency: 0, availability: 1 })).toContain('That is firm: ');
  });

  it('recommends nothing by weights of what was not measured', () => {
    const all = [fact('response-p50', 'apart', -0.8)];
    for (const some of [{}, { latency: 0 }, { releases: 4 }]) {
      const decision = decide({ facts: all, units, outside }, some);
      if (decision === null) throw new Error('no decision');
      const title = (cut: string): string => cut;
      expect(decision.firmness).toBe('none');
      expect(recommendationOf(decision, title)).toBe(
        'Nothing that counts with these weights was measured, so there is nothing to decide by.',
      );
      expect([groundsOf(decision), tippingOf(decision, title)]).toEqual(['', '']);
    }
  });

  it('is the same where the finest cut is the one that the others were compared with', () => {
    const told = (against: string, low: number, high: number): Fact => ({
      ...fact('response-p50', 'apart', low, high),
      against,
    });
    const decision = decide(
      { facts: [told('some', -0.4, -0.3), told('whole', -0.8, -0.6)], units, outside },
      { latency: 1 },
    );
    expect(decision?.options.map(({ cut }) => cut)).toEqual(['whole', 'some', 'apart']);
    expect(decision?.options.map(({ score }) => score)).toEqual([0.7, 0.35, 0]);
    expect(decision?.firmness).toBe('firm');
  });

  it('does not say that something speaks for a cut which could not tell', () => {
    const all = [
      fact('response-p50', 'apart', -0.8),
      fact('orders-wrong', 'apart', -0.3, 0.1),
      fact('lost-good-requests', 'apart', 0),
    ];
    const decision = decide({ facts: all, units, outside }, { latency: 3, consistency: 2, availability: 1 });
    expect(decision === null ? '' : groundsOf(decision)).toBe(
      'Response time speaks for it; consistency could not tell.',
    );
    const sets = decideForSets({ facts: all, units, outside });
    expect(whyAllAgree(sets, (cut) => cut)).toBe(
      'All three sets of weights lead to whole: of 3 questions that were measured in both, 1 speaks for it rather than for apart (response time). What was not measured could not speak for another.',
    );
  });

  it('names no weight as a turn that is the same once it is rounded, and none beyond which there is nothing', () => {
    const title = (cut: string): string => cut;
    const alone = decide({ facts: [fact('response-p50', 'apart', -0.8)], units, outside }, { latency: 3 });
    expect(alone === null ? '' : tippingOf(alone, title)).toBe('No weight by itself would turn it.');
    const tied = [fact('response-p50', 'apart', -0.5), fact('lost-good-requests', 'apart', 0.5)];
    const even = decide({ facts: tied, units, outside }, { latency: 2, availability: 2 });
    expect(even === null ? '' : tippingOf(even, title)).toBe(
      'As good by the middles is apart: any weight may turn it.',
    );
    const near = [fact('response-p50', 'apart', -0.5), fact('lost-good-requests', 'apart', 0.503)];
    const close = decide({ facts: near, units, outside }, { latency: 2, availability: 2 });
    expect(close === null ? '' : tippingOf(close, title)).toBe(
      'It would turn to whole if availability counted the least bit less than 2.',
    );
  });

  it('is the same, whatever is said of what was not measured', () => {
    fc.assert(
      fc.property(facts, weights, fc.integer({ min: 0, max: mostWeight }), (all, some, weight) => {
        const seen = new Set(all.map(({ metric }) => metric));
        const unseen = decisionQuestions.filter(({ measuredBy }) => !measuredBy.some((metric) => seen.has(metric)));
        const before = decide({ facts: all, units, outside }, some);
        const after = decide(
          { facts: all, units, outside },
          { ...some, ...Object.fromEntries(unseen.map(({ name }) => [name, weight])) },
        );
        const numbers = (decision: typeof before) =>
          decision?.options.map(({ cut, score, best }) => [cut, score, best]);
        expect(numbers(after)).toEqual(numbers(before));
      }),
    );
  });

  it('never turns away from a cut when what it does best counts more', () => {
    fc.assert(
      fc.property(facts, weights, fc.constantFrom(...measured), (all, some, { name }) => {
        const before = decide({ facts: all, units, outside }, some);
        const [first] = before?.options ?? [];
        if (before === null || first === undefined) return;
        const of = (option: typeof first) => option.questions.find((one) => one.name === name)?.middle ?? 0;
        if (before.options.some((other) => of(other) > of(first))) return;
        const after = decide({ facts: all, units, outside }, { ...some, [name]: mostWeight });
        const [best] = after?.options ?? [];
        expect(
          best === undefined || best.cut === first.cut || best.score - first.score < 1e-9 || of(best) === of(first),
        ).toBe(true);
      }),
    );
  });

  it('turns at the weight that it says', () => {
    fc.assert(
      fc.property(facts, weights, (all, some) => {
        const decision = decide({ facts: all, units, outside }, some);
        const [first, second] = decision?.options ?? [];
        // Of two that are as good either is right.
        if (decision === null || first === undefined || second === undefined || first.score - second.score < 1e-6)
          return;
        for (const { name, weight, tipsAt } of decision.tipping) {
          const beyond = tipsAt + Math.sign(tipsAt - weight) * 1e-6;
          if (beyond < 0 || beyond > mostWeight) continue;
          expect(decide({ facts: all, units, outside }, { ...some, [name]: beyond })?.options[0]?.cut).not.toBe(
            first.cut,
          );
          const before = weight + (tipsAt - weight) * 0.999;
          if (Math.abs(tipsAt - weight) > 1e-3)
            expect(decide({ facts: all, units, outside }, { ...some, [name]: before })?.options[0]?.cut).toBe(
              first.cut,
            );
        }
      }),
    );
  });

  it('is less firm the wider the intervals are, and asks for what would narrow it', () => {
    const open = decide({ facts: [fact('response-p50', 'apart', -1, 1)], units, outside }, { latency: 2 });
    expect(open?.firmness).toBe('open');
    expect(open?.mostTelling).toMatchObject({ preset: 'quick' });
    const none = decide({ facts: [fact('response-p50', 'apart', -0.5)], units, outside }, { latency: 2 });
    expect(none?.firmness).toBe('firm');
    expect(none?.mostTelling).toBeNull();
  });

  const title = (cut: string): string => cut;

  it('offers no cut that lacks what the others were measured by, and says what it lacks', () => {
    const all = [
      fact('response-p50', 'apart', -0.2),
      fact('response-p50', 'some', -0.1),
      fact('lost-good-requests', 'apart', 1),
    ];
    const decision = decide({ facts: all, units, outside }, { latency: 1, availability: 4 });
    expect(decision?.options.map(({ cut }) => cut)).toEqual(['apart', 'whole']);
    expect(decision === null ? [] : leftOutInWords(decision, title)).toEqual([
      'Not among them is some: it was not measured as the others were for availability.',
    ]);
  });

  it('compares by the same metrics in the same places only, within a question as well', () => {
    const apart = [fact('deployment-time', 'apart', 0.1), fact('remote-calls-per-journey', 'apart', -1)];
    const oneMetric = decide(
      { facts: [...apart, fact('deployment-time', 'some', 0.05)], units, outside },
      { operations: 4 },
    );
    expect(oneMetric?.options.map(({ cut }) => cut)).toEqual(['whole', 'apart']);
    expect(oneMetric?.leftOut).toEqual([{ cut: 'some', lacks: ['Operating it'] }]);
    const places = decide(
      {
        facts: [
          fact('lost-good-requests', 'apart', 0.2, 0.2, 'fault a'),
          fact('lost-good-requests', 'apart', -1, -1, 'fault b'),
          fact('lost-good-requests', 'some', 0.1, 0.1, 'fault a'),
        ],
        units,
        outside,
      },
      { availability: 4 },
    );
    expect(places?.options.map(({ cut, score }) => [cut, score])).toEqual([
      ['apart', 0.2],
      ['some', 0.1],
      ['whole', 0],
    ]);
  });

  it('loses no question by what is measured of a further cut', () => {
    const known = fc
      .array(fc.tuple(fc.constantFrom(...metrics), share), { minLength: 1 })
      .map((all) => all.map(([metric, value]) => fact(metric, 'apart', value)));
    const further = fc
      .array(fc.tuple(fc.constantFrom(...metrics), share))
      .map((all) => all.map(([metric, value]) => fact(metric, 'some', value)));
    fc.assert(
      fc.property(known, further, weights, (before, more, some) => {
        // As much as is known of the first at most.
        const seen = new Set(before.map(({ metric }) => metric));
        const facts = [...before, ...more.filter(({ metric }) => seen.has(metric))];
        const [one, other] = [decide({ facts: before, units, outside }, some), decide({ facts, units, outside }, some)];
        expect([...(other?.counting ?? [])]).toEqual(expect.arrayContaining([...(one?.counting ?? [])]));
      }),
    );
  });

  it('says how much of the weight it rests on, and gives as grounds only what is in it', () => {
    const decision = decide(
      { facts: [fact('response-p50', 'apart', 0.8)], units, outside },
      { latency: 1, cost: 4, growth: 3 },
    );
    if (decision === null) throw new Error('no decision');
    expect(decision.measuredShare).toBe(1 / 8);
    expect(recommendationOf(decision, title)).toBe(
      'Cut it as apart (8 units). That is firm: it is the best in 100\u00a0% of what the intervals allow. That rests on 12.5\u00a0% of the weight: of the rest nothing was measured.',
    );
    expect(groundsOf(decision)).toBe('Response time speaks for it.');
  });

  it('calls a cut by what it takes out where that is little', () => {
    const told = (outside: Record<string, string[]>): string => {
      const decision = decide({ facts: [fact('response-p50', 'some', 0.8)], units, outside }, { latency: 1 });
      return decision === null ? '' : recommendationOf(decision, title);
    };
    expect(told({ some: ['payments'] })).toMatch(/^Cut out only payments \(3 units\)\. /);
    expect(told({ some: ['orders', 'payments'] })).toMatch(/^Cut out only orders and payments \(3 units\)\. /);
    expect(told({ some: ['cart', 'orders', 'payments'] })).toMatch(/^Cut it as some \(3 units\)\. /);
  });

  it('sends nobody to a preset that the application cannot run', () => {
    const decision = decide(
      { facts: [fact('response-p50', 'apart', 0.8)], units, outside },
      { releases: 4, latency: 1 },
      (preset) => preset !== 'release',
    );
    expect(decision?.mostTelling?.preset).not.toBe('release');
  });

  it('has questions that become no number, each with what it speaks for', () => {
    for (const question of decisionQuestions.filter(({ measuredBy }) => measuredBy.length === 0))
      expect('speaksFor' in question && question.speaksFor.length > 0).toBe(true);
    for (const { weights: some } of Object.values(startingWeights))
      for (const name of Object.keys(some)) expect(measured.map((one): string => one.name)).toContain(name);
  });
});
