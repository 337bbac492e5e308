import { create } from 'zustand';
import type { Experiment } from '../../engine/model/index.ts';
import { navigate } from '../shared/router.ts';
import { useWorld } from '../shared/stores.ts';

export interface Drafts {
  drafts: Record<string, Experiment>;
  /** Names of those that are no edits of a saved experiment. */
  fresh: ReadonlySet<string>;
  /** Names of those that somebody has changed since they were opened. */
  touched: ReadonlySet<string>;
  /** Whether those of the last time are back. */
  loaded: boolean;
}

/** Experiments being edited, by name; they outlive navigation and the window. */
export const useDrafts = create<Drafts>(() => ({ drafts: {}, fresh: new Set(), touched: new Set(), loaded: false }));

/** Keeps what is being edited. */
export function keepDraft(key: string, experiment: Experiment): void {
  useDrafts.setState(({ drafts, touched }) => ({
    drafts: { ...drafts, [key]: experiment },
    touched: new Set([...touched, key]),
  }));
}

/** Forgets what was being edited. */
export function dropDraft(key: string): void {
  useDrafts.setState(({ drafts, fresh, touched }) => ({
    drafts: Object.fromEntries(Object.entries(drafts).filter(([name]) => name !== key)),
    fresh: new Set([...fresh].filter((name) => name !== key)),
    touched: new Set([...touched].filter((name) => name !== key)),
  }));
}

/** A name like `wanted` that no experiment has yet. */
export function freeExperimentName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) {
    const name = `${wanted.slice(0, 36)}-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Opens an experiment in the editor as a new one, with a name of its own. */
export function openDraft(experiment: Experiment, options: { unasked?: boolean } = {}): void {
  const taken = new Set([
    ...(useWorld.getState().experiments ?? []).map((one) => one.name),
    ...Object.keys(useDrafts.getState().drafts),
  ]);
  const name = freeExperimentName(experiment.name, taken);
  useDrafts.setState(({ drafts, fresh }) => ({
    drafts: { ...drafts, [name]: { ...experiment, name } },
    fresh: new Set([...fresh, name]),
  }));
  navigate({ page: 'experiment', name }, options);
}
