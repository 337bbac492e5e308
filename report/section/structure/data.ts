import {
  associationsOf,
  reachSummary,
  structureNumbers,
  unitsAtOnce,
  type Association,
  type ReachSummary,
  type SeenEdge,
  type StructureNumbers,
} from '../../../engine/evaluation/index.ts';
import {
  changePart,
  own,
  type Change,
  type ChangeReach,
  type HopEdge,
  type Result,
} from '../../../engine/model/index.ts';
import { mean, present } from '../../data/numbers.ts';
import { remember } from '../../data/remember.ts';
import { variantsOf, type VariantView } from '../../data/variants.ts';

/** The structure of one variant. */
export interface StructureView {
  variant: VariantView;
  units: StructureNumbers[];
  modules: StructureNumbers[];
  /** Of the images that the units were deployed from, base and all, means over the deployments. */
  imageBytes: ReadonlyMap<string, number>;
  /** Null where nobody asked, or where they cannot be made to the source; then why. */
  changes: ChangeReach[] | null;
  changesReason: string | null;
  summary: ReachSummary | null;
  /** Units that had to go out in one release, as seen, by change: means over the deployments; those that were released. */
  atOnce: ReadonlyMap<string, number>;
  /** Requests that a check of a module's contract makes, where it is known. */
  examples: ReadonlyMap<string, number>;
  associations: Association[];
}

/** One change with what it gets into, by variant. */
export interface ReachView {
  name: string;
  /** Null where the manifest has it no more. */
  change: Change | null;
  modules: string[];
  /** Requests that checks of the contracts of these modules make, by module; null where it is not known. */
  checks: { module: string; examples: number }[] | null;
  /** Units that get another program, in the order of the variants; null where it is not known. */
  units: (string[] | null)[];
  /** Units that had to go out in one release, as seen; null where it was not released or its contracts were not looked at. */
  atOnce: (number | null)[];
}

/** Every variant whose structure was looked at. All of its deployments have the same programs. */
export const structuresOf = remember((result: Result): StructureView[] =>
  variantsOf(result).flatMap((variant) => {
    const [measured] = present(variant.roundsOf('structure').map((round) => round.structure));
    const topology = result.experiment.variants[variant.index]?.topology;
    if (measured === undefined || topology === undefined) return [];
    const { units, modules } = structureNumbers(
      result.application,
      topology,
      measured,
      seenCalls(variant) ?? callsOfReleases(result, variant.name),
    );
    const { changes, changesReason } = measured;
    const atOnce = atOnceIn(result, variant);
    return [
      {
        ...{ variant, units, modules, changes, changesReason, atOnce, imageBytes: imageBytesIn(variant) },
        examples: new Map(
          measured.modules.flatMap((one) => (one.examples === undefined ? [] : [[one.module, one.examples] as const])),
        ),
        summary: changes === null ? null : reachSummary(changes),
        associations: changes === null ? [] : associationsOf(changes, modules, variant.name, atOnce),
      },
    ];
  }),
);

/** Every change that was looked at in some variant, in the order of the manifest. */
export const reachesOf = remember((result: Result): ReachView[] => {
  const views = structuresOf(result);
  const names = [...new Set(views.flatMap(({ changes }) => (changes ?? []).map(({ change }) => change)))];
  return names.map((name) => {
    const found = views.map(({ changes }) => changes?.find(({ change }) => change === name));
    const modules = found.find((one) => one !== undefined)?.modules ?? [];
    return {
      name,
      change: own(result.application.changes ?? {}, name) ?? null,
      ...{ modules, checks: checksOf(modules, views) },
      units: found.map((one) => one?.units ?? null),
      atOnce: views.map((view) => view.atOnce.get(name) ?? null),
    };
  });
});

/** Of modules without examples there is nothing to check. */
function checksOf(modules: readonly string[], views: readonly StructureView[]): ReachView['checks'] {
  const examples = views.find((view) => view.examples.size > 0)?.examples;
  if (examples === undefined) return null;
  return modules.flatMap((module) => {
    const count = examples.get(module);
    return count === undefined ? [] : [{ module, examples: count }];
  });
}

/** A unit's instances have one image. */
function imageBytesIn(variant: VariantView): ReadonlyMap<string, number> {
  const started = present(variant.roundsOf('deployment').map(({ deployment }) => deployment)).flatMap(
    ({ units }) => units,
  );
  return new Map(
    [...new Set(started.map(({ unit }) => unit))].map((name) => [
      name,
      mean(started.flatMap(({ unit, imageBytes }) => (unit === name ? [imageBytes] : []))) ?? 0,
    ]),
  );
}

function atOnceIn({ experiment }: Result, variant: VariantView): ReadonlyMap<string, number> {
  const changes = experiment.probes.redeployment?.changes ?? [];
  return unitsAtOnce(
    changes.flatMap((name) =>
      variant
        .roundsOf(changePart(name))
        .flatMap(({ redeployment = [] }) => redeployment.filter(({ change }) => change === name)),
    ),
  );
}

/** Who was seen to call what while changed contracts were looked at, without how often; null where nobody looked. */
function callsOfReleases({ rounds }: Result, variant: string): SeenEdge[] | null {
  const seen = rounds.flatMap(({ variant: of, redeployment = [] }) =>
    of === variant ? redeployment.flatMap(({ contracts }) => contracts?.calls ?? []) : [],
  );
  return seen.length === 0 ? null : seen.map((call) => ({ ...call, callsPerJourney: null }));
}

/** What was seen of calls, means over the deployments in which requests were followed; null where they never were. */
export function seenCalls(variant: VariantView): HopEdge[] | null {
  const measured = present(variant.roundsOf('hops').map(({ hops }) => hops)).filter(
    ({ sampledRequests }) => sampledRequests > 0,
  );
  if (measured.length === 0) return null;
  return measured.flatMap(({ edges }) =>
    edges.map((edge) => ({
      ...edge,
      callsPerJourney: edge.callsPerJourney / measured.length,
      totalMs: edge.totalMs / measured.length,
    })),
  );
}
