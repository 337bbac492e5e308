import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployTopology, loadApplication, type SingleDeployment } from '../../engine/deploy/index.ts';
import { namedTopology, presets, type Experiment, type StormMeasurement } from '../../engine/model/index.ts';
import { measureStorm } from '../../engine/probes/storm/index.ts';
import { describeWithEngine } from '../support/engine.ts';
import { testLaboratory } from '../support/laboratory.ts';

const retriesMost = 2;

function aStorm(runtime: 'docker' | 'process') {
  const laboratory = testLaboratory();
  let running: SingleDeployment;
  let experiment: Experiment;

  beforeAll(async () => {
    const application = await loadApplication(laboratory.applicationsDirectory, 'shop');
    const topology = namedTopology(application, 'microservices');
    if (topology === undefined) throw new Error('the shop has no topology "microservices"');
    experiment = presets['retry-storm'].build(application);
    const settings = experiment.variants[0]?.settings;
    if (settings === undefined) throw new Error('the preset has no variant');
    const retries = { count: retriesMost, backoffMs: 0, jitter: 0, budget: null };
    running = await deployTopology({
      ...{ laboratory, application, topology, runtime },
      // With the fallback journeys go on, so that the spike is seen in the requests too.
      settings: {
        ...{ ...settings, tunables: {} },
        resilience: { ...settings.resilience, deadlineMs: 1000, retries, fallback: true },
      },
      session: `storm-${runtime}-${process.pid}`,
      signal: new AbortController().signal,
      onEvent: () => undefined,
    });
  });
  afterAll(async () => {
    await running?.close();
    laboratory.remove();
  });

  const storm = (): Promise<StormMeasurement | null> =>
    measureStorm(
      {
        deployment: running.deployment,
        experiment: {
          ...experiment,
          load: { ...experiment.load, deadlineMs: 5000 },
          probes: {
            ...experiment.probes,
            storm: {
              fault: { kind: 'errors', module: 'recommendations', share: 1 },
              ...{ spikeFactor: 3, baselineMs: 2000, spikeMs: 2000, recoveryMs: 1000 },
              pace: { utilisation: 0.1, gaugeMs: 2000 },
            },
          },
        },
        ...{
          machine: laboratory.machine,
          roundId: 'storm',
          seed: 1,
          signal: new AbortController().signal,
          onEvent: () => undefined,
          ledger: [],
          generators: {},
          lines: {},
        },
      },
      1,
    );

  it('finds its pace, spikes, counts what retries make of it, and leaves no fault behind', async () => {
    let seen = await storm();
    // On a machine that does other things a baseline may not be steady, and then no storm is raised.
    for (let left = 4; left > 0 && seen?.status === 'aborted'; left -= 1) seen = await storm();
    expect(seen, seen?.reason ?? '').toMatchObject({ status: 'applied', pace: { utilisation: 0.1 } });
    if (seen === null) return;
    expect(seen.pace?.journeysPerSecond).toBeGreaterThan(0);
    const seconds = ((seen.calmAtMs ?? 0) - (seen.effectAtMs ?? 0)) / 1000;
    expect(seen.spike.scheduled / seconds).toBeGreaterThan(1.5 * (seen.baseline.scheduled / 2));
    expect(seen.retries).toBeGreaterThan(0);
    expect(seen.amplification).toBeGreaterThan(1);
    expect(seen.amplification).toBeLessThan(1.1 * (1 + retriesMost));
    expect((await running.deployment.control('recommendations').faults()).faults).toEqual([]);
  });
}

describe('a retry storm in the process runtime', () => aStorm('process'));
describeWithEngine('a retry storm in the docker runtime', () => aStorm('docker'));
