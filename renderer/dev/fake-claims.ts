import type { Claims, Evidence, Fact, JudgedClaim } from '../../engine/model/index.ts';

const result = { id: 'result-0', title: 'What does it cost to split?', endedAt: '2026-01-02T00:00:00.000Z' };

function seen(metric: string, says: Evidence['says'], sentence: string): Evidence {
  return { title: `${metric}: microservices against monolith`, metric, says, counted: false, sentence, result };
}

const measured: JudgedClaim[] = [
  {
    ...{ name: 'fault-isolation', title: 'Fault isolation', side: 'for', outcome: 'holds' },
    said: 'When one service fails, the others go on.',
    tested: 'The same faults are done to the same modules in every cut, under load.',
    asks: 'What would have to be true for that to be otherwise?',
    sentence: 'Holds here: of 2 comparisons 1 as people say, 1 not decided.',
    evidence: [
      seen('lost-good-requests', 'for', 'A crash of recommendations loses 212 requests fewer with microservices.'),
      seen('isolation-index', 'undecided', 'Whether a slow catalog spreads is not known from this run.'),
    ],
    published: [{ text: 'A burst with ten retries a call never recovers.', source: 'Blueprint, SOSP 2023' }],
    cannot: ['One host: there is no network between machines, and no machine that fails alone.'],
    presets: ['quick'],
    missing: [],
  },
  {
    ...{ name: 'apis', title: 'APIs are not exclusive to microservices', side: 'neither', outcome: 'holds' },
    said: 'Parts with APIs of their own take no microservices: a monolith can have them as well.',
    tested: 'The operations that modules publish are read in every cut and compared.',
    asks: 'What would have to be true for that to be otherwise?',
    sentence: 'Holds here: of 1 comparison 1 as people say.',
    evidence: [
      {
        ...{ title: 'Operations behind contracts: monolith beside microservices', metric: null, says: 'for' },
        ...{ counted: true, result },
        sentence:
          'All 29 operations of 7 modules are behind the same contracts in monolith (1 unit) as in microservices.',
      },
    ],
    published: [],
    cannot: ['Whether people keep to a contract when nothing makes them.'],
    presets: ['quick'],
    missing: [],
  },
  {
    ...{ name: 'latency', title: 'Slower answers', side: 'against', outcome: 'mixed' },
    said: 'Calls over the network take longer than calls within a process.',
    tested: 'The same journeys at the same rate to every cut, in turns on the same machine.',
    asks: 'What would have to be true for that to be otherwise?',
    sentence: 'Partly holds here: of 2 comparisons 1 as people say, 1 the other way round.',
    evidence: [
      seen('response-p50', 'for', 'The median answer takes 2.9 × as long with microservices.'),
      seen('response-p95', 'against', 'One answer in twenty takes 12 % less time with microservices.'),
    ],
    published: [{ text: 'Median 5.47 ms as services, 0.38 ms merged.', source: 'HotOS 2023' }],
    cannot: ['Payloads and call patterns of another application.'],
    presets: ['quick'],
    missing: [{ preset: 'standard', title: 'Standard comparison', estimateMs: 480_000, because: null }],
  },
];

function fact(metric: string, cut: string, low: number, high: number): Fact {
  return {
    ...{
      metric,
      place: '',
      against: 'monolith',
      cut,
      low,
      high,
      decided: low * high > 0,
      open: false,
      sentence: `${cut}: ${metric}.`,
    },
    result: { id: result.id, title: result.title },
  };
}

const facts: Fact[] = ['macroservices', 'microservices'].flatMap((cut, index) => [
  fact('edit-to-live', cut, 0.2 + index / 4, 0.35 + index / 4),
  fact('lost-good-requests', cut, 0.3 + index / 5, 0.5 + index / 5),
  fact('response-p50', cut, -0.4 - index / 3, -0.3 - index / 3),
  fact('memory-resident', cut, -0.4 - index / 2, -0.3 - index / 2),
  fact('deployment-time', cut, -0.3 - index / 4, -0.2 - index / 4),
  fact('orders-wrong', cut, -0.2, 0.2),
]);

/** What the results that the stage has say of some claims, or nothing where it has none. */
export function fakeClaims(results: number): Claims {
  const missing = [{ preset: 'quick', title: 'Quick comparison', estimateMs: 300_000, because: null }];
  return {
    ...{ application: 'shop', sourceHash: 'a1b2c3', machine: 'a processor, 8 CPUs, linux x64, containers' },
    ...{
      results,
      others: 2,
      facts: results > 0 ? facts : [],
      units: { monolith: 1, macroservices: 3, microservices: 8 },
      outside: {},
    },
    claims:
      results > 0
        ? measured
        : measured.map((claim) => ({
            ...claim,
            ...{ outcome: 'not-measured', sentence: 'Not measured here yet.', evidence: [], missing },
          })),
  };
}
