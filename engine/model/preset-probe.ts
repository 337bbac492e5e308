import { presetExperiment } from './preset-build.ts';
import type { Preset } from './preset-definition.ts';
import { probeDescriptions, type ProbeKey, type ProbePresetName } from './probe/compose.ts';
import type { ProbePreset } from './probe/preset.ts';

/** The presets that are about one probe alone, each under its name. */
export const probePresets = Object.fromEntries(
  probeDescriptions.flatMap(([key, { presets = [] }]) =>
    presets.map((preset) => [preset.name, presetOfProbe(key, preset)]),
  ),
) as Record<ProbePresetName, Preset>;

function presetOfProbe(key: ProbeKey, { experiment, ...identity }: ProbePreset<unknown>): Preset {
  return {
    ...identity,
    build: (application, options) => {
      const { variants, latency, settings, also, ...parts } = experiment(application);
      const probes = { latency, ...also, [key]: settings };
      return presetExperiment(identity, application, variants, { ...parts, probes }, options);
    },
  };
}
