import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeResult } from '../../../report/testing/index.ts';
import { presetLoad, presets, type Claims, type JudgedClaim, type Result } from '../../model/index.ts';
import { computeFindings } from '../index.ts';
import { judgeClaims, outcomeOf } from './judge.ts';
import { machineOf, sourceOf, type ClaimSource } from './source.ts';
import { claims } from './table.ts';

function measured(
  variants: NonNullable<Parameters<typeof makeResult>[0]>['variants'],
  endedAt = '2026-01-02T00:00:00.000Z',
): Result {
  const made = makeResult({ blocks: 5, replica: true, requests: 1000, variants });
  const experiment = { ...made.experiment, load: presetLoad };
  return { ...made, experiment, endedAt, findings: computeFindings({ ...made, experiment }) };
}
const result = measured(['monolith', 'microservices']);

function judged(sources: readonly ClaimSource[], change: Partial<Parameters<typeof judgeClaims>[0]> = {}): Claims {
  const { application, environment } = result;
  return judgeClaims({
    ...{ application, sourceHash: environment.sourceHash, machine: machineOf(environment), sources },
    ...change,
  });
}

function claimOf(all: Claims, name: string): JudgedClaim {
  const claim = all.claims.find((one) => one.name === name);
  if (claim === undefined) throw new Error(`no claim ${name}`);
  return claim;
}

