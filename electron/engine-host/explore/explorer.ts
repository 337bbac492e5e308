import {
  deployTopology,
  loadApplication,
  type Deployment,
  type Laboratory,
  type SingleDeployment,
} from '../../../engine/deploy/index.ts';
import { faultCatalogue, whatIsHit, type InjectedFault } from '../../../engine/faults/index.ts';
import {
  replacementRefusal,
  askRefusal,
  faultProblems,
  faultRefusal,
  releaseRefusal,
  instanceProblems,
  settingsSchema,
  topologyProblems,
  touches,
  type ApiAnswer,
  withReleasedInstance,
  type AppSettings,
  type Deployed,
  type ExploreImpact,
  type ExploreReplacement,
  type ExploreState,
  type Fault,
  type Replacement,
  type LabEvent,
  type Refusal,
  type ReplacedInstance,
  type Topology,
  type UnitDocument,
} from '../../../engine/model/index.ts';
import { inFull } from '../../../engine/runtime/index.ts';
import { Problem, problemData } from '../../host-protocol/index.ts';
import { askModule, type AskedExample } from './ask.ts';
import { carryOut } from './carry-out.ts';
import { documentOfUnit } from './document.ts';
import { impactIn } from './impact.ts';
import { openReleases, type Releases } from './releases.ts';
import { emptyState, firstUnits, withLog, withLook, withUnitState } from './state.ts';
import { sendVisitors, type Visitors } from './visitors.ts';
import { watchUnits } from './watch-units.ts';

/** One topology, deployed without load, to look at and to break by hand. */
export interface Explorer {
  start(applicationName: string, topology: Topology, laboratory: Laboratory, settings: AppSettings): Promise<void>;
  stop(): Promise<void>;
  state(): ExploreState;
  inject(fault: Fault): Promise<{ id: string }>;
  undo(id: string): Promise<void>;
  /** Replaces units, adds an instance or takes one back; settles when that has ended. */
  replace(what: Replacement): Promise<void>;
  /** Asks a module one of its examples; one such question at a time. */
  ask(asked: AskedExample): Promise<ApiAnswer>;
  /** What a unit says of its API now. */
  document(unit: string): Promise<UnitDocument>;
  /** What a change gets into in the cut that is deployed. */
  impact(change: string): Promise<ExploreImpact>;
  readonly releases: Releases;
  readonly active: boolean;
}

/** A fault by hand ends by itself after ten minutes, whatever happens to this program. */
const faultLimitMs = 600_000;
const announceIntervalMs = 100;

interface BrokenByHand {
  injected: InjectedFault;
  /** Which of the unit's instances are hit. */
  instances: readonly number[];
}

interface Live {
  controller: AbortController;
  running: SingleDeployment | null;
  faults: Map<string, BrokenByHand>;
  /** Those that are being injected. */
  injecting: Set<Fault>;
  /** The replacement or release under way, which never rejects. */
  replacing: Promise<void>;
  /** Whether a module is being asked by hand. */
  asking: boolean;
  laboratory: Laboratory;
  /** What changes get into, as far as somebody asked. */
  impacts: Map<string, Promise<ExploreImpact>>;
  visitors: Visitors | null;
  stopWatching: () => void;
  starting: Promise<void>;
}

