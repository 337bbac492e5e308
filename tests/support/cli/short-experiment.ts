import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadApplication } from '../../../engine/deploy/index.ts';
import {
  namedTopology,
  presets,
  settingsSchema,
  type Application,
  type Experiment,
  type Fault,
  type Variant,
} from '../../../engine/model/index.ts';
import type { Home } from './run.ts';

const applications = path.resolve(import.meta.dirname, '..', '..', '..', 'sample-apps');

/** Two cuts of four processes together: each takes its time to start, and nothing that is shown with them depends on how many there are. */
export function twoSmallCuts(application: Application): Variant[] {
  return ['monolith', 'macroservices'].map((name) => {
    const topology = namedTopology(application, name);
    if (topology === undefined) throw new Error(`the shop has no topology "${name}"`);
    return { name, topology, settings: settingsSchema.parse({}) };
  });
}

/** Writes an experiment file with every part of a run in it, each as short as it can be, and returns its path. */
export async function shortExperiment(
  home: Home,
  changes: Partial<Experiment> = {},
  fault: Fault = { kind: 'crash', module: 'recommendations' },
): Promise<string> {
  const application = await loadApplication(applications, 'shop');
  const smoke = presets.smoke.build(application, { variants: twoSmallCuts(application) });
  const { isolation } = smoke.probes;
  if (isolation === null) throw new Error('the smoke preset breaks nothing');
  const experiment: Experiment = {
    ...smoke,
    warmUp: { minMs: 1000, maxMs: 2000, minRequests: 50 },
    // The shared machine of a test run is not quiet: the round counts as it is.
    maxRepeats: 0,
    probes: {
      ...smoke.probes,
      latency: { durationMs: 3000 },
      isolation: { ...isolation, baselineMs: 2000, faultMs: 2000, recoveryMs: 6000, faults: [fault] },
    },
    ...changes,
  };
  return write(home, experiment);
}

/** The same with nothing broken and no idle window: the shortest run that measures something, for `latencyMs`. */
export async function withoutFaults(
  home: Home,
  changes: Partial<Experiment> = {},
  latencyMs = 1000,
  windows: Experiment['probes']['latency']['windows'] = null,
): Promise<string> {
  const application = await loadApplication(applications, 'shop');
  const smoke = presets.smoke.build(application, { variants: twoSmallCuts(application) });
  return write(home, {
    ...smoke,
    warmUp: { minMs: 500, maxMs: 500, minRequests: 0 },
    maxRepeats: 0,
    probes: { ...smoke.probes, latency: { durationMs: latencyMs, windows }, resources: null, isolation: null },
    ...changes,
  });
}

function write(home: Home, experiment: Experiment): string {
  const file = path.join(home.folder, 'experiment.json');
  writeFileSync(file, JSON.stringify(experiment));
  return file;
}
