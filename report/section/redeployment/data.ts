import {
  changePart,
  failingIn,
  liveMs,
  warmLiveMs,
  own,
  togetherOf,
  unreachedIn,
  type Change,
  type ChangeReach,
  type ContractDifference,
  type RedeploymentMeasurement,
  type ReleaseAlarm,
  type Result,
  type Together,
  type VersionSkew,
} from '../../../engine/model/index.ts';
import { mean, present, sum } from '../../data/numbers.ts';
import { remember } from '../../data/remember.ts';
import { variantsOf, type VariantView } from '../../data/variants.ts';
import { stages, stagesOf, type Stage } from './stages.ts';

/** One change in one variant, averages over its deployments; times are ms. */
export interface ReleaseView {
  variant: VariantView;
  deployments: number;
  /** Null where it never went live. */
  liveMs: number | null;
  /** The same released again from what was built of it; null where nobody measured that. */
  warmMs: number | null;
  stages: Record<Stage, number>;
  backMs: number | null;
  /** Units whose program became another; of one that never went live also as the source says it, and none where nobody looked. */
  units: string[];
  bytes: number;
  order: RedeploymentMeasurement['order'];
  /** Requests a release. */
  asked: number;
  lost: number;
  lostBack: number | null;
  /** The longest that some endpoint had no good answer in any deployment, ms; null where it is not known. */
  longestGapMs: number | null;
  /** By endpoint, those with any, most first. */
  lostBy: [endpoint: string, lost: number][];
  refused: string | null;
  /** How long it was watched, ms; null where nobody watched, as in files of before. */
  watchedMs: number | null;
  /** A release that did harm, or did not get ready: when that was sure and when everything served as before, averages of the deployments in which it was noticed. */
  noticed: { noticedMs: number; wholeMs: number; deployments: number; alarm: ReleaseAlarm | null } | null;
}

/** Half of a change there, in one variant; what was seen is of all its deployments together. */
export interface SkewView {
  first: VersionSkew['first'];
  released: string[];
  left: string[];
  /** Endpoints that should fail by the contracts. */
  foretold: string[];
  /** Those that did, in every deployment or in some of them. */
  seen: string[];
  /** Those that could not be asked, as what they build on failed. */
  unreached: string[];
  lost: number;
  asked: number;
}

/** What became of contracts by one change in one variant. */
export interface ContractView {
  variant: VariantView;
  differences: ContractDifference[];
  skews: SkewView[];
  /** All of it there, and some who ask for what it alters have no other program by it; null where there are none. */
  staying: SkewView | null;
  /** How its units may go out, foretold and seen; null where no two versions can meet. */
  foretold: Together | null;
  seen: Together | null;
}

export interface ChangeView {
  name: string;
  /** Null where the manifest has it no more. */
  change: Change | null;
  /** Those that it edits; of one that never went live also as the source says it, and none where nobody looked. */
  modules: string[];
  releases: ReleaseView[];
  /** In variants of which it is known. */
  contracts: ContractView[];
}

/** Every change that was released, with what came of it in each variant. */
export const changesOf = remember((result: Result): ChangeView[] => {
  const names = result.experiment.probes.redeployment?.changes ?? [];
  return names.flatMap((name) => {
    const releases = variantsOf(result).flatMap((variant) => {
      const measured = present(
        variant.roundsOf(changePart(name)).map((round) => round.redeployment?.find(({ change }) => change === name)),
      );
      return measured.length === 0 ? [] : [{ measured, view: viewOf(variant, name, measured) }];
    });
    if (releases.length === 0) return [];
    const edited = [
      ...releases.flatMap(({ measured }) => measured.map(({ modules }) => modules)),
      ...releases.map(({ view }) => reachOf(view.variant, name)?.modules ?? []),
    ];
    return [
      {
        name,
        change: own(result.application.changes ?? {}, name) ?? null,
        modules: edited.find((modules) => modules.length > 0) ?? [],
        releases: releases.map(({ view }) => view),
        contracts: releases.flatMap(({ measured, view }) => contractOf(view.variant, measured)),
      },
    ];
  });
});

/** What a change gets into by the structure of the variant's source; undefined where nobody looked. */
function reachOf(variant: VariantView, change: string): ChangeReach | undefined {
  const [structure] = present(variant.roundsOf('structure').map((round) => round.structure));
  return structure?.changes?.find((one) => one.change === change);
}

