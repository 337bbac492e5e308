import { describe, expect, it } from 'vitest';
import { faultsSeen, stormSeen } from '../evaluation/index.ts';
import { FakeMachine } from '../machine/testing/index.ts';
import { resultSchema, type Experiment, type LabEvent, type LoadPlan, type Result } from '../model/index.ts';
import { recompute } from './recompute.ts';
import { problemsAfter, runFake, unbroken } from './testing/index.ts';

/** Every probe in its shortest form. */
function everyProbe(experiment: Experiment): Experiment {
  return {
    ...experiment,
    blocks: 3,
    noiseFloor: true,
    probes: {
      ...experiment.probes,
      capacity: {
        startJourneysPerSecond: 10,
        maxJourneysPerSecond: 20,
        stepMs: 1000,
        precision: 0.5,
        objective: { p95Ms: 500, availability: 0.9 },
      },
      structure: { changes: true },
      hops: { traceShare: 1, durationMs: 1000 },
      consistency: { settleMs: 1000 },
      storm: {
        fault: { kind: 'errors', module: 'work', share: 1 },
        spikeFactor: 2,
        baselineMs: 1000,
        spikeMs: 1000,
        recoveryMs: 1000,
        pace: { utilisation: 0.2, gaugeMs: 1000 },
      },
      redeployment: { changes: ['better-work', 'best-work'], strategy: 'rolling' },
    },
  };
}

/** What two runs of one plan have in common: all but the names they were given. */
function withoutIdentity({ rounds, findings, order }: Result): unknown {
  return { findings, order, rounds: rounds.map((round) => ({ ...round, id: '' })) };
}

/** Everything by chance that reaches generator, faults and data in a run. */
async function planned(seedLater: number) {
  const [loads, faults, data]: [string[], string[], string[]] = [[], [], []];
  const byVariant = new Map<string, Set<string>>();
  let variant = '';
  const { result } = await runFake({
    experiment: (experiment) => ({ ...experiment, seed: experiment.seed + seedLater, blocks: 2 }),
    onEvent: (event) => {
      if (event.type === 'round-started') variant = event.variant;
    },
    onCommand: (command) => {
      if ('plan' in command) loads.push(JSON.stringify(command.plan));
      if (!('url' in command && 'body' in command && typeof command.body === 'string')) return;
      if (!String(command.url).endsWith('/faults')) return;
      faults.push(command.body);
      const { id } = JSON.parse(command.body) as { id: string };
      byVariant.set(variant, (byVariant.get(variant) ?? new Set()).add(id));
    },
    seedHash: (module, { seed }) => {
      data.push(`${module} ${seed.value}`);
      return String(seed.value);
    },
  });
  expect(result?.status).toBe('completed');
  return { loads, faults, data, byVariant };
}

