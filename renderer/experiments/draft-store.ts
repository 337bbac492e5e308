import { create } from 'zustand';
import type { Experiment } from '../../engine/model/index.ts';
import { navigate } from '../shared/router.ts';
import { useWorld } from '../shared/stores.ts';

/** Experiments being edited, by name; they outlive navigation. */
export const useDrafts = create<{ drafts: Record<string, Experiment> }>(() => ({ drafts: {} }));

/** Keeps what is being edited. */
export function keepDraft(key: string, experiment: Experiment): void {
  useDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: experiment } }));
}

/** Forgets what was being edited. */
export function dropDraft(key: string): void {
  useDrafts.setState(({ drafts }) => ({
    drafts: Object.fromEntries(Object.entries(drafts).filter(([name]) => name !== key)),
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
export function openDraft(experiment: Experiment): void {
  const taken = new Set([
    ...(useWorld.getState().experiments ?? []).map((one) => one.name),
    ...Object.keys(useDrafts.getState().drafts),
  ]);
  const name = freeExperimentName(experiment.name, taken);
  keepDraft(name, { ...experiment, name });
  navigate({ page: 'experiment', name });
}
