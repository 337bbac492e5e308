import {
  modulesOnServer,
  own,
  surpriseOf,
  type Application,
  type IsolationEndpoint,
  type Round,
  type Variant,
} from '../../model/index.ts';
import { degradation } from '../../statistics/index.ts';
import { windowsOf } from './derive.ts';
import { faultsSeen, isolationPhase } from './seen.ts';
import { slowCounts, slowerOver, type SlowCounts } from './slower.ts';

/** What the dependency map foretold against what most deployments showed. */
export type Expectation = 'as-predicted' | 'surprise-hurt' | 'surprise-spared' | 'unknown';

/** One endpoint under one fault over the deployments of a variant. */
export interface JudgedCell {
  endpoint: string;
  need: IsolationEndpoint['need'];
  /** What was broken is a server of the store that holds data of modules which it uses, whether or not it uses the module. */
  isOnServer: boolean;
  /** What each deployment showed. */
  seen: IsolationEndpoint[];
  /** Deployments in which it was hurt by itself. */
  hurtIn: number;
  /** Hurt over deployments: they lost requests of it, all together beyond doubt and most of them each; or its answers were slower over them all. */
  impacted: boolean;
  /** Unhurt as far as it was reached, but cut off from its users in most deployments. */
  cutOff: boolean;
  expectation: Expectation;
}

const degradationFloor = 0.02;
const most = (count: number, of: number) => count * 2 > of;

/** The cells of one fault in one variant, judged over the deployments in which it was done; one deployment alone is what it saw. */
export function judgeCells(
  rounds: readonly Round[],
  label: string,
  application: Application,
  variant?: Pick<Variant, 'topology' | 'settings'>,
): JudgedCell[] {
  const done = rounds.flatMap((round) =>
    faultsSeen(round, application).flatMap(({ measured, outcome }) =>
      measured.label === label && outcome !== null ? [{ round, measured, outcome }] : [],
    ),
  );
  const names = [...new Set(done.flatMap(({ outcome }) => outcome.endpoints.map(({ endpoint }) => endpoint)))];
  const broken = done[0]?.measured.unit;
  const onServer = variant === undefined || broken === undefined ? [] : modulesOnServer(variant, broken);
  return names.map((endpoint) => {
    const uses = Object.keys(own(application.endpoints, endpoint)?.needs ?? {});
    const cells = done.flatMap(({ round, measured, outcome }) => {
      const cell = outcome.endpoints.find((one) => one.endpoint === endpoint);
      if (cell === undefined) return [];
      const windows = measured.legacy === null ? windowsOf(measured, round.lines[isolationPhase] ?? []) : null;
      return [{ cell, slow: windows === null ? null : slowCounts(windows.baseline, windows.fault, endpoint) }];
    });
    return judgeCell(
      endpoint,
      cells.map(({ cell }) => cell),
      cells.map(({ slow }) => slow),
      {
        derived: done.every(({ measured }) => measured.legacy === null),
        isOnServer: uses.some((module) => onServer.includes(module)),
      },
    );
  });
}

/** Judges one endpoint from what each deployment showed of it. `slow` null: nothing is known of single answers (version 1), and most deployments decide. */
export function judgeCell(
  endpoint: string,
  seen: IsolationEndpoint[],
  slow: readonly (SlowCounts | null)[],
  { derived = true, isOnServer = false }: { derived?: boolean; isOnServer?: boolean } = {},
): JudgedCell {
  const hurtIn = seen.filter((one) => one.impacted).length;
  const lost =
    pooledLoss(seen).low > degradationFloor &&
    most(seen.filter((one) => one.degradation > degradationFloor).length, seen.length);
  const impacted = derived ? lost || slowerOver(slow) : most(hurtIn, seen.length);
  const cutOff = !impacted && most(seen.filter((one) => one.cutOff || one.impacted).length, seen.length);
  const need = seen[0]?.need ?? 'none';
  return {
    endpoint,
    need,
    isOnServer,
    seen,
    hurtIn,
    impacted,
    cutOff,
    expectation: expectationOf(seen, { impacted, cutOff, need, isOnServer }),
  };
}

/** Degradation with the requests of all deployments together. */
function pooledLoss(seen: readonly IsolationEndpoint[]) {
  const count = (pick: (one: IsolationEndpoint) => { good: number; scheduled: number }) => ({
    successes: seen.reduce((sum, one) => sum + pick(one).good, 0),
    trials: seen.reduce((sum, one) => sum + pick(one).scheduled, 0),
  });
  return degradation(
    count((one) => one.fault),
    count((one) => one.baseline),
  );
}

function expectationOf(
  seen: readonly IsolationEndpoint[],
  { impacted, cutOff, need, isOnServer }: Pick<JudgedCell, 'impacted' | 'cutOff' | 'need' | 'isOnServer'>,
): Expectation {
  // What of it asks the store is not declared, so that one on the server may be spared as well.
  if (impacted) return need === 'none' && !isOnServer ? 'surprise-hurt' : 'as-predicted';
  // A single deployment may show harm that does not hold over all of them.
  const spared = seen.filter((one) => surpriseOf({ ...one, impacted: false }) === 'spared').length;
  if (need === 'required' && !cutOff && most(spared, seen.length)) return 'surprise-spared';
  return cutOff || need === 'required' ? 'unknown' : 'as-predicted';
}