function viewOf(variant: VariantView, change: string, measured: readonly RedeploymentMeasurement[]): ReleaseView {
  const average = (pick: (one: RedeploymentMeasurement) => number | null): number | null =>
    mean(present(measured.map(pick)));
  const released = measured.filter(({ status }) => status === 'released');
  const of = (pick: (one: RedeploymentMeasurement) => number): number => mean(released.map(pick)) ?? 0;
  const pieces = released.map(stagesOf);
  const gotInto = [...new Set(measured.flatMap(({ changedUnits }) => changedUnits))];
  const endpoints = [...new Set(measured.flatMap(({ requests }) => Object.keys(requests.lostBy)))];
  const [first] = measured;
  const gaps = present(measured.map(({ requests }) => requests.longestGapMs));
  return {
    variant,
    deployments: measured.length,
    liveMs: average(liveMs),
    warmMs: average(warmLiveMs),
    stages: Object.fromEntries(
      stages.map((stage) => [stage, mean(pieces.map((piece) => piece[stage])) ?? 0]),
    ) as Record<Stage, number>,
    backMs: average(({ back }) => back?.replacedMs ?? null),
    units: (gotInto.length === 0 ? reachOf(variant, change)?.units : gotInto) ?? [],
    bytes: of(({ addedBytes }) => addedBytes),
    order: first?.order ?? 'providers-first',
    asked: average(({ requests }) => requests.scheduled) ?? 0,
    lost: average(({ requests }) => requests.lost) ?? 0,
    longestGapMs: gaps.length === 0 ? null : Math.max(...gaps),
    lostBack: average(({ back }) => back?.requests.lost ?? null),
    lostBy: endpoints
      .map((endpoint): [string, number] => [
        endpoint,
        sum(measured.map(({ requests }) => own(requests.lostBy, endpoint) ?? 0)) / measured.length,
      ])
      .toSorted(([, a], [, b]) => b - a),
    refused: measured.find(({ status }) => status === 'refused')?.reason ?? null,
    watchedMs: average(({ watch }) => watch?.watchedMs ?? null),
    noticed: noticedIn(measured),
  };
}

function noticedIn(measured: readonly RedeploymentMeasurement[]): ReleaseView['noticed'] {
  const watches = present(measured.map(({ watch }) => watch)).filter(
    ({ noticedMs, wholeMs }) => noticedMs !== null && wholeMs !== null,
  );
  const [first] = watches;
  return first === undefined
    ? null
    : {
        noticedMs: mean(present(watches.map((watch) => watch.noticedMs))) ?? 0,
        wholeMs: mean(present(watches.map((watch) => watch.wholeMs))) ?? 0,
        deployments: watches.length,
        alarm: first.alarm,
      };
}

function contractOf(variant: VariantView, measured: readonly RedeploymentMeasurement[]): ContractView[] {
  const known = present(measured.map(({ contracts }) => contracts));
  const [first] = known;
  if (first === undefined) return [];
  const all = known.flatMap(({ skews }) => skews);
  const staying = present(known.map((one) => one.staying));
  const foretold = ({ predicted }: VersionSkew): string[] => predicted;
  return [
    {
      ...{ variant, differences: first.differences },
      skews: (['providers', 'callers'] as const).flatMap(
        (who) => skewOf(all.filter((skew) => skew.first === who)) ?? [],
      ),
      staying: skewOf(staying),
      foretold: togetherOf({ skews: all }, foretold, staying.flatMap(foretold)),
      seen: togetherOf({ skews: all }, failingIn, staying.flatMap(failingIn)),
    },
  ];
}

/** What was seen of one half in all deployments together; null where there was none. */
function skewOf(same: readonly VersionSkew[]): SkewView | null {
  const [one] = same;
  if (one === undefined) return null;
  const requests = same.flatMap((skew) => Object.values(skew.requests));
  return {
    ...{ first: one.first, released: one.released, left: one.left },
    foretold: [...new Set(same.flatMap(({ predicted }) => predicted))].toSorted(),
    seen: [...new Set(same.flatMap(failingIn))].toSorted(),
    unreached: [...new Set(same.flatMap(unreachedIn))].toSorted(),
    lost: sum(requests.map(({ lost }) => lost)),
    asked: sum(requests.map(({ scheduled }) => scheduled)),
  };
}
