import { own, type ExploreState, type ExploreVisitors, type Fault, type Topology } from '../../engine/model/index.ts';
import type { Emitter } from './emitter.ts';
import { shop } from './shop.ts';

export const idleExplore: ExploreState = {
  phase: 'idle',
  runtime: null,
  topology: null,
  url: null,
  units: [],
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
}

export function makeFakeExplore(emitter: Emitter): FakeExplore {
  let state = idleExplore;
  let ticks = 0;
  const set = (change: Partial<ExploreState>): void => {
    state = { ...state, ...change };
    emitter.emit('explore:changed', state);
  };
  const broken = (module: string): boolean => state.faults.some((one) => one.fault.module === module);
  const tick = (): void => {
    if (state.phase !== 'running') return;
    ticks += 1;
    const units = state.units.map((unit, index) => ({
      ...unit,
      state: unit.modules.some(broken) ? ('faulted' as const) : ('ready' as const),
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
  return {
    state: () => state,
    start(topology) {
      const units = topology.units.map((unit) => ({
        ...unit,
        state: 'starting' as const,
        cpuShare: null,
        memoryBytes: null,
        restarts: 0,
      }));
      set({ ...idleExplore, phase: 'starting', runtime: 'docker', topology, units });
      setTimeout(() => {
        set({ phase: 'running', url: 'http://127.0.0.1:41873/' });
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
        visitors: { since: { atMs: sinceMs, fault }, endpoints: [] },
      });
      tick();
      return id;
    },
    undo(id) {
      set({ faults: state.faults.filter((one) => one.id !== id) });
      tick();
    },
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
