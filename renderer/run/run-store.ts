import { create } from 'zustand';
import type { LabEvent } from '../../engine/model/index.ts';
import { ask, listen } from '../shared/bridge.ts';
import { applyEvents } from './view/apply-events.ts';
import { emptyRun, type RunView } from './view/run-view.ts';

/** How often the window draws new events, ms: often enough to feel live, and seldom, since a drawing takes about 11 ms of a processor that is measured. */
export const drawEveryMs = 500;

export interface RunState {
  runId: string | null;
  active: boolean;
  view: RunView;
}

export const useRun = create<RunState>(() => ({ runId: null, active: false, view: emptyRun }));

let waiting: LabEvent[] = [];
let timer: ReturnType<typeof setTimeout> | null = null;

function draw(): void {
  timer = null;
  const events = waiting;
  waiting = [];
  if (events.length === 0) return;
  useRun.setState((state) => {
    const view = applyEvents(state.view, events);
    return { view, active: view.head.end === null };
  });
}

/** Takes a batch; it is drawn with the next ones, at most every `drawEveryMs`. A new run replaces the old. */
export function takeEvents(runId: string, events: readonly LabEvent[]): void {
  if (useRun.getState().runId !== runId) beginRun(runId);
  for (const event of events) waiting.push(event);
  timer ??= setTimeout(draw, drawEveryMs);
}

/** Shows `runId` from nothing, unless it is already shown. */
export function beginRun(runId: string): void {
  if (useRun.getState().runId === runId) return;
  waiting = [];
  if (timer !== null) clearTimeout(timer);
  timer = null;
  useRun.setState({ runId, active: true, view: emptyRun });
}

/** Follows the running experiment; after a reload it picks up from the snapshot. Returns the unsubscribe. */
export function followRun(): () => void {
  // Batches that come while the snapshot is on its way are already in it or newer; they wait here.
  let early: { runId: string; events: LabEvent[] }[] | null = [];
  const stop = listen('run:events', (batch) => {
    if (early === null) takeEvents(batch.runId, batch.events);
    else early.push(batch);
  });
  const release = (): void => {
    const held = early ?? [];
    early = null;
    for (const batch of held) takeEvents(batch.runId, batch.events);
  };
  ask('run:snapshot').then((snapshot) => {
    if (snapshot !== null) {
      early = early?.map((batch) => ({ ...batch, events: newerThan(snapshot.events, batch.events) })) ?? null;
      const view = applyEvents(emptyRun, snapshot.events);
      useRun.setState({ runId: snapshot.runId, active: snapshot.active && view.head.end === null, view });
    }
    release();
  }, release);
  return stop;
}

/** The events of a batch that the snapshot does not have: what follows its last event. */
export function newerThan(snapshot: readonly LabEvent[], batch: readonly LabEvent[]): LabEvent[] {
  const last = snapshot.at(-1);
  if (last === undefined) return [...batch];
  const text = JSON.stringify(last);
  const index = batch.findLastIndex((event) => event.atMs === last.atMs && JSON.stringify(event) === text);
  return index >= 0 ? batch.slice(index + 1) : batch.filter((event) => event.atMs >= last.atMs);
}
