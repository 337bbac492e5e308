import {
  replacementRefusal,
  orderOf,
  own,
  releaseRefusal,
  touches,
  type ExploreImpact,
  type ExploreRelease,
  type ExploreState,
  type ExploreUnit,
  type ExploreVisitors,
  type Fault,
  type Replacement,
  type ReleaseByHand,
  type ReplacedInstance,
  type ReplacementStrategy,
  type Topology,
} from '../../engine/model/index.ts';
import type { Emitter } from './emitter.ts';
import { shop } from './shop.ts';

export const idleExplore: ExploreState = {
  phase: 'idle',
  runtime: null,
  topology: null,
  url: null,
  units: [],
  replacement: null,
  release: null,
  live: { changes: [], halfWay: false },
  faults: [],
  visitors: null,
  problem: null,
  logs: [],
};

/** A deployment that starts, can be broken and stops. */
export interface FakeExplore {
  state(): ExploreState;
  start(topology: Topology): void;
  stop(): void;
  inject(fault: Fault): string;
  undo(id: string): void;
  replace(what: Replacement): Promise<void>;
  impact(change: string): Promise<ExploreImpact>;
  release(change: string, strategy: ReplacementStrategy): Promise<void>;
  takeBack(): Promise<void>;
  cancelRelease(): void;
}

