import type {
  CapacityMeasurement,
  ConsistencyMeasurement,
  DeploymentMeasurement,
  HopsMeasurement,
  ResourceMeasurement,
} from '../../engine/model/index.ts';
import { shop } from './application.ts';
import { endpointMedianMs, endpointWork } from './load.ts';
import { around, type Random } from './random.ts';
import type { Shape } from './shape.ts';

const MIB = 2 ** 20;

export function makeDeployment(
  random: Random,
  shape: Shape,
  drift: number,
  startedAtMs: number,
  cold: boolean,
): DeploymentMeasurement {
  const units = shape.variant.topology.units.map((unit, index) => {
    const createStartMs = 2 + index * around(random, 6, 0.2);
    const createdMs = createStartMs + around(random, 9, 0.2);
    const readyMs = around(random, shape.readyMs * drift, 0.06) * (0.8 + 0.2 * random());
    return {
      unit: unit.name,
      modules: unit.modules,
      buildMs: cold ? around(random, 1450, 0.1) : around(random, 22, 0.2),
      buildKind: cold ? ('cold' as const) : ('warm' as const),
      imageBytes: 132 * MIB + unit.modules.length * 290_000,
      addedBytes: 410_000 + unit.modules.length * 290_000,
      createStartMs,
      createdMs,
      startedMs: createdMs + (readyMs - createdMs) * 0.62,
      readyMs,
    };
  });
  const allReadyMs = Math.max(...units.map((unit) => unit.readyMs));
  return {
    startedAtMs,
    units,
    preparationMs: around(random, 310, 0.1),
    allReadyMs,
    firstGoodMs: allReadyMs + around(random, 14 + shape.hopMs * 8, 0.1),
    firstRequestMs: Object.fromEntries(
      Object.keys(shop.endpoints).map((name) => [name, around(random, endpointMedianMs(name, shape.hopMs) * 5, 0.1)]),
    ),
    floorMs: around(random, 232, 0.04),
    teardownMs: around(random, 340, 0.1),
  };
}

export function makeResources(random: Random, shape: Shape, drift: number, goodRequests: number): ResourceMeasurement {
  const units = shape.variant.topology.units;
  const unit = (name: string, cpuSeconds: number, memoryBytes: number) => ({
    unit: name,
    cpuSeconds,
    memoryBytes,
    memoryPeakBytes: memoryBytes * 1.08,
    networkReceivedBytes: around(random, (goodRequests * 900) / units.length, 0.02),
    networkSentBytes: around(random, (goodRequests * (1200 + 700 * shape.hopMs)) / units.length, 0.02),
  });
  return {
    windowMs: 20_000,
    goodRequests,
    units: units.map(({ name }) =>
      unit(
        name,
        around(random, ((shape.cpuPer1000 * goodRequests) / 1000 / units.length) * drift, 0.03),
        Math.round(around(random, (shape.memoryMiB * MIB) / units.length, 0.02)),
      ),
    ),
    idle: units.map(({ name }) =>
      unit(
        name,
        around(random, 0.012, 0.1),
        Math.round(around(random, (shape.memoryMiB * MIB * 0.8) / units.length, 0.02)),
      ),
    ),
    idleWindowMs: 5000,
  };
}

export function makeCapacity(random: Random, shape: Shape, drift: number): CapacityMeasurement {
  const knee = around(random, shape.capacity / drift, 0.03);
  const points = [0.25, 0.5, 1, 1.25, 0.9, 1.08].map((share) => {
    const journeysPerSecond = share * shape.capacity;
    const met = journeysPerSecond <= knee;
    return {
      journeysPerSecond,
      goodPerSecond: Math.min(journeysPerSecond, knee * 1.02) * 4.3,
      p95Ms: endpointMedianMs('checkout', shape.hopMs) * (met ? 1 / (1.15 - journeysPerSecond / knee) : 45 * share),
      availability: met ? 0.9996 : Math.max(0.7, 1.15 - share * 0.2),
      met,
      generatorValid: true,
    };
  });
  const best = Math.max(...points.filter((point) => point.met).map((point) => point.journeysPerSecond));
  return {
    objective: { p95Ms: 250, availability: 0.999 },
    points,
    journeysPerSecond: best,
    goodPerSecond: best * 4.3,
    goodPerSecondPerCpu: best * 4.3,
    bounded: 'bracketed',
  };
}

