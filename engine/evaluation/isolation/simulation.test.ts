import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  applicationSchema,
  createRandom,
  endpointWeights,
  presets,
  requestsPerJourney,
  type Experiment,
  type Random,
} from '../../model/index.ts';
import { isolationCells } from './cell.ts';
import { judgeCell } from './over-deployments.ts';
import { slowCounts } from './slower.ts';
import { stalls, worldWindow, type Harm, type Stall, type WorldEndpoint } from './testing/world.ts';

// The proof that a cell is impacted when, and only when, something was done to it: seeded worlds with a known truth at the rates and windows of the
// presets, judged over as many deployments as when they first judge, by the code that judges real faults. Seeds are fixed, so a failure is a change in the mathematics and never bad luck.

const manifest = new URL('../../../sample-apps/shop/application.yaml', import.meta.url);
const shop = applicationSchema.parse(parse(readFileSync(manifest, 'utf8')));
const mediansMs: Record<string, number> = { home: 12, product: 12, search: 6, recommendations: 9, 'check-out': 30 };

function endpointsAt({ load }: Experiment, rare?: WorldEndpoint['rare']): Record<string, WorldEndpoint> {
  const perSecond = load.journeysPerSecond * requestsPerJourney(shop);
  return Object.fromEntries(
    Object.entries(endpointWeights(shop)).map(([name, weight]) => [
      name,
      {
        requestsPerSecond: perSecond * weight,
        medianMs: mediansMs[name] ?? 5,
        ...(rare === undefined ? {} : { rare }),
      },
    ]),
  );
}

interface World {
  /** Spans in which the machine stands still, in a window of that length. */
  machine: (random: Random, lengthMs: number) => Stall[];
  rare?: WorldEndpoint['rare'];
}
/** A hypervisor that takes the CPU away 5 % of the time, in pieces of 1 to 20 ms. */
const pieces = (random: Random, lengthMs: number) =>
  stalls(random, lengthMs, { perSecond: 5, shortestMs: 1, longestMs: 20 });
const noisy: World = { machine: pieces };
const worlds: Record<string, World> = {
  'a hypervisor that takes the CPU for 1 to 20 ms again and again': noisy,
  'a machine that also stands still for up to half a second, once in ten seconds': {
    machine: (random, lengthMs) => [
      ...pieces(random, lengthMs),
      ...stalls(random, lengthMs, { perSecond: 0.1, shortestMs: 100, longestMs: 500 }),
    ],
  },
  'endpoints that wait 150 ms for something once in twelve requests, always': {
    machine: pieces,
    rare: { share: 0.08, ms: 150 },
  },
};

/** How often each endpoint was found impacted, and how often any was. */
function found(
  experiment: Experiment,
  world: World,
  harm: (random: Random, endpoint: string, atMs: number) => Harm,
  runs: number,
) {
  const { isolation } = experiment.probes;
  if (isolation === null) throw new Error('the preset breaks nothing');
  const endpoints = endpointsAt(experiment, world.rare);
  const names = Object.keys(endpoints);
  const random = createRandom(31, experiment.name);
  const counts = new Map(names.map((name) => [name, 0]));
  let any = 0;
  const needs = Object.fromEntries(names.map((name) => [name, undefined]));
  for (let run = 0; run < runs; run += 1) {
    const deployments = Array.from({ length: experiment.looks?.[0]?.blocks ?? experiment.blocks }, () => {
      const window = (lengthMs: number, harmed: (endpoint: string, atMs: number) => Harm) =>
        worldWindow(random, lengthMs, endpoints, {
          stalls: world.machine(random, lengthMs),
          badShare: 0.001,
          harm: harmed,
        });
      const baseline = window(isolation.baselineMs, () => ({}));
      const fault = window(isolation.faultMs, (endpoint, atMs) => harm(random, endpoint, atMs));
      return { baseline, fault, cells: isolationCells(needs, { baseline, fault, recovery: [] }) };
    });
    const impacted = names
      .map((name) =>
        judgeCell(
          name,
          deployments.flatMap(({ cells }) => cells.filter(({ endpoint }) => endpoint === name)),
          deployments.map(({ baseline, fault }) => slowCounts(baseline, fault, name)),
        ),
      )
      .filter((one) => one.impacted);
    for (const { endpoint } of impacted) counts.set(endpoint, (counts.get(endpoint) ?? 0) + 1);
    if (impacted.length > 0) any += 1;
  }
  const shares = Object.fromEntries([...counts].map(([name, count]) => [name, count / runs]));
  return { shares, any: any / runs, all: Object.values(shares).reduce((sum, share) => sum + share, 0) / names.length };
}

const named = [presets.quick, presets.standard, presets.faults, presets.thorough].map((preset) => preset.build(shop));

describe('without a fault', () => {
  it.each(
    named.flatMap((experiment) => Object.keys(worlds).map((world) => ({ name: experiment.name, world, experiment }))),
  )('$name on $world: at most 1 % of cells are impacted', ({ world, experiment }) => {
    expect(found(experiment, worlds[world]!, () => ({}), 300).all).toBeLessThanOrEqual(0.01);
  });
});

describe.each(named.map((experiment) => ({ name: experiment.name, experiment })))(
  'with a fault, $name',
  ({ experiment }) => {
    const { faultMs } = experiment.probes.isolation!;
    const busiest = (least: number) =>
      Object.entries(endpointsAt(experiment))
        .filter(([, { requestsPerSecond }]) => (requestsPerSecond * faultMs) / 1000 >= least)
        .map(([name]) => name);

    it('200 ms more are found in at least 90 % of the cells with 7 requests or more', () => {
      const { shares } = found(experiment, noisy, () => ({ addedMs: 200 }), 200);
      for (const name of busiest(7)) expect([name, shares[name]! >= 0.9]).toEqual([name, true]);
    });

    it('an outage of two fifths of the window (1 s of 2.5) is found in at least 90 % of the cells with 18 requests or more', () => {
      const { shares } = found(
        experiment,
        noisy,
        (_random, _name, atMs) => ({ failed: atMs >= 300 && atMs < 300 + 0.4 * faultMs }),
        200,
      );
      for (const name of busiest(18)) expect([name, shares[name]! >= 0.9]).toEqual([name, true]);
    });

    it('an event loop blocked for 400 of every 500 ms is found in at least 90 % of the cells with 18 requests or more', () => {
      const block = (_random: Random, _name: string, atMs: number) => ({ addedMs: Math.max(0, 400 - (atMs % 500)) });
      const { shares } = found(experiment, noisy, block, 200);
      for (const name of busiest(18)) expect([name, shares[name]! >= 0.9]).toEqual([name, true]);
    });
  },
);

it.each(
  named
    .filter((experiment) => experiment.probes.isolation!.faultMs >= 2500)
    .map((experiment) => ({ name: experiment.name, experiment })),
)('$name: errors at 10 % of the requests of 200 or more are found somewhere in at least 90 %', ({ experiment }) => {
  const { any } = found(experiment, noisy, (random) => ({ failed: random.next() < 0.1 }), 200);
  expect(any).toBeGreaterThanOrEqual(0.9);
});
