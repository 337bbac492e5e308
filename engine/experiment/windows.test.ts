import { describe, expect, it } from 'vitest';
import type { Experiment, LabEvent, LoadPlan, Result } from '../model/index.ts';
import { EngineError } from '../runtime/index.ts';
import { recompute } from './recompute.ts';
import { problemsAfter, runFake, unbroken, type FakeRunOptions } from './testing/index.ts';

const windows = { lengthMs: 1000, leadInMs: 300, leadInRequests: 20 };

const inWindows = (experiment: Experiment): Experiment => ({
  ...experiment,
  ...{ blocks: 2, maxRepeats: 0 },
  probes: { ...experiment.probes, latency: { durationMs: 4000, windows } },
});

async function ran(options: FakeRunOptions): Promise<{ result: Result; events: LabEvent[] }> {
  const outcome = await runFake(options);
  expect(problemsAfter(outcome)).toEqual([]);
  if (outcome.result === null) throw outcome.error;
  return { result: outcome.result, events: outcome.events };
}

const asked = (experiment: Experiment) => inWindows(unbroken(experiment));
const gateOf = ({ gate }: Result) => gate.find(({ name }) => name === 'turns');

describe('windows in turn', () => {
  it('give every deployment of a block as many, each pair next to each other, and merge to the load', async () => {
    const { result } = await ran({ experiment: asked });
    expect(result.rounds.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed', 'completed']);
    for (const block of [0, 1]) {
      const rounds = result.rounds.filter((round) => round.block === block);
      const all = rounds
        .flatMap(({ windows: own, variant }) => own.map((window) => ({ ...window, variant })))
        .toSorted((a, b) => a.startedAtMs - b.startedAtMs);
      expect(all.map(({ pair }) => pair)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
      for (const pair of [0, 1, 2, 3])
        expect(new Set(all.filter((window) => window.pair === pair).map(({ variant }) => variant)).size).toBe(2);
      const order = all.map(({ variant }) => variant);
      expect(order.slice(2, 4)).toEqual(order.slice(0, 2).toReversed());
      // Never two at once.
      for (const [index, window] of all.entries())
        expect(window.startedAtMs - window.leadInMs).toBeGreaterThanOrEqual(
          (all[index - 1]?.startedAtMs ?? 0) + (all[index - 1]?.lengthMs ?? 0),
        );
    }
    for (const { windows: own, latency } of result.rounds) {
      const scheduled = (load: typeof latency) =>
        Object.values(load?.endpoints ?? {}).reduce((sum, endpoint) => sum + endpoint.scheduled, 0);
      expect(scheduled(latency)).toBe(own.reduce((sum, { load }) => sum + scheduled(load), 0));
      expect(latency?.durationMs).toBe(4000);
    }
  });

  it('load the variants with the same arrivals in a pair, and with others in the next', async () => {
    const plans: LoadPlan[] = [];
    await ran({ experiment: (one) => ({ ...asked(one), blocks: 1 }), health: (plan) => (plans.push(plan), {}) });
    const seeds = plans
      .filter(({ identitySalt }) => identitySalt.startsWith('latency '))
      .map(({ seed, identitySalt }) => `${seed} ${identitySalt}`);
    expect(seeds).toHaveLength(8);
    for (const pair of [0, 1, 2, 3]) expect(seeds[2 * pair]).toBe(seeds[2 * pair + 1]);
    expect(new Set(seeds).size).toBe(4);
  });

  it('hold still whoever waits, and load nobody who is held still', async () => {
    const calls: string[] = [];
    const { result } = await ran({
      experiment: asked,
      script: ({ call }) => {
        if (call === 'pause' || call === 'resume') calls.push(call);
      },
    });
    expect(calls.length).toBeGreaterThan(20);
    expect(calls.filter((call) => call === 'pause')).toHaveLength(calls.length / 2);
    for (const { windows: own, latency } of result.rounds) {
      expect(own.some(({ parkedMs }) => parkedMs > 1000)).toBe(true);
      for (const { parkedMs, leadInRequests } of own) {
        expect(parkedMs).toBeLessThan(25_000);
        expect(leadInRequests).toBeGreaterThanOrEqual(20);
      }
      // A request to a unit that stands still is never answered.
      for (const endpoint of Object.values(latency?.endpoints ?? {})) expect(endpoint.good).toBe(endpoint.scheduled);
    }
  });

  it('count what was used in all of them together', async () => {
    const { result } = await ran({ experiment: asked });
    for (const { resources, windows: own } of result.rounds) {
      const measuredMs = own.reduce((sum, { lengthMs, leadInMs }) => sum + lengthMs + leadInMs, 0);
      expect(resources?.windowMs).toBeCloseTo(measuredMs, -2);
      const good = own.reduce(
        (sum, { load, leadInRequests }) =>
          sum + leadInRequests + Object.values(load.endpoints).reduce((all, endpoint) => all + endpoint.good, 0),
        0,
      );
      expect(resources?.goodRequests).toBe(good);
    }
  });

  it('are followed by everything else, one deployment after another', async () => {
    const { result, events } = await ran({ experiment: inWindows });
    for (const { isolation } of result.rounds)
      expect(isolation.map(({ status }) => status)).toEqual(['applied', 'applied']);
    const faults = events.flatMap((event) =>
      event.type === 'fault' && event.phase === 'active' ? [event.variant] : [],
    );
    expect(faults).toHaveLength(8);
    expect(faults[0]).toBe(faults[1]);
    expect(recompute(result).differences).toEqual([]);
  });

  it('of three are balanced too', async () => {
    const { result } = await ran({ experiment: (one) => ({ ...asked(one), noiseFloor: true }) });
    expect(result.rounds).toHaveLength(6);
    for (const { windows: own } of result.rounds) expect(own).toHaveLength(4);
    expect(gateOf(result)?.detail).toMatch(/^3 deployments side by side/);
  });

  it('come after the second deployment was prepared while the first was warmed up, and not before', async () => {
    const told: string[] = [];
    await ran({
      experiment: (one) => ({ ...asked(one), blocks: 1 }),
      script: ({ call }) => void told.push(call),
      onEvent: (event) => {
        if (event.type === 'step-started') told.push(event.title);
        if (event.type === 'step-ended') told.push('step ended');
      },
    });
    const [first, second] = told.flatMap((one, at) => (one === 'open-site' ? [at] : []));
    const between = told.slice(first, second);
    expect(between).toContain('start-unit');
    expect(between).toContain('step ended');
    expect(told.indexOf('start-companion', second)).toBeLessThan(told.indexOf('pause'));
    expect(told.indexOf('pause')).toBeLessThan(told.lastIndexOf('Deploy'));
  });

  it('say in the gate what each deployment had', async () => {
    const { result } = await ran({ experiment: asked });
    expect(gateOf(result)).toMatchObject({ status: 'pass' });
    expect(gateOf(result)?.detail).toMatch(
      /^2 deployments side by side with 2048 MiB each, loaded in windows of 1\.0 s in turn/,
    );
  });

  it('are left where deployments cannot stand side by side, and the gate says why', async () => {
    const { result } = await ran({
      experiment: (one) => {
        const { variants, ...rest } = asked(one);
        const more = variants.flatMap((variant) => [variant, { ...variant, name: `${variant.name}-2` }]);
        return { ...rest, variants: more };
      },
    });
    expect(gateOf(result)?.detail).toMatch(/^one after another, each loaded in one piece: 4 deployments/);
    for (const { windows: own, latency } of result.rounds) {
      expect(own).toEqual([]);
      expect(latency?.durationMs).toBe(4000);
    }
  });
});

describe('what goes wrong in a block with windows', () => {
  it.each([
    ['start-unit', 1],
    ['pause', 1],
    ['resume', 1],
    // Of the second deployment, whose site is made ready while the first is warmed up.
    ['open-site', 2],
    ['start-companion', 2],
  ] as const)(
    '%s that fails is told of the round it happened in; the others go on without it, and the block is measured again',
    async (failing, at) => {
      let failed = false;
      const { result } = await ran({
        experiment: (one) => ({ ...asked(one), blocks: 1, maxRepeats: 1 }),
        script: ({ call, nth }) => {
          if (call !== failing || failed || nth < at) return;
          failed = true;
          throw new Error('the engine would not');
        },
      });
      const [first, second, ...again] = result.rounds.toSorted(
        (a, b) => a.attempt - b.attempt || a.position - b.position,
      );
      const broken = [first, second].find((round) => round?.status === 'failed');
      const whole = [first, second].find((round) => round?.status !== 'failed');
      expect(broken?.reasons.join()).toContain('the engine would not');
      expect(whole?.windows).toHaveLength(4);
      expect(again.map(({ status, attempt }) => `${status} ${attempt}`)).toEqual(['completed 2', 'completed 2']);
    },
  );

  it('an engine that is lost ends the run for all, with one reason', async () => {
    let pauses = 0;
    const outcome = await runFake({
      experiment: asked,
      script: ({ call }) => {
        if (call === 'pause' && (pauses += 1) > 6) throw new EngineError('no-engine', 'The engine is gone');
      },
    });
    expect(outcome.result?.status).toBe('failed');
    expect(outcome.result?.reason).toContain('The engine is gone');
    expect(problemsAfter(outcome)).toEqual([]);
  });

  it('a cancel at any call leaves nothing behind', async () => {
    let calls = 0;
    const whole = { experiment: (one: Experiment) => ({ ...asked(one), blocks: 1 }) };
    await ran({ ...whole, script: () => void (calls += 1) });
    for (let point = 1; point <= calls; point += Math.max(1, Math.floor(calls / 20))) {
      const controller = new AbortController();
      const outcome = await runFake({
        ...whole,
        controller,
        script: ({ index }) => {
          if (index === point) controller.abort();
        },
      });
      expect(problemsAfter(outcome)).toEqual([]);
    }
  });

  it('a cancel at any event leaves nothing behind, and keeps the rounds that ended', async () => {
    const { events } = await ran({ experiment: (one) => ({ ...asked(one), blocks: 1 }) });
    const points = Array.from({ length: 12 }, (_, index) => Math.floor(((index + 0.5) * events.length) / 12));
    for (const point of points) {
      let seen = 0;
      const outcome = await runFake({
        experiment: (one) => ({ ...asked(one), blocks: 1 }),
        onEvent: (_, controller) => {
          if ((seen += 1) === point) controller.abort();
        },
      });
      expect(problemsAfter(outcome)).toEqual([]);
    }
  });
});