const calls: [string, string, string, number][] = [
  ['client', 'storefront', 'request', 4.25],
  ['storefront', 'catalog', 'search', 2.6],
  ['storefront', 'recommendations', 'suggest', 1.75],
  ['recommendations', 'catalog', 'many', 1.75],
  ['storefront', 'cart', 'add', 0.5],
  ['cart', 'catalog', 'price', 0.25],
  ['storefront', 'orders', 'place', 0.5],
  ['orders', 'cart', 'take', 0.25],
  ['orders', 'inventory', 'reserve', 0.25],
  ['orders', 'payments', 'capture', 0.25],
  ['orders', 'notifications', 'confirm', 0.25],
];

export function makeHops(random: Random, shape: Shape): HopsMeasurement {
  const home = new Map(
    shape.variant.topology.units.flatMap((unit) => unit.modules.map((module) => [module, unit.name] as const)),
  );
  const edges = calls.map(([from, to, operation, callsPerJourney]) => {
    const remote = from === 'client' || home.get(from) !== home.get(to);
    const ownMs = around(random, callsPerJourney * 0.8, 0.05);
    const storeMs = around(random, callsPerJourney * 0.4, 0.05);
    const networkMs = remote ? around(random, callsPerJourney * 0.9, 0.05) : 0;
    const serializationMs = remote ? around(random, callsPerJourney * 0.22, 0.05) : 0;
    return {
      ...{ from, to, operation, kind: remote ? ('remote' as const) : ('local' as const), callsPerJourney },
      ...{
        bytesPerJourney: remote ? around(random, callsPerJourney * 1900, 0.05) : 0,
        ownMs,
        storeMs,
        networkMs,
        serializationMs,
      },
      totalMs: ownMs + storeMs + networkMs + serializationMs,
    };
  });
  const endpoints = Object.fromEntries(
    Object.entries(endpointWork).map(([name, work]) => {
      const parts = {
        ownMs: around(random, work.ms * 0.6, 0.03),
        storeMs: around(random, work.ms * 0.3, 0.03),
        networkMs: around(random, 0.2 + work.calls * shape.hopMs * 0.7, 0.03),
        serializationMs: around(random, 0.1 + work.calls * shape.hopMs * 0.2, 0.03),
        queueMs: around(random, 0.1 + work.calls * shape.hopMs * 0.1, 0.03),
      };
      return [name, { samples: 40, ...parts, totalMs: Object.values(parts).reduce((sum, part) => sum + part, 0) }];
    }),
  );
  return { sampledJourneys: 120, sampledRequests: 510, edges, endpoints };
}

export function makeConsistency(shape: Shape): ConsistencyMeasurement {
  const wrong =
    shape.variant.settings.consistency === 'retry-without-key' ||
    shape.variant.settings.consistency === 'acknowledge-before-commit';
  return {
    ...{ attempted: 212, acknowledged: 180, rejected: 20, indeterminate: 12 },
    lost: wrong ? ['3f0c', '9aa1'] : [],
    duplicated: wrong ? ['77be'] : [],
    ...{ phantom: [], recovered: 4, stuck: [] },
    conserved: [
      {
        invariant: 'stock',
        holds: true,
        expected: 100_000,
        found: 100_000,
        text: 'initial stock equals what is in stock, reserved and sold',
      },
      {
        invariant: 'money',
        holds: !wrong,
        expected: 8_431.5,
        found: wrong ? 8_390 : 8_431.5,
        text: 'captured payments equal confirmed orders',
      },
    ],
    quiescedMs: 1240,
  };
}
