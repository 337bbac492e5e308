import { basicFaults, faultsOfCuts, type Application, type Experiment, type Fault } from '../../engine/model/index.ts';

const cutsOf = ({ variants }: Experiment) => variants.map((variant) => variant.topology);

/** The faults that tell the variants of an experiment apart. */
export function usualFaults(application: Application, experiment: Experiment): Fault[] {
  return faultsOfCuts(application, cutsOf(experiment));
}

/** The changed experiment, whose faults follow its cuts as long as nobody has chosen others. Pure. */
export function followCuts(application: Application, before: Experiment, after: Experiment): Experiment {
  const { isolation } = after.probes;
  if (isolation === null || isolation.faults.length === 0 || same(cutsOf(before), cutsOf(after))) return after;
  const { faults } = isolation;
  const isUsual = [basicFaults(application), usualFaults(application, before)].some((usual) =>
    same(faults, usual.slice(0, faults.length)),
  );
  if (!isUsual) return after;
  const next = usualFaults(application, after).slice(0, faults.length);
  return { ...after, probes: { ...after.probes, isolation: { ...isolation, faults: next } } };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
