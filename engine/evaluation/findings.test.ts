import { describe, expect, it } from 'vitest';
import { healthyGenerator, makeResult, smokeResult, standardResult, withOutcomes } from '../../report/testing/index.ts';
import { findingSchema, type Finding, type Result, type Round } from '../model/index.ts';
import { allMeasures } from './all-measures.ts';
import { computeFindings } from './compute.ts';

function one(findings: Finding[], metric: string, scope: Finding['scope'] = {}, variant = 'microservices'): Finding {
  const found = findings.find(
    (finding) =>
      finding.metric === metric &&
      finding.variant.variant === variant &&
      finding.scope.endpoint === scope.endpoint &&
      finding.scope.fault === scope.fault,
  );
  if (found === undefined) throw new Error(`no finding ${metric}`);
  return found;
}

const changed = (result: Result, change: (round: Round, index: number) => Round): Result => ({
  ...result,
  rounds: result.rounds.map(change),
});
/** The round with a generator that could not keep up. */
const saturated = (round: Round): Pick<Round, 'status' | 'latency'> => ({
  status: 'invalid',
  latency:
    round.latency === null
      ? null
      : { ...round.latency, generator: { ...healthyGenerator, valid: false, saturated: true } },
});
const standard = standardResult();
const findings = computeFindings(standard);

