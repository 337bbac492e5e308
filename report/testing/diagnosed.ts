import { computeFindings } from '../../engine/evaluation/index.ts';
import { faultLabel, unitOf, type Fault, type Result, type Search, type Topology } from '../../engine/model/index.ts';
import { makeResult } from './result.ts';

const module = 'payments';
const faults: Fault[] = [
  { kind: 'errors', module, share: 1 },
  { kind: 'event-loop-block', module, delayMs: 1200 },
];

/** A comparison of both ends of the scale in which causes were searched for: one that every cut names, and one that a process which stands still hides. */
export function diagnosedResult(): Result {
  const made = makeResult({
    variants: ['monolith', 'microservices'],
    blocks: 4,
    faults: [],
    requests: 600,
    everything: false,
  });
  const experiment = {
    ...made.experiment,
    probes: { ...made.experiment.probes, diagnosis: { faults, faultMs: 3000, requests: 4 } },
  };
  const rounds = made.rounds.map((round) => {
    const topology = made.experiment.variants.find(({ name }) => name === round.variant)?.topology;
    if (topology === undefined) return round;
    return {
      ...round,
      diagnosis: faults.map((fault, index) => ({
        ...{ fault, label: faultLabel(fault), unit: unitOf(topology, module).name, module },
        ...{ status: 'applied' as const, reason: null, effectAtMs: 1000, overAtMs: 4000, failed: 9 },
        searches: Array.from({ length: 4 }, (_, number) => searchIn(topology, index === 1, number)),
      })),
    };
  });
  const result = { ...made, experiment, rounds };
  return { ...result, findings: computeFindings(result) };
}

function searchIn(topology: Topology, isBlocked: boolean, number: number): Search {
  const line = (call: string): string =>
    `2026-01-02T00:00:00.000Z error shop: failed call=${call} code=injected trace=${'4b'.repeat(16)} message="<b>no</b>"`;
  const units = [...new Set(['storefront', 'orders', module].map((name) => unitOf(topology, name).name))];
  const steps: Search['steps'] = units.map((unit) => ({
    ...{ unit, at: 'log', lines: isBlocked && unit === units.at(-1) ? 0 : 2 },
    ...(number === 0 ? { told: isBlocked ? [] : [line(`${unit}.do`)] } : {}),
  }));
  const isHidden = isBlocked && units.length === 1;
  return {
    ...{ endpoint: 'checkout', startedAtMs: 1500 + number },
    steps: isBlocked ? [...steps, { unit: units.at(-1) ?? '', at: 'state', lines: 0 }] : steps,
    suspects: isHidden ? topology.units.flatMap(({ modules }) => modules) : [module],
  };
}