describe('claims', () => {
  it('are on both sides, each with a name of its own, tests of metrics that exist and what measures them', () => {
    expect(new Set(claims.map(({ name }) => name)).size).toBe(claims.length);
    expect(new Set(claims.map(({ side }) => side))).toEqual(new Set(['for', 'against', 'neither']));
    for (const { tests, also, cannot } of claims) {
      expect(tests.length > 0 || also !== undefined).toBe(true);
      expect(cannot.length).toBeGreaterThan(0);
      for (const { preset } of tests) expect(Object.keys(presets)).toContain(preset);
    }
  });

  it('are not measured, and say what would measure them, before anything is', () => {
    for (const { name, outcome, evidence, missing, sentence } of judged([]).claims) {
      expect([name, outcome, evidence]).toEqual([name, 'not-measured', []]);
      expect(sentence).toBe('Not measured here yet.');
      for (const { estimateMs, because } of missing) expect(estimateMs === null).toBe(because !== null);
    }
    expect(claimOf(judged([]), 'latency').missing).toMatchObject([{ preset: 'quick', because: null }]);
  });

  it('are judged by what was measured of this source on this machine, and by nothing else', () => {
    const source = sourceOf(result);
    const latency = claimOf(judged([source]), 'latency');
    expect(latency.outcome).not.toBe('not-measured');
    expect(latency.evidence.map(({ result: from }) => from?.id)).toEqual(latency.evidence.map(() => result.id));
    const elsewhere = judged([
      { ...source, sourceHash: 'another' },
      { ...source, machine: 'another' },
    ]);
    expect([elsewhere.results, elsewhere.others]).toEqual([0, 2]);
    expect(elsewhere.claims).toEqual(judged([]).claims);
  });

  it('are of the finer cut, whichever of the two was the baseline', () => {
    const turned = measured(['microservices', 'monolith']);
    for (const name of ['latency', 'cost', 'fault-isolation'])
      expect(claimOf(judged([sourceOf(turned)]), name).outcome, name).toBe(
        claimOf(judged([sourceOf(result)]), name).outcome,
      );
  });

  it('are not judged by cuts that differ in something else', () => {
    const source = sourceOf(result);
    const findings = source.findings.map((finding) => ({ ...finding, declared: ['tunables.work'] }));
    expect(claimOf(judged([{ ...source, findings }]), 'latency').outcome).toBe('not-measured');
  });

  it('are judged by the newest of several that measured the same, whatever it says', () => {
    const source = sourceOf(result);
    const silent: ClaimSource = {
      ...{ ...source, id: 'newer', endedAt: '2026-02-01T00:00:00.000Z' },
      findings: source.findings.map((finding) => ({ ...finding, verdict: 'inconclusive' as const })),
    };
    for (const sources of [
      [source, silent],
      [silent, source],
    ]) {
      const { outcome, evidence } = claimOf(judged(sources), 'latency');
      expect(outcome).toBe('undecided');
      expect(new Set(evidence.map(({ result: from }) => from?.id))).toEqual(new Set(['newer']));
    }
  });

  it('count two cuts once, whichever of them was the baseline', () => {
    const turned = measured(['microservices', 'monolith'], '2026-02-01T00:00:00.000Z');
    const both = [sourceOf(result), { ...sourceOf(turned), id: 'turned' }];
    for (const { name, evidence } of judged(both).claims)
      expect([name, evidence.length]).toEqual([name, claimOf(judged([sourceOf(turned)]), name).evidence.length]);
  });

  it('are not judged by a cut that was changed under its name since', () => {
    const source = sourceOf(result);
    const cuts = source.cuts.map((cut) =>
      cut.name === 'microservices' ? { ...cut, shape: 'another', units: 3, instances: 3 } : cut,
    );
    const newer = { ...source, cuts, id: 'newer', endedAt: '2026-02-01T00:00:00.000Z' };
    const changed = { ...newer, findings: source.findings.filter(({ metric }) => metric === 'response-p50') };
    const { facts, units, claims: all } = judged([source, changed]);
    expect(new Set(facts.map(({ result: from }) => from.id))).toEqual(new Set(['newer']));
    expect(units).toEqual({ monolith: 1, microservices: 3 });
    expect(all.find(({ name }) => name === 'cost')?.outcome).toBe('not-measured');
  });

  it('are not judged by cuts of which no deployment was measured', () => {
    const cancelled = sourceOf({ ...result, rounds: [], findings: [] });
    expect(judged([cancelled]).claims).toEqual(judged([]).claims);
  });

  it('say of no side what only ends at none because it cannot be less', () => {
    const some = sourceOf(result).findings.find(({ metric }) => metric === 'orders-wrong');
    if (some === undefined) throw new Error('no finding');
    const none = {
      ...{ ...some, verdict: 'inconclusive' as const, effect: { kind: 'difference' as const, value: 0 } },
      interval: { low: 0, high: 2 },
    };
    const [fact] = judged([{ ...sourceOf(result), findings: [none] }]).facts;
    expect([fact?.low, fact?.high]).toEqual([-0.2, 0.2]);
  });

  it('are not judged by what was measured otherwise than presets do', () => {
    const [one, other] = result.experiment.variants;
    if (one === undefined || other === undefined) throw new Error('no variants');
    const otherwise: Partial<Result['experiment']>[] = [
      { load: { ...presetLoad, journeysPerSecond: 60 } },
      ...[{ store: 'postgres' as const }, { tunables: { work: 9 } }, { outbox: false }].map((settings) => ({
        variants: [one, other].map((variant) => ({ ...variant, settings: { ...variant.settings, ...settings } })),
      })),
    ];
    for (const change of otherwise) {
      const newer = { ...result, id: 'newer', endedAt: '2026-03-01T00:00:00.000Z' };
      const source = sourceOf({ ...newer, experiment: { ...result.experiment, ...change } });
      const alone = judged([source]);
      expect(alone.facts).toEqual([]);
      expect([alone.results, alone.others]).toEqual([0, 1]);
      expect(claimOf(alone, 'latency').outcome).toBe('not-measured');
      const both = judged([source, sourceOf(result)]);
      expect(both.facts).toEqual(judged([sourceOf(result)]).facts);
      expect(new Set(claimOf(both, 'latency').evidence.map(({ result: from }) => from?.id))).toEqual(
        new Set([result.id]),
      );
    }
  });

  it('about languages are judged by whether a module ran in one and answered the same', () => {
    const source = sourceOf(result);
    const cuts = source.cuts.map((cut) =>
      cut.name === 'microservices' ? { ...cut, languages: { recommendations: 'go' as const } } : cut,
    );
    const [some] = source.findings;
    if (some === undefined) throw new Error('no findings');
    const asked = (verdict: 'equivalent' | 'worse' | 'inconclusive', isTurned = false) => ({
      ...{ ...some, metric: 'other-answers', verdict, sentence: 'Counted.' },
      baseline: { ...some.baseline, variant: isTurned ? 'microservices' : 'monolith' },
      variant: { ...some.variant, variant: isTurned ? 'monolith' : 'microservices' },
    });
    const claim = (findings: ClaimSource['findings']) =>
      claimOf(judged([{ ...source, cuts, findings }]), 'technology-flexibility');
    expect(claim([])).toMatchObject({ outcome: 'undecided', missing: [{ preset: 'swap' }] });
    expect(claim([asked('equivalent')])).toMatchObject({ outcome: 'holds', missing: [] });
    expect(claim([asked('worse')]).outcome).toBe('does-not-hold');
    expect(claim([asked('equivalent', true)]).outcome).toBe('holds');
    expect(claim([asked('inconclusive')])).toMatchObject({ outcome: 'undecided', missing: [{ preset: 'swap' }] });
    const newer = { ...source, cuts, findings: [], id: 'newer', endedAt: '2026-03-01T00:00:00.000Z' };
    const both = judged([newer, { ...source, cuts, findings: [asked('equivalent')] }]);
    expect(claimOf(both, 'technology-flexibility').outcome).toBe('holds');
    expect(claim([asked('inconclusive')]).evidence[0]?.sentence).toMatch(
      /Whether it answers the same is not decided\.$/,
    );
    expect(claim([asked('equivalent')]).evidence[0]?.sentence).toBe(
      'recommendations in Go ran in microservices, in a unit of its own; in one that it shares all modules would have to be in Go. It gives the same answers, question by question.',
    );
  });

  it('are judged by the newest that could decide, whatever it says, before one that could not', () => {
    const smoke = makeResult({ blocks: 1, requests: 1000, variants: ['monolith', 'microservices'] });
    const experiment = { ...smoke.experiment, load: presetLoad };
    const newer = {
      ...{ ...smoke, experiment, id: 'smoke', endedAt: '2026-03-01T00:00:00.000Z' },
      findings: computeFindings({ ...smoke, experiment }),
    };
    const both = judged([sourceOf(newer), sourceOf(result)]);
    const from = new Set(claimOf(both, 'latency').evidence.map(({ result: one }) => one?.id));
    expect(from).toEqual(new Set([result.id]));
    expect(new Set(both.facts.map(({ result: one }) => one.id))).toEqual(new Set([result.id]));
    expect(claimOf(judged([sourceOf(newer)]), 'latency').outcome).toBe('undecided');
  });

  it('about releases are not judged by bringing everything up from nothing, which is what there is to run', () => {
    const all = judged([sourceOf(result)]);
    expect(claimOf(all, 'faster-deployment').outcome).toBe('not-measured');
    expect(claimOf(all, 'operations').evidence.map(({ metric }) => metric)).toContain('deployment-time');
  });

  it('are not judged by what is so in every finer cut, of whatever application', () => {
    const source = sourceOf(result);
    const [some] = source.findings;
    if (some === undefined) throw new Error('no findings');
    const of = (metric: string, verdict: 'better' | 'worse' | 'equivalent') => ({
      ...some,
      metric,
      verdict,
      scope: {},
    });
    const told = (name: string, ...findings: ClaimSource['findings']) =>
      claimOf(judged([{ ...source, findings }]), name);
    const lines = told('single-responsibility', of('largest-unit-lines', 'better'));
    expect([lines.outcome, lines.evidence.map(({ says }) => says)]).toEqual(['not-measured', ['given']]);
    const calls = told('loose-coupling', of('declared-calls-between-units', 'worse'));
    expect([calls.outcome, calls.evidence.map(({ says }) => says)]).toEqual(['not-measured', ['given']]);
    // That nothing must go out together is as well as one unit can do, and what the claim says.
    expect(told('loose-coupling', of('lockstep-units', 'equivalent')).outcome).toBe('holds');
    expect(told('loose-coupling', of('lockstep-units', 'worse')).outcome).toBe('does-not-hold');
    expect(told('operations').outcome).toBe('not-measured');
  });

  it('are judged by results with one budget of CPU and memory', () => {
    const source = sourceOf(result);
    const more = sourceOf({
      ...{ ...result, id: 'more', endedAt: '2026-03-01T00:00:00.000Z' },
      experiment: { ...result.experiment, resources: { cpus: 3, memoryBytes: null } },
    });
    const older = { ...source, id: 'older', endedAt: '2026-01-01T00:00:00.000Z' };
    const ids = (sources: readonly ClaimSource[]) =>
      new Set(claimOf(judged(sources), 'latency').evidence.map(({ result: from }) => from?.id));
    expect(ids([source, older, more])).toEqual(new Set([source.id]));
    expect(ids([source, more])).toEqual(new Set(['more']));
    expect(judged([source, older, more]).others).toBe(2);
  });

  it('about diagnosis take no search that found nothing for an easy one', () => {
    const source = sourceOf(result);
    const [some] = result.findings;
    if (some === undefined) throw new Error('no findings');
    const told = (named: 'better' | 'worse' | 'equivalent') => {
      const of = (metric: string, verdict: 'better' | 'worse' | 'equivalent') => ({
        ...{ ...some, metric, verdict, method: 'counted' as const, scope: { fault: 'hang(catalog)' } },
      });
      const findings = [of('lines-read', 'worse'), of('search-steps', 'worse'), of('cause-named', named)];
      const judgedNow = judged([sourceOf({ ...result, findings })]);
      return {
        metrics: claimOf(judgedNow, 'diagnosis')
          .evidence.map(({ metric }) => metric)
          .toSorted(),
        facts: judgedNow.facts.map(({ metric }) => metric),
      };
    };
    expect(source.findings.length).toBeGreaterThan(0);
    for (const named of ['better', 'worse'] as const)
      expect(told(named)).toEqual({ metrics: ['cause-named'], facts: ['cause-named'] });
    expect(told('equivalent').metrics).toEqual(['cause-named', 'lines-read', 'search-steps']);
  });

  it('about the number of units are counted', () => {
    const { evidence } = claimOf(judged([sourceOf(result)]), 'operations');
    expect(evidence.find(({ metric }) => metric === null)?.sentence).toMatch(
      /^microservices has \d+ units to build, start and watch; monolith has 1\.$/,
    );
  });

  it('about the number of units count the same cut in several languages and copies once', () => {
    const source = sourceOf(result);
    const cuts = source.cuts.flatMap((cut) => [
      { ...cut, name: 'typescript' },
      cut,
      { ...cut, name: `${cut.name}-again`, languages: { recommendations: 'go' as const } },
      { ...cut, name: `${cut.name}-twice`, shape: cut.shape.replaceAll('*1', '*2'), instances: cut.units * 2 },
    ]);
    const counted = claimOf(judged([{ ...source, cuts }]), 'operations').evidence.filter(
      ({ metric }) => metric === null,
    );
    expect(counted.map(({ sentence }) => sentence)).toEqual([
      'microservices has 8 units to build, start and watch; monolith has 1.',
    ]);
  });

  it('about APIs are judged by the operations that every cut has', () => {
    const source = sourceOf(result);
    const having = (...lists: (string[] | null)[]): ClaimSource => ({
      ...source,
      cuts: source.cuts.map((cut, index) => ({ ...cut, operations: lists[index] ?? null })),
    });
    const all = ['cart.add', 'cart.view', 'catalog.get'];
    expect(claimOf(judged([having(all, all)]), 'apis')).toMatchObject({
      outcome: 'holds',
      evidence: [
        {
          sentence:
            'All 3 operations of 2 modules are behind the same contracts in monolith (1 unit) as in microservices (8 units).',
        },
      ],
    });
    expect(claimOf(judged([having(all.slice(1), all)]), 'apis')).toMatchObject({
      outcome: 'does-not-hold',
      evidence: [{ sentence: 'Of 3 operations of 2 modules in microservices, 1 are missing in monolith: cart.add.' }],
    });
    expect(claimOf(judged([having(null, all)]), 'apis').outcome).toBe('not-measured');
  });
});