describe('computeFindings', () => {
  it('gives valid findings for every later variant against the first, each with its own id', () => {
    for (const finding of findings) expect(findingSchema.safeParse(finding).error).toBeUndefined();
    expect(new Set(findings.map((finding) => finding.id)).size).toBe(findings.length);
    expect(new Set(findings.map((finding) => `${finding.baseline.variant}>${finding.variant.variant}`))).toEqual(
      new Set(['monolith>microservices', 'monolith>macroservices']),
    );
  });

  it('sees what was planted: slower answers, more memory, better isolation', () => {
    const p95 = one(findings, 'response-p95');
    expect(p95.verdict).toBe('worse');
    expect(p95.effect?.kind).toBe('ratio');
    expect(p95.interval?.low).toBeGreaterThan(1);
    expect(p95.noiseFloor).toBeGreaterThan(0);
    expect(one(findings, 'memory-resident').effect?.value).toBeCloseTo(468 / 96, 0);
    const crash = one(findings, 'lost-good-requests', { fault: 'crash(recommendations)' });
    expect(crash).toMatchObject({ verdict: 'better', effect: { kind: 'difference' } });
    // A sixth of the traffic for five seconds instead of all of it.
    expect(crash.effect?.value).toBeLessThan(-200);
    expect(one(findings, 'isolation-index', { fault: 'crash(recommendations)' }).effect?.value).toBeGreaterThan(0.9);
  });

  it('speaks plainly', () => {
    expect(one(findings, 'response-p95').sentence).toMatch(
      /^microservices response time p95 is [\d.]+ x the monolith's, (95|97\.5) % interval [\d.]+ to [\d.]+; noise floor [\d.]+ % from 5 pairs, too few to gate.*\.$/,
    );
    expect(one(findings, 'lost-good-requests', { fault: 'crash(recommendations)' }).sentence).toMatch(
      /^microservices lost good requests under crash\(recommendations\) is \d+ requests below the monolith's \(\d.* against .*\)/,
    );
  });

  it('pairs by block: drift that hits both sides of a block alike changes nothing', () => {
    const drifted = changed(standard, (round) =>
      round.deployment === null
        ? round
        : {
            ...round,
            deployment: { ...round.deployment, firstGoodMs: round.deployment.firstGoodMs * (1 + round.block * 3) },
          },
    );
    const before = one(findings, 'deployment-time');
    const after = one(computeFindings(drifted), 'deployment-time');
    expect(after.effect?.value).toBeCloseTo(before.effect?.value ?? Number.NaN, 9);
    expect(after.interval?.high).toBeCloseTo(before.interval?.high ?? Number.NaN, 9);
  });

  it('does not depend on the order in which rounds are listed', () => {
    expect(computeFindings({ ...standard, rounds: standard.rounds.toReversed() })).toEqual(findings);
  });

  it('never uses what was measured again, in no variant, and keeps what was not', () => {
    const repeated = ({ block, attempt }: Round) => attempt === 1 && block < 2;
    const spoilt = changed(standard, (round) =>
      repeated(round) && round.latency !== null
        ? { ...round, latency: { ...round.latency, endpoints: {} }, resources: null }
        : round,
    );
    expect(spoilt.rounds.some((round) => round.status === 'disturbed')).toBe(true);
    expect(computeFindings(spoilt)).toEqual(findings);
    const kept = changed(standard, (round) =>
      round.only === null || round.deployment === null
        ? round
        : { ...round, deployment: { ...round.deployment, firstGoodMs: 1e9 } },
    );
    expect(kept.rounds.some(({ only }) => only !== null)).toBe(true);
    expect(computeFindings(kept)).toEqual(findings);
  });

  it('takes the attempt whose worst variant is best, for all of them', () => {
    const again = (status: Round['status']) =>
      changed(standard, (round) =>
        round.only === null || round.variant !== 'microservices' ? round : { ...round, ...saturated(round), status },
      );
    const firstTry = changed(standard, (round) => (round.only === null ? round : { ...round, status: 'failed' }));
    expect(computeFindings(again('invalid'))).toEqual(computeFindings(firstTry));
    expect(computeFindings(again('cancelled'))).toEqual(computeFindings(firstTry));
    expect(computeFindings(firstTry)).not.toEqual(findings);
  });

  it('believes nothing of a round whose times cannot be', () => {
    const impossible = changed(standard, (round) =>
      round.block === 2 && round.variant === 'microservices' ? { ...round, status: 'invalid' } : round,
    );
    for (const metric of ['deployment-time', 'response-p50', 'memory-resident'])
      expect(one(computeFindings(impossible), metric).variant.blocks[2]).toBeNull();
  });

  it('uses a disturbed round when no repeat was left, and says so', () => {
    const noisy = changed(standard, (round) => (round.block === 2 ? { ...round, status: 'disturbed' } : round));
    const p95 = one(computeFindings(noisy), 'response-p95');
    expect(p95.effect).toEqual(one(findings, 'response-p95').effect);
    expect(p95.sentence).toContain('1 block from a disturbed machine');
  });

  it('calls no machine disturbed where only the generator was late', () => {
    const late = (disturbances: string[]) =>
      changed(standard, (round) =>
        round.block === 2 && round.variant === 'microservices'
          ? {
              ...round,
              ...saturated(round),
              latency: { ...round.latency!, generator: { ...saturated(round).latency!.generator, disturbances } },
              quietness: null,
            }
          : round,
      );
    for (const metric of ['deployment-time', 'memory-resident']) {
      const { sentence } = one(computeFindings(late([])), metric);
      expect(sentence).not.toContain('disturbed machine');
      expect(sentence).toContain('1 block with a load generator that was late');
      expect(one(computeFindings(late(['the machine withheld the CPU'])), metric).sentence).toContain(
        '1 block from a disturbed machine',
      );
    }
  });

  it('is of the same blocks in its averages as in its effect, whichever blocks lack whichever side', () => {
    const lacking: [block: number, variant: string][][] = [
      [[3, 'microservices']],
      [
        [0, 'monolith'],
        [4, 'microservices'],
      ],
      [
        [1, 'macroservices'],
        [2, 'monolith'],
      ],
    ];
    for (const gaps of lacking) {
      const rounds = standard.rounds.filter(
        ({ block, variant, replica }) => replica || !gaps.some(([at, name]) => at === block && name === variant),
      );
      const found = computeFindings({ ...standard, rounds });
      const ratios = found.filter(({ effect }) => effect?.kind === 'ratio');
      expect(ratios.length).toBeGreaterThan(10);
      for (const { effect, baseline, variant, sentence } of ratios) {
        const read = (variant.value ?? Number.NaN) / (baseline.value ?? Number.NaN);
        expect(read / (effect?.value ?? Number.NaN)).toBeCloseTo(1, 4);
        for (const [at] of gaps) expect([baseline.blocks[at], variant.blocks[at]]).toEqual([null, null]);
        expect(sentence).toMatch(/left out because a variant has no value there/);
      }
    }
  });

  it('counts every block that was left out, whichever side was the reason', () => {
    const choked = changed(standard, (round) =>
      (round.block === 3 && round.variant === 'monolith' && !round.replica) ||
      (round.block === 1 && round.variant === 'microservices')
        ? { ...round, ...saturated(round) }
        : round,
    );
    expect(one(computeFindings(choked), 'response-p95').sentence).toContain(
      '2 blocks left out because the load generator',
    );
  });

  it('leaves response times out where the generator was the bottleneck, and nothing that does not come from them', () => {
    const choked = changed(standard, (round) =>
      round.block === 2 && round.variant === 'microservices' ? { ...round, ...saturated(round) } : round,
    );
    const p95 = one(computeFindings(choked), 'response-p95');
    expect(p95.variant.blocks[2]).toBeNull();
    expect(p95.sentence).toContain('1 block left out because the load generator was late or could not keep up');
    for (const metric of ['deployment-time', 'cpu-per-1000-good', 'memory-resident'])
      expect(one(computeFindings(choked), metric).effect).toEqual(one(findings, metric).effect);
    const fault = 'crash(recommendations)';
    expect(one(computeFindings(choked), 'isolation-index', { fault }).effect).toEqual(
      one(findings, 'isolation-index', { fault }).effect,
    );
  });

  it('leaves out only the percentiles that late starts have shifted', () => {
    const late = computeFindings(
      changed(standard, (round) =>
        round.block === 2 && round.variant === 'microservices' && round.latency !== null
          ? {
              ...round,
              status: 'invalid',
              latency: { ...round.latency, generator: { ...healthyGenerator, valid: false, shifted: ['p95'] } },
            }
          : round,
      ),
    );
    expect(one(late, 'response-p95').variant.blocks[2]).toBeNull();
    for (const metric of ['response-p50', 'service-p50', 'availability'])
      expect(one(late, metric).effect).toEqual(one(findings, metric).effect);
  });

  it('judges the blocks of a fault by the load that ran under it', () => {
    const fault = 'crash(recommendations)';
    const index = (change: (round: Round) => Partial<Round>) =>
      one(
        computeFindings(
          changed(standard, (round) =>
            round.block === 2 && round.variant === 'microservices' ? { ...round, ...change(round) } : round,
          ),
        ),
        'lost-good-requests',
        { fault },
      );
    const late = index(() => ({ generators: { isolation: { ...healthyGenerator, valid: false, saturated: true } } }));
    expect(late.variant.blocks[2]).toBeNull();
    expect(late.sentence).toContain('1 block left out because the load generator was late or could not keep up');
    const noisy = index(({ lines }) => ({
      lines: {
        isolation: (lines['isolation'] ?? []).map((slice) => ({ ...slice, withheldMs: 0.02 * slice.lengthMs })),
      },
    }));
    expect(noisy.effect).toEqual(one(findings, 'lost-good-requests', { fault }).effect);
    expect(noisy.sentence).toContain('1 block from a disturbed machine');
  });

  it('decides nothing when the generator was the bottleneck everywhere', () => {
    const choked = computeFindings(
      changed(standard, (round) => (round.status === 'completed' ? { ...round, ...saturated(round) } : round)),
    );
    const p95 = one(choked, 'response-p95');
    expect(p95.verdict).toBe('inconclusive');
    expect(p95.effect).not.toBeNull();
    expect(p95.sentence).toContain('nothing is decided');
  });

  it('says that one block cannot decide', () => {
    const smoke = computeFindings(smokeResult());
    expect(new Set(smoke.map((finding) => finding.verdict))).toEqual(new Set(['inconclusive']));
    const p50 = one(smoke, 'response-p50');
    expect(p50.interval).toBeNull();
    expect(p50.sentence).toContain('one block cannot decide, at least 3 are needed');
  });

  it('says of how many blocks a finding has a value, where others have more', () => {
    const three = makeResult({ blocks: 3, requests: 1500, everything: false });
    const choked = changed(three, (round) => (round.block === 2 ? { ...round, ...saturated(round) } : round));
    const [p95, deployment] = ['response-p95', 'deployment-time'].map((metric) => one(computeFindings(choked), metric));
    expect(p95?.sentence).toContain('2 of 3 blocks have a value that counts and cannot decide, at least 3 are needed');
    expect(deployment?.sentence).not.toContain('cannot decide');
  });

  it('shows a percentile only with enough requests behind it', () => {
    const names = (requests: number) =>
      new Set(
        computeFindings(makeResult({ requests, faults: [], everything: false })).map((finding) => finding.metric),
      );
    expect(names(600).has('response-p95')).toBe(true);
    expect(names(600).has('response-p99')).toBe(false);
    expect(names(1500).has('response-p99')).toBe(true);
    expect(names(1500).has('response-p999')).toBe(false);
  });

  it('takes a recovery that was not reached as at least that long', () => {
    const fault = 'crash(recommendations)';
    const stuck = (variant: string, lookedMs: number) =>
      withOutcomes(standard, (_, label, name) =>
        label === fault && name === variant ? { recoverMs: null, recoverCensoredAtMs: lookedMs } : {},
      );
    const late = one(computeFindings(stuck('microservices', 30_000)), 'time-to-recover', { fault });
    expect(late.verdict).toBe('worse');
    expect(late.sentence).toContain('one side is only known to be at least its value');
    expect(one(computeFindings(stuck('monolith', 30_000)), 'time-to-recover', { fault }).verdict).toBe('better');
    // Looked at for 10 ms only, the variant seems faster; but it may have taken any time.
    const unknown = one(computeFindings(stuck('microservices', 10)), 'time-to-recover', { fault });
    expect(unknown.effect?.value).toBeLessThan(-500);
    expect(unknown.verdict).toBe('inconclusive');
  });

  it('does not pair two recoveries that were both not reached', () => {
    const fault = 'crash(recommendations)';
    const stuck = withOutcomes(standard, (_, label) =>
      label === fault ? { recoverMs: null, recoverCensoredAtMs: 9000 } : {},
    );
    const finding = one(computeFindings(stuck), 'time-to-recover', { fault });
    expect(finding).toMatchObject({ verdict: 'inconclusive', effect: null });
    expect(finding.sentence).toMatch(
      /^Not compared: .* cannot be held against the monolith's: both are only lower bounds/,
    );
  });

  it('says once that a fault cannot happen in a shape', () => {
    const about = findings.filter(
      (finding) => finding.scope.fault?.startsWith('partition') && finding.variant.variant === 'microservices',
    );
    expect(about).toHaveLength(1);
    expect(about[0]).toMatchObject({ metric: 'lost-good-requests', effect: null, verdict: 'inconclusive' });
    expect(about[0]?.sentence).toMatch(/^Not compared: .* the monolith, in which the fault cannot happen \(.+\)/);
  });

  it('names settings in which the two variants differ', () => {
    const [first, second, ...others] = standard.experiment.variants;
    if (first === undefined || second === undefined) throw new Error('no variants');
    const differing = {
      ...second,
      settings: { ...second.settings, consistency: 'naive' as const, tunables: { work: 5 } },
    };
    const inputs = { ...standard, experiment: { ...standard.experiment, variants: [first, differing, ...others] } };
    const p95 = one(computeFindings(inputs), 'response-p95');
    expect(p95.declared).toEqual(['consistency', 'tunables.work']);
    expect(p95.sentence).toContain('declared difference: consistency, tunables.work');
    expect(one(computeFindings(inputs), 'response-p95', {}, 'macroservices').declared).toEqual([]);
  });

  it('compares the baseline with its second copy when there is only one variant, and finds nothing', () => {
    const alone = makeResult({ variants: ['monolith'], replica: true, blocks: 6 });
    const same = computeFindings(alone);
    expect(one(same, 'response-p95', {}, 'monolith (again)').baseline.variant).toBe('monolith');
    expect(same.filter((finding) => finding.verdict === 'better' || finding.verdict === 'worse')).toEqual([]);
  });

  it('reads every metric that the experiment asks for', () => {
    // p99.9 needs ten thousand requests.
    const rich = makeResult({ requests: 12_000, replica: true });
    const found = new Set(computeFindings(rich).map((finding) => finding.metric));
    const asked = allMeasures({
      experiment: rich.experiment,
      application: rich.application,
      endpoints: [],
      rounds: [],
    }).map((measure) => measure.metric);
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((name) => !found.has(name))).toEqual([]);
  });
});
