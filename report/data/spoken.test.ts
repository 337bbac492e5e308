import { describe, expect, it } from 'vitest';
import { faultKindSchema, type Finding, type Result, type Round } from '../../engine/model/index.ts';
import { cancelledResult, quickResult, smokeResult, standardResult } from '../testing/index.ts';
import { answerOf, pairsOf } from './findings.ts';
import { spokenAnswer } from './spoken.ts';
import { trustIn } from './trust.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const spoken = (result: Result) =>
  pairsOf(result).map((pair) => spokenAnswer(result, answerOf(pair)).map((sentence) => plain(sentence)));

describe('the answer in sentences', () => {
  const [sentences = []] = spoken(quickResult());

  it('says what the cut costs, with both values', () => {
    expect(sentences[0]).toMatch(
      /^Against monolith, microservices costs here: a deployment takes \d\.\d+ times as long \(.+ → .+\)/,
    );
  });

  it('says of a fault what happens, not how it is called', () => {
    const under = sentences.find((sentence) =>
      sentence.startsWith('When Recommendations crashes and is started again'),
    );
    expect(under).toMatch(/microservices loses .+ requests, monolith .+ requests/);
    expect(sentences.join(' ')).not.toContain('crash(');
  });

  it.each([
    ['deployment-time', 'ratio', 3, 'high', 'takes at least 3.00 times as long'],
    ['deployment-time', 'ratio', 1.5, 'low', 'takes at most 50 % longer'],
    ['deployment-time', 'ratio', 0.5, 'low', 'takes at least 50 % less time'],
    ['storm-recovery', 'difference', -16_000, 'low', 'is lower by at least 16.0 s'],
    ['storm-recovery', 'difference', 16_000, 'high', 'is higher by at least 16.0 s'],
    ['storm-recovery', 'difference', 16_000, null, 'is higher by 16.0 s'],
    ['other-answers', 'difference', 2, null, 'the number of questions that get another answer is higher by 2 ('],
  ] as const)('%s, %s of %d, open at the %s end: %s', (metric, kind, value, openEnd, says) => {
    const result = quickResult();
    const [pair] = pairsOf(result);
    const [first] = pair?.findings ?? [];
    if (pair === undefined || first === undefined) throw new Error('the example has no findings');
    const verdict = value > (kind === 'ratio' ? 1 : 0) ? 'worse' : 'better';
    const unit = kind === 'ratio' ? first.unit : metric === 'other-answers' ? 'count' : 'ms';
    const finding: Finding = { ...first, metric, unit, effect: { kind, value }, openEnd, verdict };
    const said = spokenAnswer(result, answerOf({ ...pair, findings: [finding] })).join(' ');
    expect(plain(said)).toContain(says);
  });

  it('has every headline once and each sentence once', () => {
    for (const result of [quickResult(), standardResult(), smokeResult()])
      for (const [index, pair] of pairsOf(result).entries()) {
        const said = spoken(result)[index] ?? [];
        expect(new Set(said).size).toBe(said.length);
        const all = said.join(' ');
        const { costs, buys, same, open, apart } = answerOf(pair);
        expect(all.includes('Not compared:')).toBe(apart.length > 0);
        if (open.length > 0) expect(all).toContain('Not known from this run:');
        if (costs.length > 0) expect(all).toContain('costs here:');
        if (same.some(({ scope }) => scope.fault === undefined)) expect(all).toContain('No difference that matters:');
        expect(all).not.toMatch(/undefined|NaN|null/);
        expect(buys.length + costs.length + same.length + open.length).toBeGreaterThan(0);
      }
  });

  it('does not call unknown what cannot be: it says where the fault cannot happen', () => {
    const [said = []] = spoken(standardResult());
    expect(said.at(-1)).toMatch(
      /^Not compared: lost good requests when .* \(cannot happen in monolith: .*share the unit shop.*\)\.$/,
    );
    expect(said.find((sentence) => sentence.startsWith('Not known'))).not.toContain('cannot reach');
  });

  it('knows words for every kind of fault', () => {
    const result = quickResult();
    for (const kind of faultKindSchema.options) {
      const fault = { kind, module: 'cart', ...(kind === 'partition' ? { peer: 'storefront' } : {}) };
      const label = kind === 'partition' ? 'partition(cart, storefront)' : `${kind}(cart)`;
      const { isolation } = result.experiment.probes;
      if (isolation === null) throw new Error('the example has no faults');
      const changed: Result = {
        ...result,
        experiment: {
          ...result.experiment,
          probes: { ...result.experiment.probes, isolation: { ...isolation, faults: [fault] } },
        },
        findings: result.findings.map((finding): Finding =>
          finding.scope.fault === undefined ? finding : { ...finding, scope: { ...finding.scope, fault: label } },
        ),
      };
      const all = spoken(changed).flat().join(' ');
      expect(all).toMatch(/(When|when) \S*/);
      expect(all).not.toContain(label);
      expect(all).toContain('Cart');
    }
  });
});