describe('a fact', () => {
  it('says whether an end of its interval is not known', () => {
    const source = sourceOf(result);
    const opened = source.findings.map((finding) => ({
      ...finding,
      verdict: 'worse' as const,
      openEnd: 'high' as const,
    }));
    expect(new Set(judged([source]).facts.map(({ open }) => open))).toEqual(new Set([false]));
    expect(new Set(judged([{ ...source, findings: opened }]).facts.map(({ open }) => open))).toEqual(new Set([true]));
  });
});

describe('an outcome', () => {
  const says = fc.constantFrom(...(['for', 'against', 'same', 'undecided', 'given'] as const));
  it('does not change by what could not tell, once something could', () => {
    fc.assert(
      fc.property(fc.array(says.map((one) => ({ says: one }))), (evidence) => {
        const decided = evidence.filter((one) => one.says === 'for' || one.says === 'against');
        if (decided.length > 0) expect(outcomeOf(evidence)).toBe(outcomeOf(decided));
        else if (evidence.every((one) => one.says === 'given')) expect(outcomeOf(evidence)).toBe('not-measured');
        else expect(['undecided', 'no-difference']).toContain(outcomeOf(evidence));
      }),
    );
  });

  it('is the other way round where all that was decided is', () => {
    const other = { for: 'against', against: 'for', same: 'same', undecided: 'undecided', given: 'given' } as const;
    const turned = { holds: 'does-not-hold', 'does-not-hold': 'holds' } as const;
    fc.assert(
      fc.property(fc.array(says.map((one) => ({ says: one }))), (evidence) => {
        const outcome = outcomeOf(evidence);
        expect(outcomeOf(evidence.map((one) => ({ says: other[one.says] })))).toBe(
          outcome === 'holds' || outcome === 'does-not-hold' ? turned[outcome] : outcome,
        );
      }),
    );
  });
});