describe('an experiment in virtual time', () => {
  it('with every probe gives a result that can be stored, read and computed again', async () => {
    const outcome = await runFake({ experiment: everyProbe });
    expect(problemsAfter(outcome)).toEqual([]);
    const { result, stored, events } = outcome;
    expect(resultSchema.safeParse(result).error).toBeUndefined();
    expect(result?.status).toBe('completed');
    expect(result?.rounds.map(({ status, reasons }) => [status, ...reasons])).toEqual(
      Array.from({ length: 9 }, () => ['completed']),
    );
    expect(stored).toEqual(result);
    expect(result === null ? null : recompute(result).differences).toEqual([]);
    for (const round of result?.rounds.filter(({ replica }) => !replica) ?? []) {
      expect(round.isolation.map(({ status }) => status)).toEqual(['applied', 'applied']);
      expect(round.capacity?.journeysPerSecond).toBeGreaterThan(0);
      expect(round.consistency).toMatchObject({ lost: [], duplicated: [], phantom: [] });
      expect(round.consistency?.attempted).toBeGreaterThan(0);
      expect(round.storm).toMatchObject({ status: 'applied', legacy: null });
      expect(round.storm?.callsInCalm).toBeGreaterThan(0);
      expect(round.storm?.counted?.calls).toBeGreaterThan(0);
      const storm = result === null ? null : stormSeen(round, result.application)?.outcome;
      expect(storm?.spike.scheduled).toBeGreaterThan(1.5 * (storm?.baseline.scheduled ?? Infinity));
      expect(storm?.amplification).toBeGreaterThan(0);
      expect(round.hops).not.toBeNull();
      expect(round.structure?.changes).not.toHaveLength(0);
      expect(
        round.redeployment
          ?.toSorted((a, b) => b.change.localeCompare(a.change))
          .map(({ change, status, changedUnits }) => [change, status, changedUnits.length]),
      ).toEqual([
        ['better-work', 'released', 1],
        ['best-work', 'released', 1],
      ]);
      for (const { requests, back } of round.redeployment ?? []) {
        expect([requests.lost, back?.requests.lost]).toEqual([0, 0]);
        expect(requests.scheduled).toBeGreaterThan(0);
      }
    }
    const progress = events.filter(
      (event): event is Extract<LabEvent, { type: 'run-started' }> => event.type === 'run-started',
    );
    expect(progress.map(({ rounds }) => rounds)).toEqual([9]);
  });

  it('asks evenly while something is broken, and by a Poisson process while response times are measured', async () => {
    const plans: LoadPlan[] = [];
    await runFake({
      onCommand: (command) => {
        if ('plan' in command) plans.push(command.plan as LoadPlan);
      },
    });
    const arrivals = (phase: string) =>
      new Set(plans.filter(({ identitySalt }) => identitySalt.startsWith(phase)).map((plan) => plan.arrivals));
    expect([...arrivals('isolation')]).toEqual(['constant']);
    expect([...arrivals('latency')]).toEqual(['poisson']);
  });

  it('tells what the cut isolates: a crash in one module takes the whole monolith with it', async () => {
    const { result } = await runFake();
    const crash = (variant: string) =>
      (result?.rounds ?? [])
        .filter((round) => round.variant === variant)
        .flatMap((round) => (result === null ? [] : faultsSeen(round, result.application)))
        .find(({ measured }) => measured.fault.kind === 'crash')?.outcome;
    expect(crash('monolith')?.lostGoodRequests).toBeGreaterThan(0);
    expect(crash('microservices')?.lostGoodRequests).toBe(0);
  });

  it('counts restarts as they happen, whatever the engine makes of its own count', async () => {
    const { result } = await runFake({
      experiment: (experiment) => ({
        ...experiment,
        probes: {
          ...experiment.probes,
          isolation: experiment.probes.isolation && {
            ...experiment.probes.isolation,
            faults: [
              { kind: 'crash', module: 'extra' },
              { kind: 'crash-stays-down', module: 'extra' },
              { kind: 'hang', module: 'work' },
            ],
          },
        },
      }),
    });
    for (const { isolation } of result?.rounds ?? []) {
      expect(isolation.map(({ status }) => status)).toEqual(['applied', 'applied', 'applied']);
      expect(isolation.map(({ restarts }) => restarts)).toEqual([1, 0, 0]);
    }
    expect(result?.rounds.length).toBeGreaterThan(0);
  });

  it('of one seed has the same plan to the byte: loads, faults and data', async () => {
    const plans = await Promise.all([0, 0, 1].map(planned));
    expect(plans[0]?.loads.length).toBeGreaterThan(10);
    expect(plans[0]?.faults.length).toBeGreaterThan(3);
    expect(plans[1]).toEqual(plans[0]);
    for (const part of ['loads', 'faults', 'data'] as const)
      expect(plans[2]?.[part].filter((text) => plans[0]?.[part].includes(text))).toEqual([]);
  });

  it('gives every variant of a block the same faults to the byte, and each block others', async () => {
    const { byVariant } = await planned(0);
    const [monolith = new Set(), ...others] = [...byVariant.values()];
    expect(others.length).toBeGreaterThan(0);
    for (const other of others) expect(other).toEqual(monolith);
    // Two blocks with all that is of one.
    expect(monolith.size).toBe(4);
  });

  it('of one seed comes out the same twice, and of another does not', async () => {
    const [first, second, third] = await Promise.all([
      runFake(),
      runFake(),
      runFake({ experiment: (experiment) => ({ ...experiment, seed: experiment.seed + 1 }) }),
    ]);
    if (first.result === null || second.result === null || third.result === null) throw new Error('a run threw');
    expect(withoutIdentity(second.result)).toEqual(withoutIdentity(first.result));
    expect(withoutIdentity(third.result)).not.toEqual(withoutIdentity(first.result));
  });

  it('says of what a runtime cannot do that it cannot happen', async () => {
    const { result } = await runFake({
      kind: 'process',
      capabilities: { pause: false, cpuQuota: false, partition: false },
      experiment: (experiment) => ({
        ...experiment,
        probes: {
          ...experiment.probes,
          isolation: experiment.probes.isolation && {
            ...experiment.probes.isolation,
            faults: [
              { kind: 'freeze', module: 'work' },
              { kind: 'cpu-starvation', module: 'work' },
              { kind: 'partition', module: 'work', peer: 'front' },
            ],
          },
        },
      }),
    });
    for (const { isolation } of result?.rounds ?? [])
      expect(isolation.map(({ status, reason }) => [status, reason === null])).toEqual(
        Array.from({ length: 3 }, () => ['cannot-happen', false]),
      );
  });

  it('ends faults for the sake of a machine that suffers, and goes on with the rest', async () => {
    let machine = new FakeMachine();
    const outcome = await runFake({
      onEvent: (event) => {
        if (event.type === 'fault' && event.phase === 'active')
          machine.state = { ...machine.state, availableMemoryBytes: 1 };
      },
      onLaboratory: (laboratory) => {
        machine = laboratory.machine;
      },
    });
    expect(problemsAfter(outcome)).toEqual([]);
    expect(outcome.result?.status).toBe('completed');
    const isolation = outcome.result?.rounds[0]?.isolation ?? [];
    expect(isolation.map(({ status }) => status)).toEqual(['aborted', 'aborted']);
    expect(isolation[0]?.reason).toContain('only < 1 MiB of memory left');
  });
});

describe('a machine that is not quiet', () => {
  it('does not stop a run, and is told', async () => {
    const { result, events } = await runFake({
      experiment: unbroken,
      onLaboratory: ({ machine }) => {
        machine.foreignCpuShare = 0.4;
      },
    });
    expect(result?.status).toBe('completed');
    expect(result?.gate.find(({ name }) => name === 'quiet')?.status).toBe('fail');
    expect(result?.rounds.map(({ status }) => status)).toEqual(['disturbed', 'disturbed']);
    expect(events.some((event) => event.type === 'message' && event.text.includes('not quiet'))).toBe(true);
  });
});