describe('how far to trust it', () => {
  it('is little below three deployments, and says how many there were', () => {
    const { level, facts } = trustIn(smokeResult());
    expect(level).toBe('little');
    expect(facts[0]).toBe('1 deployment of each, at least 3 are needed');
    expect(trustIn({ ...smokeResult(), rounds: [] }).facts[0]).toMatch(/^0 deployments/);
  });

  it('is little when a fairness check failed, but for a machine that is not quiet', () => {
    const result = quickResult();
    const failed = (name: string): Result => ({
      ...result,
      gate: [{ name, title: 'Check', status: 'fail', detail: 'it failed' }],
    });
    expect(trustIn(failed('memory')).level).toBe('little');
    expect(trustIn(failed('quiet')).level).toBe('high');
  });

  it('is some when most deployments were disturbed or the run was cut short', () => {
    const result = quickResult();
    expect(trustIn(result).level).toBe('high');
    const disturbed = result.rounds.map((round) => ({ ...round, status: 'disturbed' as const }));
    expect(trustIn({ ...result, rounds: disturbed }).level).toBe('some');
    expect(trustIn({ ...result, status: 'cancelled' }).level).toBe('some');
    const late = result.rounds.map((round, index) => ({
      ...round,
      status: index === 0 ? ('invalid' as const) : round.status,
      latency: index === 0 ? withLateGenerator(round) : round.latency,
    }));
    const { level, facts } = trustIn({ ...result, rounds: late });
    expect([level, facts[0]]).toEqual(['high', '3 deployments of each']);
    expect(facts.join()).toMatch(/in 1 of \d+ the load generator was late/);
    // A late generator alone is not the machine's doing.
    expect(facts[1]).toBe('no deployment was disturbed');
    const allLate = result.rounds.map((round) => ({
      ...{ ...round, status: 'invalid' as const, latency: withLateGenerator(round) },
    }));
    expect(trustIn({ ...result, rounds: allLate }).level).toBe('some');
    expect(trustIn(cancelledResult()).facts.join()).toContain('cancelled');
  });

  it.each<[string, Partial<Round>]>([
    ['times that cannot be', { durationMs: -7_200_000 }],
    ['a changed unit', { changed: ['changed while it was measured: unit "shop": memory limit 2, afterwards 1'] }],
  ])('does not come from a deployment with %s, late generator or not', (_, change) => {
    const result = quickResult();
    for (const late of [false, true]) {
      const rounds = result.rounds.map((round, index): Round =>
        index === 0
          ? { ...round, ...change, status: 'invalid', latency: late ? withLateGenerator(round) : round.latency }
          : round,
      );
      const { level, facts } = trustIn({ ...result, rounds });
      expect([level, facts[0]]).toEqual(['little', '2 deployments of each, at least 3 are needed']);
      expect(facts.join()).toContain('1 deployment does not count: units were changed');
      expect(facts.join()).not.toContain('load generator');
    }
  });
});

function withLateGenerator({ latency }: Round): Round['latency'] {
  return latency && { ...latency, generator: { ...latency.generator, valid: false, reasons: ['late'] } };
}
