import { beforeAll, describe, expect, it } from 'vitest';
import { computeFindings, faultsSeen, judgeCells } from '../../engine/evaluation/index.ts';
import { runFake } from '../../engine/experiment/testing/index.ts';
import { elasticPhase, looksUpTo, resultSchema, type Result } from '../../engine/model/index.ts';
import { exporterOf } from '../../report/index.ts';
import {
  diagnosedResult,
  healthyGenerator,
  makeResult,
  scaledResult,
  shopFaults,
  standardResult,
  stormResult,
  structuredResult,
  swappedResult,
} from '../../report/testing/index.ts';
import { audit } from './audit.ts';
import { parseCsv } from './csv.ts';
import { outcomeOf } from './isolation/fault.ts';
import { overDeployments } from './isolation/over-deployments.ts';
import { parseResult, type ResultFile } from './result-file.ts';

/** Numbers in [0, 1) that are the same in every run. */
function draws(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

/** As a machine and an application that are never twice the same would have made it: nothing in virtual time varies by itself. */
function shaken(result: Result, seed: number): Result {
  const draw = draws(seed);
  const copy = structuredClone(result);
  for (const round of copy.rounds) {
    if (round.deployment !== null) round.deployment.firstGoodMs *= 1 + 0.3 * draw();
    for (const unit of round.resources?.units ?? []) unit.cpuSeconds = (unit.cpuSeconds ?? 0) * (1 + draw());
    for (const load of Object.values(round.latency?.endpoints ?? {})) load.good -= Math.floor(draw() * 3);
    if (draw() < 0.1 && round.generators['isolation']) round.generators['isolation'].saturated = true;
    for (const fault of round.isolation) if (fault.effectAtMs !== null) fault.effectAtMs += Math.floor(draw() * 240);
    const [bad, slow] = [draw() * 0.1, draw() < 0.3];
    for (const one of (round.lines['isolation'] ?? []).flatMap(({ endpoints }) => Object.values(endpoints))) {
      if (slow) one.answersMs = one.answersMs.map((ms) => ms + 200 * draw()).toSorted((a, b) => a - b);
      if (draw() >= bad || one.good === 0) continue;
      one.good -= 1;
      one.notReached += Number(draw() < 0.5);
      one.failuresMs.push((one.answersMs.pop() ?? 0) * draw());
    }
  }
  return { ...copy, findings: computeFindings(copy) };
}

const asFile = (result: Result): ResultFile => parseResult(JSON.stringify(result), 'a result');
const csvOf = (result: Result): string => exporterOf('csv').render(result);

let results: Result[];

beforeAll(async () => {
  const { result, error } = await runFake({ experiment: (one) => ({ ...one, blocks: 3 }) });
  if (result === null) throw error;
  results = [result, ...[1, 2, 3, 4, 5, 6].map((seed) => shaken(result, seed))];
});

describe('audit', () => {
  it('gets every number of a result and of its CSV from the rounds and slices', () => {
    for (const result of results) {
      const { agree, differ, open } = audit(asFile(result), csvOf(result));
      expect(differ).toEqual([]);
      expect(agree).toBeGreaterThan(900);
      // Cells, detection and outage of two faults.
      expect(open).toHaveLength(2);
    }
    const methods = new Set(results.flatMap(({ findings }) => findings.map(({ method }) => method)));
    expect([...methods]).toEqual(expect.arrayContaining(['counted', 'exact-deployments', 'exact-requests', 't']));
  });

  it.each([
    ['three cuts with A/A, every probe, a fault that cannot happen and rounds that failed', standardResult, 5000],
    ['retry storms', stormResult, 20],
    ['the structure of three cuts', structuredResult, 500],
    ['a budget given out in three ways', scaledResult, 500],
    [
      'a budget given out in three ways, with loads that could not be doubled',
      () => {
        const copy = scaledResult();
        const saturated = { ...healthyGenerator, valid: false, saturated: true };
        for (const { generators, block, variant } of copy.rounds)
          if (variant === 'monolith' && block === 1) generators[elasticPhase] = saturated;
        return { ...copy, findings: computeFindings(copy) };
      },
      500,
    ],
    ['searches for causes', diagnosedResult, 20],
    ['a module in three languages', swappedResult, 500],
    ['answers that are not the same', () => swappedResult({ other: [3, 400], silent: [9] }), 500],
  ])('gets every number of %s', (_, make, atLeast) => {
    const result = make();
    const { agree, differ } = audit(asFile(result), csvOf(result));
    expect(differ).toEqual([]);
    expect(agree).toBeGreaterThan(atLeast);
  });

  it('asks for no calls where no request was followed, and takes them where one was', () => {
    for (const followed of [0, 1]) {
      const copy = structuredClone(makeResult({ requests: 300 }));
      for (const { hops } of copy.rounds) if (hops !== null) hops.sampledRequests = followed;
      const result = { ...copy, findings: computeFindings(copy) };
      expect(result.findings.some(({ metric }) => metric === 'remote-calls-per-journey')).toBe(followed === 1);
      expect(audit(asFile(result), csvOf(result)).differ).toEqual([]);
    }
  });

  it('counts the same blocks where a variant has its first value late', () => {
    const variants = ['monolith', 'microservices', 'macroservices'] as const;
    const copy = structuredClone(
      makeResult({ requests: 300, everything: false, faults: [], variants: [...variants], blocks: 5 }),
    );
    const whole = { ...copy, findings: computeFindings(copy) };
    const rounds = copy.rounds.map((round) =>
      round.variant === 'macroservices' && round.block < 3 ? { ...round, status: 'failed' as const } : round,
    );
    const result = { ...copy, rounds, findings: computeFindings({ ...copy, rounds }) };
    const { agree, differ } = audit(asFile(result), csvOf(result));
    expect(differ).toEqual([]);
    expect(agree).toBeGreaterThan(500);
    const [before, after] = [whole, result].map(({ findings }) =>
      findings.find(({ id }) => id === 'microservices/deployment-time'),
    );
    expect(after).toEqual(before);
  });

  it.each([
    ['a changed unit', false],
    ['a changed unit and a late generator', true],
  ])('leaves out all of a round with %s, as the product does', (_, isLate) => {
    for (const at of [0, 1, 3, 5]) {
      const copy = structuredClone(results[1]!);
      const round = copy.rounds[at]!;
      const words = 'changed while it was measured: unit "all": memory limit 2, afterwards 1';
      Object.assign(round, { status: 'invalid', reasons: [words], changed: [words] });
      const { generator } = round.latency!;
      if (isLate) Object.assign(generator, { valid: false, shifted: ['response-p50'], reasons: ['late'] });
      const result = { ...copy, findings: computeFindings(copy) };
      const { agree, differ } = audit(asFile(result), csvOf(result));
      expect(differ).toEqual([]);
      expect(agree).toBeGreaterThan(500);
      // Two blocks are left, which decide nothing.
      const [before, after] = [results[1]!, result].map(({ findings }) =>
        findings.find(({ metric }) => metric === 'deployment-time'),
      );
      expect(before?.interval).not.toBeNull();
      expect(after).toMatchObject({ interval: null, verdict: 'inconclusive' });
    }
  });

  it('gets every number where nothing differed in anything', () => {
    const result = makeResult({ blocks: 3, faults: shopFaults.slice(0, 2), requests: 1500 });
    const [first] = result.rounds;
    if (first === undefined) throw new Error('the example has no round');
    const rounds = result.rounds.map(({ id, block, position, variant, seed }) => ({
      ...structuredClone(first),
      ...{ id, block, position, variant, seed },
    }));
    const alike = { ...result, rounds, findings: computeFindings({ ...result, rounds }) };
    expect(new Set(alike.findings.map(({ verdict }) => verdict))).toEqual(new Set(['inconclusive', 'equivalent']));
    expect(audit(asFile(alike), csvOf(alike)).differ).toEqual([]);
  });

  it('gets every number of a result whose deployments were loaded in windows', async () => {
    const windows = { lengthMs: 1000, leadInMs: 300, leadInRequests: 20 };
    const { result } = await runFake({
      experiment: (one) => ({
        ...one,
        ...{ blocks: 3, noiseFloor: true },
        probes: { ...one.probes, latency: { durationMs: 4000, windows } },
      }),
    });
    if (result === null) throw new Error('nothing ran');
    expect(result.rounds.every((round) => round.windows.length === 4)).toBe(true);
    const { differ, agree } = audit(asFile(result), csvOf(result));
    expect(differ).toEqual([]);
    expect(agree).toBeGreaterThan(900);
    const one = structuredClone(result);
    one.rounds[0]?.windows.pop();
    expect(audit(asFile(one)).differ.join()).toContain('response-p50');
    const changes: [string, (round: Result['rounds'][number]) => void][] = [
      ['home scheduled of all windows', ({ windows }) => void (windows[0]!.load.endpoints['home']!.scheduled += 1)],
      [
        'home serviceTime of all windows',
        ({ latency }) => void (latency!.endpoints['home']!.serviceTime = latency!.endpoints['order']!.serviceTime),
      ],
      ['generator valid', ({ windows }) => void (windows[1]!.load.generator.valid = false)],
      ['generator p50 shifted', ({ windows }) => windows[1]!.load.generator.shifted.push('p50')],
    ];
    for (const [name, change] of changes) {
      const other = structuredClone(result);
      change(other.rounds[0]!);
      expect(audit(asFile(other)).differ.join()).toContain(name);
    }
  });

  it('knows how the error is spread over planned looks, in a way of its own', async () => {
    const { result } = await runFake({
      // All five blocks, whatever the looks would say.
      experiment: (one) => ({ ...one, blocks: 5, maxRepeats: 0 }),
    });
    if (result === null) throw new Error('nothing ran');
    for (const count of [1, 3])
      for (const seed of [7, 8]) {
        const planned = { ...result, experiment: { ...result.experiment, looks: looksUpTo(5) } };
        const looked = { ...shaken(planned, seed), looks: looksUpTo(5).slice(0, count) };
        const judged = { ...looked, findings: computeFindings(looked) };
        const { agree, differ } = audit(asFile(judged), csvOf(judged));
        expect(differ).toEqual([]);
        expect(agree).toBeGreaterThan(900);
        const moved = judged.findings.map((one) => ({ ...one, adjustedPValue: 0.123_456 }));
        // The table of another result: over several looks too it is held against this one.
        expect(audit(asFile(judged), csvOf({ ...judged, findings: moved })).differ.join()).toContain('p_adjusted');
        const levels = judged.findings.map((one) => ({ ...one, level: one.level === null ? null : one.level * 1.003 }));
        expect(audit(asFile({ ...judged, findings: levels })).differ.length).toBeGreaterThan(10);
      }
  }, 120_000);

  it('gets what is derived of a fault for the report alone, in each deployment', () => {
    for (const result of results) {
      const file = asFile(result);
      for (const [index, round] of result.rounds.entries())
        for (const [place, { outcome }] of faultsSeen(round, result.application).entries()) {
          const mine = file.rounds[index]!;
          const found = outcomeOf(mine.isolation[place]!, mine, file.application);
          expect(found?.detect).toEqual(outcome?.detect);
          expect(found?.outageSeconds).toBeCloseTo(outcome?.outageSeconds ?? -1, 9);
          expect(found?.recover).toEqual({
            value: outcome?.recoverMs ?? outcome?.recoverCensoredAtMs,
            atLeast: outcome?.recoverMs === null,
          });
          for (const { endpoint, impacted, cutOff, addedMs, degradationLow, degradationHigh } of outcome?.endpoints ??
            []) {
            const cell = found?.cells.find((one) => one.endpoint === endpoint);
            expect(cell).toMatchObject({ hurt: impacted, cutOff, addedMs });
            expect(cell?.degradation.low).toBeCloseTo(degradationLow, 9);
            expect(cell?.degradation.high).toBeCloseTo(degradationHigh, 9);
          }
        }
    }
  });

  it('gets the cells over all deployments of a variant', () => {
    const seen: boolean[] = [];
    for (const result of results)
      for (const { name } of result.experiment.variants)
        for (const label of ['crash(extra)', 'hang(work)']) {
          const file = asFile(result);
          const outcomes = file.rounds.flatMap((round) => {
            const fault = round.variant === name ? round.isolation.find((one) => one.label === label) : undefined;
            return fault === undefined ? [] : (outcomeOf(fault, round, file.application) ?? []);
          });
          const own = result.rounds.filter(({ variant }) => variant === name);
          for (const { endpoint, impacted, cutOff, hurtIn } of judgeCells(own, label, result.application)) {
            const cells = outcomes.flatMap((one) => one.cells.filter((cell) => cell.endpoint === endpoint));
            expect(overDeployments(endpoint, cells)).toEqual({ endpoint, hurt: impacted, cutOff, hurtIn });
            seen.push(impacted);
          }
        }
    expect(new Set(seen).size).toBe(2);
  });

  const planted: Record<string, (result: Result) => void> = {
    'a number of a finding': ({ findings }) => {
      findings.find(({ metric }) => metric === 'response-p50')!.effect!.value *= 1 + 1e-6;
    },
    'a verdict': ({ findings }) => {
      findings.find(({ metric }) => metric === 'response-p50')!.verdict = 'better';
    },
    'an end of an interval': ({ findings }) => {
      findings.find(({ interval }) => interval !== null)!.interval!.high += 1e-4;
    },
    'the recovery from a fault': ({ findings }) => {
      findings.find(({ metric }) => metric === 'time-to-recover')!.variant.blocks[1]! += 250;
    },
    'a slice': ({ rounds }) => {
      const [fault] = rounds[0]!.isolation;
      const slice = rounds[0]!.lines['isolation']!.find(({ startMs }) => startMs >= fault!.effectAtMs! + 1000)!;
      slice.endpoints['home']!.good -= 2;
    },
    'the moment of a fault': ({ rounds }) => {
      rounds[0]!.isolation[0]!.effectAtMs! += 250;
    },
    'the findings: one is missing': ({ findings }) => {
      findings.splice(3, 1);
    },
    'the findings: all are missing': ({ findings }) => {
      findings.length = 0;
    },
    'the findings: one is there twice': ({ findings }) => {
      findings.push(structuredClone(findings[3]!));
    },
    'the findings: one is of an endpoint that nobody asked': ({ findings }) => {
      const of = findings.find(({ metric }) => metric === 'response-p50')!;
      findings.push({ ...structuredClone(of), id: `${of.id}/nowhere`, scope: { endpoint: 'nowhere' } });
    },
    'a unit': ({ findings }) => {
      findings[0]!.unit = 'requests';
    },
    'how an effect is read': ({ findings }) => {
      findings.find(({ effect }) => effect?.kind === 'ratio')!.effect!.kind = 'difference';
    },
    'what is declared beside a finding': ({ findings }) => {
      findings[0]!.declared = ['consistency'];
    },
    'a declared difference that units show': ({ experiment, rounds }) => {
      experiment.declaredDifferences = ['memory'];
      for (const { facts } of rounds
        .filter(({ variant }) => variant === 'monolith')
        .flatMap(({ observed }) => observed))
        facts['memoryBytes'] = 0;
    },
    'the generator of a round that is told as completed': ({ rounds }) => {
      const round = rounds.find(({ status }) => status === 'completed')!;
      round.latency!.generator.valid = false;
    },
    'the looks: one without a plan': ({ looks }) => {
      looks.push({ blocks: 3, alphaSpent: 0.05 });
    },
    'a look': ({ experiment, looks }) => {
      experiment.looks = [{ blocks: 3, alphaSpent: 0.05 }];
      looks.push({ blocks: 3, alphaSpent: 0.06 });
    },
    'a histogram': ({ rounds }) => {
      const [home, order] = Object.values(rounds[0]!.latency!.endpoints);
      home!.punctualTime = order!.punctualTime;
    },
  };
  it.each(Object.entries(planted))('finds a change of %s', (_, change) => {
    const result = structuredClone(results[0]!);
    change(result);
    expect(resultSchema.safeParse(result).success).toBe(true);
    expect(audit(asFile(result)).differ).not.toEqual([]);
  });

  const plantedInStorm: Record<string, (round: Result['rounds'][number]) => void> = {
    'a slice of it': ({ lines, storm }) => {
      const slice = lines['storm']!.find(({ startMs }) => startMs >= storm!.effectAtMs! + 1000)!;
      slice.endpoints['home']!.good -= 2;
    },
    'a slice of the calm before it': ({ lines }) => {
      lines['storm']![3]!.endpoints['home']!.scheduled += 40;
    },
    'the calls that were counted': ({ storm }) => {
      storm!.counted!.calls += 1;
    },
    'the calls in the calm': ({ storm }) => {
      storm!.callsInCalm! += 1;
    },
    'its end': ({ storm }) => {
      storm!.calmAtMs! += 250;
    },
    'the moment of a look at the counters': ({ storm }) => {
      storm!.lastLookAtMs! -= 500;
    },
  };
  it.each(Object.entries(plantedInStorm))('finds a change of a storm: %s', (_, change) => {
    const result = stormResult();
    change(result.rounds[0]!);
    expect(resultSchema.safeParse(result).success).toBe(true);
    const { differ } = audit(asFile(result));
    expect(differ.length).toBeGreaterThan(0);
    expect(differ.every((one) => /storm|amplification/.test(one))).toBe(true);
  });

  it('gets every number of storms that differ in slices, moments and counters', () => {
    for (const seed of [1, 2, 3, 4]) {
      const draw = draws(seed);
      const result = stormResult();
      for (const { storm, lines } of result.rounds) {
        if (storm?.counted == null) continue;
        for (const moment of ['effectAtMs', 'calmAtMs', 'watchedUntilMs', 'firstLookAtMs', 'lastLookAtMs'] as const)
          storm[moment]! += Math.floor(draw() * 240);
        storm.counted.calls = Math.floor(storm.counted.calls * draw());
        if (draw() < 0.1) storm.callsInCalm = null;
        if (draw() < 0.1) lines['storm'] = [];
        const slow = draw() * 20;
        for (const { endpoints } of lines['storm'] ?? [])
          for (const one of Object.values(endpoints)) {
            one.answersMs = one.answersMs.map((ms) => ms + slow * draw()).toSorted((a, b) => a - b);
            if (draw() >= 0.02 || one.good === 0) continue;
            one.good -= 1;
            one.failuresMs.push((one.answersMs.pop() ?? 0) * draw());
          }
      }
      const shaky = { ...result, findings: computeFindings(result) };
      expect(audit(asFile(shaky), csvOf(shaky)).differ).toEqual([]);
    }
  });

  it('finds a change of a number in the CSV', () => {
    const changed = csvOf(results[0]!).replace(',312,', ',313,');
    expect(audit(asFile(results[0]!), changed).differ).toHaveLength(1);
  });
});

describe('a file', () => {
  it.each([
    ['{', 'is not JSON'],
    ['{}', '"schema"'],
    ['{"schema":"cleave/result","version":1}', '"version" 1'],
    ['{"schema":"cleave/result","version":2,"rules":1}', '"rules" 1'],
    ['{"schema":"cleave/result","version":2,"rules":2}', '"rounds"'],
  ])('%s is refused with what is wrong', (text, word) => {
    expect(() => parseResult(text, 'result.json')).toThrow(word);
  });

  it('of comma-separated values may have quotes, commas and line breaks in its cells', () => {
    expect(parseCsv('a,b\r\n"x, ""y"" z","1\n2"\r\n,3\r\n')).toEqual([
      { a: 'x, "y" z', b: '1\n2' },
      { a: '', b: '3' },
    ]);
  });
});
