import type { Application, Experiment, Round, StructureMeasurement, Topology } from '../../model/index.ts';
import { observed, sum, type Measure, type MeasureContext } from '../measure.ts';
import { callsAcross, sumOfCalls } from './coupling.ts';
import { declaredCalls } from './declared.ts';
import { structureNumbers } from './numbers.ts';
import { reachSummary } from './reach.ts';

/** What the cut makes of the source, counted. */
export function structureMeasures({ experiment, application }: MeasureContext): Measure[] {
  if ((experiment.probes.structure ?? null) === null) return [];
  const read =
    (value: (measured: StructureMeasurement, topology: Topology, application: Application) => number | null) =>
    (round: Round): ReturnType<Measure['read']> => {
      const topology = topologyOf(experiment, round.variant);
      if (round.structure === undefined || topology === null) return null;
      return observed(value(round.structure, topology, application));
    };
  return [
    {
      metric: 'declared-calls-between-units',
      scope: {},
      read: read((_, { units }) => sumOfCalls(callsAcross(units, declaredCalls(application)))),
    },
    {
      metric: 'unit-consumers',
      scope: {},
      read: read((measured, topology) => {
        const { units } = structureNumbers(application, topology, measured, null);
        return sum(units.map(({ consumers }) => consumers.length)) / units.length;
      }),
    },
    {
      metric: 'largest-unit-lines',
      scope: {},
      read: read((measured, topology) =>
        Math.max(...structureNumbers(application, topology, measured, null).units.map(({ lines }) => lines)),
      ),
    },
    {
      metric: 'dependency-bytes',
      scope: {},
      read: read(({ units }) => sum(units.flatMap(({ packages }) => packages.map(({ bytes }) => bytes)))),
    },
    {
      metric: 'units-per-change',
      scope: {},
      read: read(({ changes }) => (changes === null ? null : reachSummary(changes).meanUnits)),
    },
  ];
}

function topologyOf({ variants }: Experiment, name: string): Topology | null {
  return variants.find((variant) => variant.name === name)?.topology ?? null;
}
