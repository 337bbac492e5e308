import type { Result, UnitTimeline } from '../../../engine/model/index.ts';
import { mean, present, sum } from '../../data/numbers.ts';
import { seriesIn } from '../../data/quantity.ts';
import { variantsOf, type VariantView } from '../../data/variants.ts';

/** Averages over the rounds of one variant, ms after the deployment's clock started. */
export interface DeploymentView {
  variant: VariantView;
  units: UnitSpan[];
  allReadyMs: number;
  firstGoodMs: number;
  floorMs: number | null;
  teardownMs: number | null;
  coldBuildMs: number | null;
  warmBuildMs: number | null;
}

export interface UnitSpan {
  unit: string;
  modules: string[];
  createStartMs: number;
  createdMs: number;
  startedMs: number;
  readyMs: number;
  imageBytes: number;
  addedBytes: number;
}

function spanOf(unit: string, marks: UnitTimeline[]): UnitSpan {
  const middle = (pick: (mark: UnitTimeline) => number): number => mean(marks.map(pick)) ?? 0;
  return {
    unit,
    modules: marks[0]?.modules ?? [],
    createStartMs: middle((mark) => mark.createStartMs),
    createdMs: middle((mark) => mark.createdMs),
    startedMs: middle((mark) => mark.startedMs),
    readyMs: middle((mark) => mark.readyMs),
    imageBytes: middle((mark) => mark.imageBytes),
    addedBytes: middle((mark) => mark.addedBytes),
  };
}

/** The deployments of each variant that has any. */
export function deploymentsOf(result: Result): DeploymentView[] {
  return variantsOf(result).flatMap((variant) => {
    const deployments = present(variant.roundsOf('deployment').map((round) => round.deployment));
    if (deployments.length === 0) return [];
    // The servers of the store come first, as they are started.
    const marks = deployments.flatMap(({ databases = [], units: started }) => [...databases, ...started]);
    const names = [...new Set(marks.map((mark) => mark.unit))];
    const units = names.map((name) =>
      spanOf(
        name,
        marks.filter((mark) => mark.unit === name),
      ),
    );
    const build = (kind: UnitTimeline['buildKind']): number | null => {
      const rounds = deployments
        .map((deployment) => deployment.units.filter((unit) => unit.buildKind === kind))
        .filter((list) => list.length > 0);
      return mean(rounds.map((list) => sum(list.map((unit) => unit.buildMs))));
    };
    return [
      {
        variant,
        units,
        allReadyMs: seriesIn(result, variant.name, 'time-to-ready')?.value ?? 0,
        firstGoodMs: seriesIn(result, variant.name, 'deployment-time')?.value ?? 0,
        floorMs: mean(present(deployments.map((deployment) => deployment.floorMs))),
        teardownMs: mean(present(deployments.map((deployment) => deployment.teardownMs))),
        coldBuildMs: build('cold'),
        warmBuildMs: build('warm'),
      },
    ];
  });
}
