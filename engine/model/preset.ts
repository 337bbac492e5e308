import type { Application } from './application.ts';
import type { Preset } from './preset-definition.ts';
import { faults, limits, quick, smoke, standard, thorough } from './preset-general.ts';
import { probePresets } from './preset-probe.ts';
import { crossover, fineVersusCoarse, memoryThreefold, thinHandlers } from './preset-published.ts';

/** Every preset, in the order in which they are offered. */
export const presets = {
  smoke,
  quick,
  standard,
  thorough,
  faults,
  limits,
  ...probePresets,
  'fine-versus-coarse': fineVersusCoarse,
  'thin-handlers': thinHandlers,
  crossover,
  'memory-threefold': memoryThreefold,
} satisfies Record<string, Preset>;
export type PresetName = keyof typeof presets;

/** The preset of that name. Throws when there is none, naming those there are. */
export function presetOf(name: string): Preset {
  const preset = new Map<string, Preset>(Object.entries(presets)).get(name);
  if (preset === undefined) throw new Error(`unknown preset "${name}"; allowed: ${Object.keys(presets).join(', ')}`);
  return preset;
}

/** Whether a preset makes an experiment of an application, which may lack what it needs (changes, a topology, another language). Pure. */
export function canBuild(name: PresetName, application: Application): boolean {
  try {
    presetOf(name).build(application);
    return true;
  } catch {
    return false;
  }
}