export function makeFakeExplore(emitter: Emitter): FakeExplore {
  let state = idleExplore;
  let ticks = 0;
  let cancelled = false;
  const set = (next: Partial<ExploreState>): void => {
    state = { ...state, ...next };
    emitter.emit('explore:changed', state);
  };
  const broken = (module: string): boolean => state.faults.some((one) => one.fault.module === module);
  const tick = (): void => {
    if (state.phase !== 'running') return;
    ticks += 1;
    const units = state.units.map((unit, index) => ({
      ...unit,
      ...(unit.state === 'creating'
        ? {}
        : { state: unit.modules.some(broken) ? ('faulted' as const) : ('ready' as const) }),
      cpuShare: 0.01 + 0.015 * Math.abs(Math.sin(ticks / 3 + index)),
      memoryBytes: (46 + unit.modules.length * 5 + index) * 2 ** 20,
    }));
    const visitors = withVisits(state);
    const unit = units[ticks % Math.max(1, units.length)];
    const line = {
      atMs: Date.now(),
      unit: unit?.name ?? '',
      stream: 'stdout' as const,
      line: `GET /health/ready 200 ${((ticks % 7) / 10 + 0.4).toFixed(1)} ms`,
    };
    set({ units, visitors, logs: [...state.logs.slice(-400), line] });
  };
  setInterval(tick, 1000);
  const perform = async (what: ReleaseByHand, strategy: ReplacementStrategy): Promise<void> => {
    const { topology } = state;
    const change = own(shop.changes ?? {}, what.change);
    if (topology === null || change === undefined) return;
    const refusal = releaseRefusal(what, strategy, { ...state, topology }, shop);
    if (refusal !== null) throw new Error(refusal.message);
    cancelled = false;
    const sinceMs = Date.now();
    const begun: ExploreRelease = {
      ...{ what, strategy, sinceMs, going: what.change, stage: 'bundling', units: [], end: null },
    };
    const tell = (next: Partial<ExploreRelease>) => set({ release: { ...(state.release ?? begun), ...next } });
    set({
      release: begun,
      visitors: { since: { atMs: sinceMs, cause: { kind: 'release', release: what } }, endpoints: [] },
    });
    const names = unitsOf(topology, what.change);
    const order = orderOf(change.kind)[what.kind === 'release' ? 'there' : 'back'];
    const units = (order === 'providers-first' ? names : names.toReversed()).map((name) => ({
      ...{ name, state: 'waits' as const },
    }));
    const end = (problem: string | null): void =>
      tell({
        end: {
          ...{ tookMs: Date.now() - sinceMs, problem, cancelled },
          marks:
            problem === null && what.kind === 'release'
              ? { bundledMs: 310, builtMs: 640, replacedMs: Date.now() - sinceMs, seenMs: change.check ? 3120 : null }
              : null,
        },
      });
    if (what.kind === 'release') {
      await later(700);
      tell({ stage: 'building', units });
      await later(900);
    }
    tell({ stage: 'replacing', units });
    for (const { name } of units) {
      for (const now of ['starts', 'ready', 'ended'] as const) {
        if (cancelled) return end('it was cancelled');
        tell({ units: (state.release ?? begun).units.map((one) => (one.name === name ? { name, state: now } : one)) });
        await later(800);
        if (now === 'starts' && change.kind === 'bug-unready' && what.kind === 'release') {
          const problem = `unit "${name}" ended with code 1 before it was ready`;
          end(problem);
          throw new Error(problem);
        }
      }
    }
    set({ live: { changes: what.kind === 'release' ? [what.change] : [], halfWay: false } });
    end(null);
    tick();
  };
  return {
    state: () => state,
    start(topology) {
      const units = topology.units.flatMap(({ name, modules, instances = 1 }) =>
        Array.from({ length: instances }, (_, instance) => nextInstance({ name, modules }, instance)),
      );
      set({ ...idleExplore, phase: 'starting', runtime: 'docker', topology, units });
      setTimeout(() => {
        set({ phase: 'running', url: 'http://127.0.0.1:41873/', units: state.units.map(ready) });
        tick();
      }, 1400);
    },
    stop() {
      set({ phase: 'stopping' });
      setTimeout(() => set(idleExplore), 900);
    },
    inject(fault) {
      const id = `fault-${Date.now()}`;
      const sinceMs = Date.now();
      set({
        faults: [...state.faults, { id, fault, sinceMs }],
        visitors: { since: { atMs: sinceMs, cause: { kind: 'fault', fault } }, endpoints: [] },
      });
      tick();
      return id;
    },
    undo(id) {
      set({ faults: state.faults.filter((one) => one.id !== id) });
      tick();
    },
    impact: async (change) => {
      await later(350);
      return { modules: modulesOf(change), units: unitsOf(state.topology, change) };
    },
    release: (change, strategy) => perform({ kind: 'release', change }, strategy),
    takeBack: () =>
      perform({ kind: 'take-back', change: state.live.changes.at(-1) ?? '' }, state.release?.strategy ?? 'rolling'),
    cancelRelease() {
      cancelled = true;
    },
    async replace(what) {
      const { topology } = state;
      const refusal = topology === null ? null : replacementRefusal(what, { ...state, topology }, shop);
      if (refusal !== null) throw new Error(refusal.message);
      const sinceMs = Date.now();
      const meant = state.units.filter((unit) => touches(what, unit.name));
      const come = what.kind === 'take-back' ? [] : what.kind === 'add' ? meant.slice(-1) : meant;
      const go = what.kind === 'add' ? [] : what.kind === 'take-back' ? meant.slice(-1) : meant;
      const highest = (name: string): number =>
        Math.max(...state.units.filter((unit) => unit.name === name).map(({ instance }) => instance));
      const fresh = come.map((unit) => nextInstance(unit, unit.instance + highest(unit.name) + 1));
      set({
        units: sorted([...state.units, ...fresh]),
        replacement: { what, sinceMs, end: null },
        visitors: { since: { atMs: sinceMs, cause: { kind: 'replacement', replacement: what } }, endpoints: [] },
      });
      await new Promise((resolve) => setTimeout(resolve, 2200));
      const replaced =
        what.kind === 'replace' ? go.map((unit, index) => marked(unit, fresh[index]?.instance ?? 0)) : [];
      set({
        units: state.units
          .filter((unit) => !go.some(({ name, instance }) => name === unit.name && instance === unit.instance))
          .map(ready),
        replacement: { what, sinceMs, end: { tookMs: Date.now() - sinceMs, problem: null, replaced } },
      });
      tick();
    },
  };
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Modules that stand for what a change edits: the first whose name its own begins with. */
function modulesOf(change: string): string[] {
  const found = Object.keys(shop.modules).find((module) => change.startsWith(module.slice(0, 4)));
  return found === undefined ? ['catalog', 'storefront'] : [found];
}

function unitsOf(topology: Topology | null, change: string): string[] {
  const modules = modulesOf(change);
  return (topology?.units ?? [])
    .filter((unit) => unit.modules.some((module) => modules.includes(module)))
    .map(({ name }) => name);
}

function nextInstance({ name, modules }: Pick<ExploreUnit, 'name' | 'modules'>, instance: number): ExploreUnit {
  return { ...{ name, modules, instance }, state: 'creating', cpuShare: null, memoryBytes: null, restarts: 0 };
}

const ready = (unit: ExploreUnit): ExploreUnit => ({ ...unit, state: 'ready' });

function sorted(units: ExploreUnit[]): ExploreUnit[] {
  const names = [...new Set(units.map(({ name }) => name))];
  return units.toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name) || a.instance - b.instance);
}

function marked({ name, instance }: ExploreUnit, to: number): ReplacedInstance {
  return {
    ...{ unit: name, from: instance, to, createStartMs: 12, createdMs: 240, startedMs: 610 },
    ...{ readyMs: 1430, switchedMs: 1480, drainedMs: 1810, removedMs: 2170 },
  };
}

/** A second more of visits to the shop. */
function withVisits({ visitors, faults }: ExploreState): ExploreVisitors {
  const endpoints = Object.entries(shop.endpoints).map(([name, { needs }]) => {
    const before = visitors?.endpoints.find((one) => one.name === name) ?? { asked: 0, failed: 0 };
    const failingNow = faults.some(({ fault }) => own(needs, fault.module) === 'required');
    return { name, asked: before.asked + 3, failed: before.failed + (failingNow ? 3 : 0), failingNow };
  });
  return { since: visitors?.since ?? null, endpoints };
}
