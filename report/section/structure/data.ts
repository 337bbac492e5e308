import {
  associationsOf,
  reachSummary,
  structureNumbers,
  type Association,
  type ReachSummary,
  type SeenEdge,
  type StructureNumbers,
} from '../../../engine/evaluation/index.ts';
import { own, type Change, type ChangeReach, type HopEdge, type Result } from '../../../engine/model/index.ts';
import { present } from '../../data/numbers.ts';
import { remember } from '../../data/remember.ts';
import { variantsOf, type VariantView } from '../../data/variants.ts';

/** The structure of one variant. */
export interface StructureView {
  variant: VariantView;
  units: StructureNumbers[];
  modules: StructureNumbers[];
  /** Null where nobody asked, or where they cannot be made to the source; then why. */
  changes: ChangeReach[] | null;
  changesReason: string | null;
  summary: ReachSummary | null;
  associations: Association[];
}

/** One change with what it gets into, by variant. */
export interface ReachView {
  name: string;
  /** Null where the manifest has it no more. */
  change: Change | null;
  modules: string[];
  /** Units that get another program, in the order of the variants; null where it is not known. */
  units: (string[] | null)[];
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
    return [
      {
        ...{ variant, units, modules, changes, changesReason },
        summary: changes === null ? null : reachSummary(changes),
        associations: changes === null ? [] : associationsOf(changes, modules, variant.name),
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
    return {
      name,
      change: own(result.application.changes ?? {}, name) ?? null,
      modules: found.find((one) => one !== undefined)?.modules ?? [],
      units: found.map((one) => one?.units ?? null),
    };
  });
});

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
