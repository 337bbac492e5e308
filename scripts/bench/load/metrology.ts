import { decodeHistogram, quantileMs, type LoadMeasurement } from '../../../engine/model/index.ts';
import { nodeProgram, runPinned, startTarget } from '../../../tests/metrology/processes.ts';
import type { TargetSettings } from '../../../tests/metrology/target.ts';
import { quantileOf, serverTruth } from '../../../tests/metrology/truth.ts';
import { planOf } from './clients.ts';

const QUANTILES = [0.5, 0.9, 0.99, 0.999];

/** One load of the own generator: for p50, p90, p99 and p99.9 what it reports and what the server knows, ms. */
export async function compareWithTruth(
  settings: TargetSettings,
  load: { rate: number; seconds: number; seed: number },
): Promise<{ reportedMs: number[]; trueMs: number[]; hiccupShare: number; pacingLagP99Ms: number }> {
  const target = await startTarget(settings);
  try {
    const plan = planOf(
      { url: target.url, seconds: load.seconds, connections: 512, rate: load.rate },
      load.rate,
      load.seed,
    );
    const program = nodeProgram('generator.ts', ['open', JSON.stringify(plan)]);
    const { startedAtMs, endpoints, generator } = JSON.parse(await runPinned(program)) as LoadMeasurement;
    const times = serverTruth(plan, startedAtMs, await target.truth());
    const reported = decodeHistogram(endpoints['target']?.responseTime ?? '');
    return {
      reportedMs: QUANTILES.map((q) => quantileMs(reported, q) ?? Number.NaN),
      trueMs: QUANTILES.map((q) => quantileOf(times, q)),
      hiccupShare: generator.hiccupShare,
      pacingLagP99Ms: generator.pacingLagP99Ms,
    };
  } finally {
    await target.stop();
  }
}
