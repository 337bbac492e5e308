import {
  deployTopology,
  loadApplication,
  type Deployment,
  type Laboratory,
  type SingleDeployment,
} from '../../../engine/deploy/index.ts';
import { faultCatalogue, type InjectedFault } from '../../../engine/faults/index.ts';
import {
  faultProblems,
  topologyProblems,
  type AppSettings,
  type ExploreState,
  type Fault,
  type LabEvent,
  type Topology,
} from '../../../engine/model/index.ts';
import { inFull } from '../../../engine/runtime/index.ts';
import { Problem, problemData } from '../../host-protocol/index.ts';
import { emptyState, withLog, withUnitState } from './state.ts';
import { sendVisitors, type Visitors } from './visitors.ts';
import { watchUnits } from './watch-units.ts';

/** One topology, deployed without load, to look at and to break by hand. */
export interface Explorer {
  start(applicationName: string, topology: Topology, laboratory: Laboratory, settings: AppSettings): Promise<void>;
  stop(): Promise<void>;
  state(): ExploreState;
  inject(fault: Fault): Promise<{ id: string }>;
  undo(id: string): Promise<void>;
  readonly active: boolean;
}

/** A fault by hand ends by itself after ten minutes, whatever happens to this program. */
const faultLimitMs = 600_000;
const announceIntervalMs = 100;

interface Live {
  controller: AbortController;
  running: SingleDeployment | null;
  faults: Map<string, InjectedFault>;
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
    if (event.type === 'unit-state') update(withUnitState(state, event.unit, event.state));
    if (event.type === 'log') update(withLog(state, event));
  };

  const clear = async (mine: Live) => {
    mine.stopWatching();
    for (const fault of mine.faults.values()) await fault.undo().catch(() => undefined);
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
    const problem = topologyProblems(topology, application)[0];
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
      isFaulted: (unit) => [...mine.faults.values()].some((fault) => fault.unit === unit),
      onUnits: (units) => update({ ...state, units }),
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
      faults: [],
      visitors: null,
      problem: `${problemData(error).message}${left}`,
    });
  };

  return {
    start: async (applicationName, topology, laboratory, settings) => {
      if (live !== null) throw new Problem('explore-active', 'A cut is deployed already.', 'Stop it first.');
      const mine: Live = {
        controller: new AbortController(),
        running: null,
        faults: new Map(),
        visitors: null,
        stopWatching: () => undefined,
        starting: Promise.resolve(),
      };
      live = mine;
      update({
        ...emptyState(),
        phase: 'starting',
        topology,
        units: topology.units.map((unit) => ({
          ...unit,
          state: 'building',
          cpuShare: null,
          memoryBytes: null,
          restarts: 0,
        })),
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
      const deployment = running();
      const [wrong] = faultProblems(fault, deployment.application, 'fault');
      if (wrong !== undefined) throw new Problem('bad-arguments', `Field "${wrong.path}": ${wrong.problem}.`);
      const definition = faultCatalogue[fault.kind];
      const impossible = definition.impossible({ deployment, fault });
      if (impossible !== null) throw new Problem('impossible-fault', impossible);
      faultNumber += 1;
      const id = `by-hand-${faultNumber}`;
      const injected = await definition.inject({ deployment, fault, id, limitMs: faultLimitMs });
      live?.visitors?.broken(fault, injected.effectAtMs);
      if (definition.selfHealing) return { id };
      live?.faults.set(id, injected);
      update({ ...state, faults: [...state.faults, { id, fault, sinceMs: injected.effectAtMs }] }, true);
      return { id };
    },
    undo: async (id) => {
      const injected = live?.faults.get(id);
      if (injected === undefined) throw new Problem('not-running', 'This fault is not active any more.');
      await injected.undo();
      live?.faults.delete(id);
      update({ ...state, faults: state.faults.filter((fault) => fault.id !== id) }, true);
    },
    get active() {
      return live !== null;
    },
  };

  function running(): Deployment {
    const deployment = live?.running?.deployment;
    if (deployment === undefined || state.phase !== 'running') {
      throw new Problem('not-running', 'Nothing is deployed right now.', 'Deploy a cut first.');
    }
    return deployment;
  }
}
