import { exactly, sum } from '../numbers.ts';
import { own } from '../own.ts';
import { LOST, type AuditedProbe } from '../probe.ts';
import type { Application, RoundBase } from '../round.ts';

interface Structured {
  modules: { module: string; lines: number }[];
  units: { unit: string; modules: string[]; packages: { bytes: number }[] }[];
  changes: { units: string[] }[] | null;
}

export interface StructureFields {
  structure?: Structured;
}

/** A round in whose unit each module is. */
const homes = ({ units }: Structured): Map<string, string> =>
  new Map(units.flatMap(({ unit, modules }) => modules.map((module) => [module, unit] as const)));

/** Every use that leads from one unit into another. */
function crossings(measured: Structured, { modules }: Application) {
  const home = homes(measured);
  return Object.entries(modules).flatMap(([from, { uses }]) =>
    uses
      .filter(({ module }) => home.get(module) !== home.get(from))
      .map(({ module, callsPerRequest }) => ({ from, to: module, callsPerRequest, caller: home.get(from) })),
  );
}

/** Calls that each module receives of a mean journey, found by letting what the entry is asked flow on until nothing is left; null where it goes round for ever. */
function received({ modules, entry, journeys }: Application): Map<string, number> | null {
  const all = Object.values(journeys);
  const requests = sum(all.map(({ weight, steps }) => weight * steps.length)) / sum(all.map(({ weight }) => weight));
  const total = new Map<string, number>();
  let flowing = new Map([[entry, requests]]);
  for (let step = 0; flowing.size > 0; step += 1) {
    if (step > Object.keys(modules).length) return null;
    const next = new Map<string, number>();
    for (const [module, calls] of flowing) {
      total.set(module, (total.get(module) ?? 0) + calls);
      for (const { module: to, callsPerRequest } of own(modules, module)?.uses ?? [])
        next.set(to, (next.get(to) ?? 0) + calls * callsPerRequest);
    }
    flowing = next;
  }
  return total;
}

export const structure: AuditedProbe<RoundBase & StructureFields> = {
  definitions: {
    'declared-calls-between-units': {
      ...{ question: 'structure', scale: 'difference', margin: 0.5, better: 'lower', constant: true },
    },
    'unit-consumers': { question: 'structure', scale: 'difference', margin: 0.5, better: 'lower', constant: true },
    'largest-unit-lines': { question: 'structure', scale: 'ratio', margin: 0.1, better: 'lower', constant: true },
    'dependency-bytes': { question: 'structure', scale: 'ratio', margin: 0.05, better: 'lower', constant: true },
    'units-per-change': { question: 'structure', scale: 'difference', margin: 0.5, better: 'lower', constant: true },
  },
  units: {
    'declared-calls-between-units': 'count',
    'unit-consumers': 'count',
    'largest-unit-lines': 'count',
    'dependency-bytes': 'bytes',
    'units-per-change': 'count',
  },
  part: () => 'structure',
  badness: (round, part) => (part !== 'structure' ? undefined : round.structure === undefined ? LOST : 0),
  value: ({ structure: measured }, metric, _, { application }) => {
    if (!Object.hasOwn(structure.definitions, metric)) return undefined;
    if (measured === undefined) return null;
    const { units, modules, changes } = measured;
    switch (metric) {
      case 'declared-calls-between-units': {
        const calls = received(application);
        const across = crossings(measured, application);
        return calls === null
          ? null
          : exactly(sum(across.map(({ from, callsPerRequest }) => (calls.get(from) ?? 0) * callsPerRequest)));
      }
      case 'unit-consumers': {
        const home = homes(measured);
        const pairs = new Set(
          crossings(measured, application).map(({ caller, to }) => JSON.stringify([caller, home.get(to)])),
        );
        return exactly(pairs.size / units.length);
      }
      case 'largest-unit-lines':
        return exactly(
          Math.max(
            ...units.map((unit) =>
              sum(modules.filter(({ module }) => unit.modules.includes(module)).map(({ lines }) => lines)),
            ),
          ),
        );
      case 'dependency-bytes':
        return exactly(sum(units.flatMap(({ packages }) => packages.map(({ bytes }) => bytes))));
      default:
        return changes === null || changes.length === 0
          ? null
          : exactly(sum(changes.map((change) => change.units.length)) / changes.length);
    }
  },
};
