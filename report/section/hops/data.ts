import { own, type HopEdge, type HopsMeasurement, type Result } from '../../../engine/model/index.ts';
import { timeParts, type TimePart } from '../../colors.ts';
import { mean, present, sum } from '../../data/numbers.ts';
import { remember } from '../../data/remember.ts';
import { variantsOf, type VariantView } from '../../data/variants.ts';

/** All calls from one module to another, per journey, mean over rounds. */
export interface CallView {
  from: string;
  to: string;
  kind: HopEdge['kind'];
  calls: number;
  bytes: number;
  totalMs: number;
  networkMs: number;
  operations: string[];
}

export interface PartsView {
  endpoint: string;
  samples: number;
  /** ms by part, mean over rounds. */
  parts: Record<TimePart, number>;
  totalMs: number;
}

export interface HopsView {
  variant: VariantView;
  sampledJourneys: number;
  calls: CallView[];
  endpoints: PartsView[];
  /** Unit of each module in this variant. */
  unitOf: Map<string, string>;
}

function callsOf(rounds: HopsMeasurement[]): CallView[] {
  const groups = new Map<string, { round: number; edge: HopEdge }[]>();
  for (const [round, measured] of rounds.entries()) {
    for (const edge of measured.edges) {
      const key = `${edge.from}\n${edge.to}`;
      groups.set(key, [...(groups.get(key) ?? []), { round, edge }]);
    }
  }
  return [...groups.values()].flatMap((group) => {
    const first = group[0]?.edge;
    if (first === undefined) return [];
    const perRound = (pick: (edge: HopEdge) => number): number =>
      sum(group.map(({ edge }) => pick(edge))) / rounds.length;
    return [
      {
        ...{ from: first.from, to: first.to, kind: first.kind },
        calls: perRound((edge) => edge.callsPerJourney),
        bytes: perRound((edge) => edge.bytesPerJourney),
        totalMs: perRound((edge) => edge.totalMs),
        networkMs: perRound((edge) => edge.networkMs),
        operations: [...new Set(group.map(({ edge }) => edge.operation))],
      },
    ];
  });
}

type Sampled = HopsMeasurement['endpoints'][string];

function partsOf(endpoint: string, rounds: HopsMeasurement[]): PartsView {
  const sampled: Sampled[] = present(rounds.map((round) => own(round.endpoints, endpoint)));
  const of = (pick: (one: Sampled) => number): number => mean(sampled.map(pick)) ?? 0;
  const parts: Record<TimePart, number> = {
    own: of((one) => one.ownMs),
    store: of((one) => one.storeMs),
    network: of((one) => one.networkMs),
    serialization: of((one) => one.serializationMs),
    queue: of((one) => one.queueMs),
  };
  return {
    endpoint,
    samples: sum(sampled.map((one) => one.samples)),
    parts,
    totalMs: sum(timeParts.map((part) => parts[part])),
  };
}

/** The calls and the parts of time of each variant that was traced. */
export const hopsOf = remember((result: Result): HopsView[] => {
  return variantsOf(result).flatMap((variant) => {
    const rounds = present(variant.roundsOf('hops').map((round) => round.hops));
    if (rounds.length === 0) return [];
    const endpoints = [...new Set(rounds.flatMap((round) => Object.keys(round.endpoints)))];
    const units = result.experiment.variants.find((candidate) => candidate.name === variant.name)?.topology.units ?? [];
    return [
      {
        variant,
        sampledJourneys: sum(rounds.map((round) => round.sampledJourneys)),
        calls: callsOf(rounds),
        endpoints: endpoints.map((endpoint) => partsOf(endpoint, rounds)),
        unitOf: new Map(units.flatMap((unit) => unit.modules.map((module) => [module, unit.name] as const))),
      },
    ];
  });
});
