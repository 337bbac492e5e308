import { elasticOf, scalingCurve, type ScalingCurve } from '../../../engine/evaluation/index.ts';
import {
  own,
  scalingLoads,
  type ElasticStep,
  type Result,
  type ScalingLoad,
  type ScalingMeasurement,
} from '../../../engine/model/index.ts';
import { present } from '../../data/numbers.ts';
import { remember } from '../../data/remember.ts';
import { variantsOf, type VariantView } from '../../data/variants.ts';

/** What one variant does with the budget. */
export interface ScalingView {
  variant: VariantView;
  /** Of the first of its deployments; they are planned alike. */
  plan: Pick<
    ScalingMeasurement,
    'unit' | 'declared' | 'total' | 'applicationCpus' | 'totalCores' | 'coresEach' | 'memoryBytes' | 'objective'
  >;
  deployments: number;
  curves: Record<ScalingLoad, ScalingCurve>;
  /** Those of the deployments in which the load was doubled. */
  elastic: ElasticStep[];
  /** Deployments in which the generator could not double it. */
  notDoubled: number;
  /** Why there is no number for a load with so many instances, in words. */
  whyNothing: (load: ScalingLoad, instances: number) => string;
}

export const loadWords: Record<ScalingLoad, string> = { skewed: 'Skewed load', even: 'Even load' };

/** Every variant that was scaled, in the order of the experiment. */
export const scaledVariants = remember((result: Result): ScalingView[] =>
  variantsOf(result).flatMap((variant) => {
    const rounds = variant.roundsOf('scaling');
    const measured = present(rounds.map(({ scaling }) => scaling));
    const [plan] = measured;
    if (plan === undefined) return [];
    const elastic = present(rounds.map(elasticOf));
    return [
      {
        ...{ variant, plan, deployments: measured.length },
        curves: Object.fromEntries(
          scalingLoads.map((load) => [load, scalingCurve(rounds, load)]),
        ) as ScalingView['curves'],
        ...{ elastic, notDoubled: present(measured.map((one) => one.elastic)).length - elastic.length },
        whyNothing: (load, instances) => whyNothing(measured, load, instances),
      },
    ];
  }),
);

/** Only a search to its end says that nothing was carried. */
function whyNothing(measured: readonly ScalingMeasurement[], load: ScalingLoad, instances: number): string {
  const points = measured.flatMap(({ points: all }) =>
    all.filter((point) => point.load === load && point.instances === instances),
  );
  if (points.length === 0) return 'not measured';
  return points.some(({ bounded }) => bounded === 'generator')
    ? 'not known, since the load generator gave out'
    : 'nothing within the objective';
}

/** The hot module, as people call it. */
export function hotTitle({ application, experiment }: Result): string {
  const { hot = '' } = experiment.probes.scaling ?? {};
  return own(application.modules, hot)?.title ?? hot;
}
