import type { Variant } from '../../variant.ts';
import type { ProbeDescription } from '../description.ts';
import { loadMs } from '../estimate.ts';
import { whyNotScaled } from './impossible.ts';
import { countsTo, scalingLoads, scalingMeasurementSchema, type ScalingMeasurement } from './measurement.ts';
import { metrics } from './metrics.ts';
import { scaling as preset } from './preset.ts';
import { scalingProblems } from './problems.ts';
import { scalingSettingsSchema, type ScalingSettings } from './settings.ts';

/** On two processors, ms: an instance started or taken back, limits lifted after a step that was missed, and what comes before the elastic step. */
const [changeMs, relieveMs, beforeElasticMs] = [1500, 900, 4000];
/** A search that begins near what it finds: two or three until it is held between them, then halves. */
const stepsOf = (precision: number): number => 2.5 + Math.max(0, Math.ceil(Math.log2(0.5 / precision)));

/** What the same budget carries, by what is replicated with it. */
export const scaling = {
  title: 'Scaling',
  settings: scalingSettingsSchema.nullish(),
  fields: { scaling: scalingMeasurementSchema.nullish() },
  unmeasured: () => ({}),
  metrics,
  parts: { scaling: 'scaling' },
  breaking: 'afterwards',
  problems: scalingProblems,
  impossible: whyNotScaled,
  estimateMs: (settings, variants) =>
    variants.reduce((sum, variant) => sum + variantMs(settings, variant), 0) / Math.max(1, variants.length),
  presets: [preset],
} satisfies ProbeDescription<ScalingSettings, { scaling?: ScalingMeasurement | null | undefined }>;

function variantMs({ hot, search, settleMs, elasticMs }: ScalingSettings, { topology }: Variant): number {
  const declared = topology.units.find(({ modules }) => modules.includes(hot))?.instances ?? 1;
  const counts = countsTo(declared).length;
  const searchMs = stepsOf(search.precision) * loadMs(search.stepMs) + relieveMs;
  const elastic = declared === 1 || elasticMs === null ? 0 : loadMs(beforeElasticMs + elasticMs);
  // Under each load at the first number of instances, and at each that is higher than the one before it.
  const settlings = scalingLoads.length * (1 + (counts - 1) / 2);
  // There and back, on average over orders.
  return (
    counts * scalingLoads.length * searchMs + settlings * loadMs(settleMs) + 2 * (declared - 1) * changeMs + elastic
  );
}
