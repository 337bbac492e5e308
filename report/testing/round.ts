import type { Fault, Round } from '../../engine/model/index.ts';
import { makeIsolation } from './isolation.ts';
import { makeLoad } from './load.ts';
import { makeCapacity, makeConsistency, makeDeployment, makeHops, makeResources } from './probes.ts';
import { around, seededRandom } from './random.ts';
import type { Shape } from './shape.ts';

export interface RoundOptions {
  block: number;
  position: number;
  replica: boolean;
  attempt: number;
  startedAtMs: number;
  requests: number;
  faults: Fault[];
  /** Also capacity, hops and consistency. */
  everything: boolean;
  seed: number;
}

/** A round that went well. */
export function makeRound(shape: Shape, options: RoundOptions): Round {
  const random = seededRandom(options.seed + options.block * 101 + options.position * 13 + options.attempt);
  const drift = around(seededRandom(options.seed + options.block), 1, 0.06);
  const { startedAtMs } = options;
  const broken = options.replica
    ? { isolation: [], slices: [] }
    : makeIsolation(random, options.faults, shape, startedAtMs + 30_000);
  return {
    id: `b${options.block}-p${options.position}-a${options.attempt}`,
    block: options.block,
    position: options.position,
    variant: shape.variant.name,
    replica: options.replica,
    attempt: options.attempt,
    status: 'completed',
    reasons: [],
    startedAtMs,
    durationMs: 61_000,
    seed: options.seed + options.block,
    deployment: makeDeployment(random, shape, drift, startedAtMs, options.block === 0 && !options.replica),
    warmUp: {
      durationMs: around(random, 6200, 0.1),
      requests: 1900,
      rule: 'median stable within 10 % over three seconds',
      steady: true,
    },
    latency: makeLoad(random, options.requests, shape.hopMs, drift, startedAtMs + 10_000),
    resources: makeResources(random, shape, drift, options.requests),
    isolation: broken.isolation,
    capacity: options.everything ? makeCapacity(random, shape, drift) : null,
    hops: options.everything ? makeHops(random, shape) : null,
    consistency: options.everything ? makeConsistency(shape) : null,
    higher: options.everything
      ? {
          journeysPerSecond: 80,
          cpuSeconds: around(random, shape.cpuPer1000, 0.05),
          load: makeLoad(random, options.requests, shape.hopMs * 1.4, drift * 1.2, startedAtMs + 20_000),
        }
      : null,
    lines: broken.slices.length === 0 ? {} : { isolation: broken.slices },
    ...{ windows: [], clocks: [], observed: [], changed: [], only: null },
    generators: {},
    quietness: {
      foreignCpuShare: around(random, 0.011, 0.3),
      stolenCpuShare: 0,
      withheldShare: null,
      loopLagP99Ms: around(random, 1.4, 0.2),
      quiet: true,
      reasons: [],
    },
  };
}

/** A round that never got to its load. */
export function makeFailedRound(shape: Shape, options: RoundOptions, reason: string): Round {
  return {
    ...makeRound(shape, { ...options, requests: 0, faults: [], everything: false }),
    ...{
      status: 'failed',
      reasons: [reason],
      durationMs: 30_000,
      deployment: null,
      warmUp: null,
      latency: null,
      resources: null,
    },
  };
}

/** A complete round that another program on the machine disturbed. */
export function makeDisturbedRound(shape: Shape, options: RoundOptions): Round {
  const reason = 'other programs used 34 % of the processors during the load';
  return {
    ...makeRound(shape, options),
    status: 'disturbed',
    reasons: [reason],
    quietness: {
      foreignCpuShare: 0.34,
      stolenCpuShare: 0,
      withheldShare: null,
      loopLagP99Ms: 9.8,
      quiet: false,
      reasons: [reason],
    },
  };
}

/** A round in which nothing but response times was measured again. */
export function onlyLatency(round: Round): Round {
  return {
    ...round,
    only: ['latency'],
    isolation: [],
    ...{ capacity: null, hops: null, consistency: null, higher: null, lines: {} },
  };
}