export function openExplorer(onChange: (state: ExploreState) => void): Explorer {
  let state = emptyState();
  let live: Live | null = null;
  let announced: NodeJS.Timeout | undefined;
  let faultNumber = 0;

  const update = (next: ExploreState, now = false) => {
    const phaseChanged = next.phase !== state.phase;
    state = next;
    if (now || phaseChanged) {
      clearTimeout(announced);
      announced = undefined;
      onChange(state);
    } else {
      announced ??= setTimeout(() => {
        announced = undefined;
        onChange(state);
      }, announceIntervalMs);
    }
  };
  const onEvent = (event: LabEvent) => {
    if (event.type === 'unit-state') {
      const { release } = state;
      const next = withUnitState(state, event);
      update(release?.end === null ? { ...next, release: withReleasedInstance(release, event) } : next);
    }
    if (event.type === 'log') update(withLog(state, event));
  };

  const clear = async (mine: Live) => {
    mine.stopWatching();
    await mine.replacing;
    for (const { injected } of mine.faults.values()) await injected.undo().catch(() => undefined);
    await mine.running?.close();
  };

  const bringUp = async (
    mine: Live,
    applicationName: string,
    topology: Topology,
    laboratory: Laboratory,
    settings: AppSettings,
  ) => {
    const { signal } = mine.controller;
    const application = await loadApplication(laboratory.applicationsDirectory, applicationName);
    const [problem] = [
      ...topologyProblems(topology, application),
      ...instanceProblems(topology, settingsSchema.parse({}).store, application),
    ];
    if (problem !== undefined) throw new Problem('bad-topology', problem);
    mine.running = await deployTopology({
      laboratory,
      application,
      topology,
      runtime: settings.runtime,
      engineAddress: settings.engineAddress ?? undefined,
      session: `explore-${Date.now().toString(36)}`,
      signal,
      onEvent,
    });
    signal.throwIfAborted();
    const { deployment, runtime } = mine.running;
    const { vanished } = deployment.site;
    const stopWatching = watchUnits(deployment, {
      isFaulted: (unit, instance) =>
        [...mine.faults.values()].some(
          ({ injected, instances }) => injected.unit === unit && instances.includes(instance),
        ),
      isChanging: (unit) =>
        state.release?.end === null || (state.replacement?.end === null && touches(state.replacement.what, unit)),
      onUnits: (units) => update(withLook(state, units)),
    });
    const visitors = sendVisitors(deployment, (seen) => update({ ...state, visitors: seen }));
    mine.visitors = visitors;
    const onVanished = () => void giveUp(mine, vanished.reason);
    vanished.addEventListener('abort', onVanished, { once: true });
    mine.stopWatching = () => {
      stopWatching();
      visitors.stop();
      vanished.removeEventListener('abort', onVanished);
    };
    update({ ...state, phase: 'running', runtime: runtime.kind, url: deployment.publishedUrl });
  };

  /** Ends in the failed phase, saying why, and what could not be removed if that is so. */
  const giveUp = async (mine: Live, error: unknown) => {
    if (live !== mine || state.phase === 'stopping') return;
    update({ ...state, phase: 'stopping' });
    const left = await clear(mine).then(
      () => '',
      (problem: unknown) => ` ${inFull(problem)}`,
    );
    live = null;
    update({
      ...state,
      phase: 'failed',
      url: null,
      replacement: null,
      release: null,
      live: { changes: [], halfWay: false },
      faults: [],
      visitors: null,
      problem: `${problemData(error).message}${left}`,
    });
  };

  const releases = openReleases({
    state: () => state,
    update: (next) => update(next, true),
    begin: (what, strategy) => {
      const { mine, deployment } = running();
      assertAllowed(releaseRefusal(what, strategy, deployed(mine, deployment), deployment.application));
      return {
        deployment,
        stopped: mine.controller.signal,
        stands: () => live === mine,
        countFrom: (atMs) => mine.visitors?.countFrom({ kind: 'release', release: what }, atMs),
        hold: (work) => {
          mine.replacing = settled(work);
        },
      };
    },
  });

  return {
    start: async (applicationName, topology, laboratory, settings) => {
      if (live !== null) throw new Problem('explore-active', 'A cut is deployed already.', 'Stop it first.');
      const mine: Live = {
        controller: new AbortController(),
        running: null,
        faults: new Map(),
        injecting: new Set(),
        replacing: Promise.resolve(),
        asking: false,
        laboratory,
        impacts: new Map(),
        visitors: null,
        stopWatching: () => undefined,
        starting: Promise.resolve(),
      };
      live = mine;
      update({
        ...emptyState(),
        phase: 'starting',
        topology,
        units: firstUnits(topology),
      });
      mine.starting = bringUp(mine, applicationName, topology, laboratory, settings);
      try {
        await mine.starting;
      } catch (error) {
        if (mine.controller.signal.aborted) return;
        await giveUp(mine, error);
        throw error;
      }
    },
    stop: async () => {
      const stopping = live;
      if (stopping === null) return update(emptyState());
      update({ ...state, phase: 'stopping' });
      stopping.controller.abort(new Error('stopped by the user'));
      await stopping.starting.catch(() => undefined);
      try {
        await clear(stopping);
      } finally {
        live = null;
        update(emptyState());
      }
    },
    state: () => state,
    inject: async (fault) => {
      const { mine, deployment } = running();
      const [wrong] = faultProblems(fault, deployment.application, 'fault');
      if (wrong !== undefined) throw new Problem('bad-arguments', `Field "${wrong.path}": ${wrong.problem}.`);
      assertAllowed(faultRefusal(fault, deployed(mine, deployment), deployment.application));
      const definition = faultCatalogue[fault.kind];
      const impossible = definition.impossible({ deployment, fault });
      if (impossible !== null) throw new Problem('impossible-fault', impossible);
      faultNumber += 1;
      const id = `by-hand-${faultNumber}`;
      const instances = whatIsHit(definition, { deployment, fault }).hit.map(({ instance }) => instance);
      mine.injecting.add(fault);
      try {
        const injected = await definition.inject({ deployment, fault, id, limitMs: faultLimitMs });
        mine.visitors?.countFrom({ kind: 'fault', fault }, injected.effectAtMs);
        if (definition.selfHealing) return { id };
        mine.faults.set(id, { injected, instances });
        update({ ...state, faults: [...state.faults, { id, fault, sinceMs: injected.effectAtMs }] }, true);
        return { id };
      } finally {
        mine.injecting.delete(fault);
      }
    },
    undo: async (id) => {
      const broken = live?.faults.get(id);
      if (broken === undefined) throw new Problem('not-running', 'This fault is not active any more.');
      await broken.injected.undo();
      live?.faults.delete(id);
      update({ ...state, faults: state.faults.filter((fault) => fault.id !== id) }, true);
    },
    replace: async (what) => {
      const { mine, deployment } = running();
      assertAllowed(replacementRefusal(what, deployed(mine, deployment), deployment.application));
      const begun: ExploreReplacement = { what, sinceMs: deployment.clock.nowMs(), end: null };
      const fromMs = deployment.clock.monotonicMs();
      update({ ...state, replacement: begun }, true);
      mine.visitors?.countFrom({ kind: 'replacement', replacement: what }, begun.sinceMs);
      const end = (problem: string | null, replaced: ReplacedInstance[]) => {
        if (live !== mine || state.phase !== 'running') return;
        const tookMs = deployment.clock.monotonicMs() - fromMs;
        // Who replaces what a release left half-way may have made one thing of it.
        const halfWay = state.live.halfWay && !deployment.isWhole;
        const replacement = { ...begun, end: { tookMs, problem, replaced } };
        update({ ...state, replacement, live: { ...state.live, halfWay } }, true);
      };
      const changed = carryOut(what, deployment, mine.controller.signal);
      mine.replacing = settled(changed);
      try {
        end(null, await changed);
      } catch (error) {
        if (mine.controller.signal.aborted) return;
        const { code, message, nextStep } = problemData(error);
        end(message, []);
        throw new Problem(code, message, nextStep ?? afterFailure(what), { cause: error });
      }
    },
    ask: async (asked) => {
      assertAllowed(askRefusal(state, asked.times));
      const { mine, deployment } = running();
      if (mine.asking) throw new Problem('busy', 'A question is under way.', 'Wait for its answer.');
      mine.asking = true;
      const { laboratory, controller } = mine;
      try {
        const runtime = mine.running?.runtime.kind ?? 'process';
        return await askModule(deployment, { laboratory, runtime, signal: controller.signal }, asked);
      } finally {
        mine.asking = false;
      }
    },
    document: async (unit) => {
      assertAllowed(askRefusal(state, 1));
      return documentOfUnit(running().deployment, unit);
    },
    impact: async (change) => {
      const { mine, deployment } = running();
      const impact = mine.impacts.get(change) ?? impactIn(deployment, change, mine.laboratory, mine.controller.signal);
      mine.impacts.set(change, impact);
      // Another look may find it.
      impact.catch(() => mine.impacts.delete(change));
      return impact;
    },
    releases,
    get active() {
      return live !== null;
    },
  };

  function running(): { mine: Live; deployment: Deployment } {
    const deployment = live?.running?.deployment;
    if (live === null || deployment === undefined || state.phase !== 'running') {
      throw new Problem('not-running', 'Nothing is deployed right now.', 'Deploy a cut first.');
    }
    return { mine: live, deployment };
  }

  /** What speaks for or against a replacement or a release, with what is being broken at this moment. */
  function deployed(mine: Live, { variant }: Deployment): Deployed {
    const faults = [...state.faults, ...[...mine.injecting].map((fault) => ({ fault }))];
    return { ...state, topology: variant.topology, faults };
  }

  /** Where units are broken they may be what kept the replacement from being made: whoever calls a unit has to be told of its instances. */
  function afterFailure(what: Replacement): string {
    if (state.faults.length > 0) return 'Undo what is broken, then try again.';
    return what.kind === 'replace' && what.strategy === 'recreate'
      ? 'What does not run now can be stopped and started once more.'
      : 'What served before goes on serving; try again.';
  }
}

const settled = (work: Promise<unknown>): Promise<void> =>
  work.then(
    () => undefined,
    () => undefined,
  );

function assertAllowed(refusal: Refusal | null): void {
  if (refusal !== null) throw new Problem('not-now', refusal.message, refusal.nextStep);
}
