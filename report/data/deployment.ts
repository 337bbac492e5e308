import type { Result, UnitTimeline } from '../../engine/model/index.ts';
import { median, present, sum } from './numbers.ts';
import { variantsOf, type VariantView } from './variants.ts';

/** Medians over the rounds of one variant, ms after the deployment's clock started. */
export interface DeploymentView {
  variant: VariantView;
  units: UnitSpan[];
  allReadyMs: number;
  firstGoodMs: number;
  floorMs: number | null;
  teardownMs: number | null;
  firstRequestMs: number | null;
  addedBytes: number;
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
  const middle = (pick: (mark: UnitTimeline) => number): number => median(marks.map(pick)) ?? 0;
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
    const deployments = present(variant.rounds.map((round) => round.deployment));
    if (deployments.length === 0) return [];
    const marks = deployments.flatMap((deployment) => deployment.units);
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
      return median(rounds.map((list) => sum(list.map((unit) => unit.buildMs))));
    };
    return [
      {
        variant,
        units,
        allReadyMs: median(deployments.map((deployment) => deployment.allReadyMs)) ?? 0,
        firstGoodMs: median(deployments.map((deployment) => deployment.firstGoodMs)) ?? 0,
        floorMs: median(present(deployments.map((deployment) => deployment.floorMs))),
        teardownMs: median(present(deployments.map((deployment) => deployment.teardownMs))),
        firstRequestMs: median(deployments.flatMap((deployment) => Object.values(deployment.firstRequestMs))),
        addedBytes: sum(units.map((unit) => unit.addedBytes)),
        coldBuildMs: build('cold'),
        warmBuildMs: build('warm'),
      },
    ];
  });
}
