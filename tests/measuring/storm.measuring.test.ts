import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployTopology, loadApplication, type SingleDeployment } from '../../engine/deploy/index.ts';
import { deriveStorm, stormPhase } from '../../engine/evaluation/index.ts';
import { namedTopology, presets, type Experiment, type Round } from '../../engine/model/index.ts';
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

  const storm = async () => {
    const lines: Round['lines'] = {};
    const measured = await measureStorm(
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
          lines,
        },
      },
      1,
    );
    if (measured === null) throw new Error('the experiment has no storm');
    return { measured, outcome: deriveStorm(measured, lines[stormPhase] ?? [], running.deployment.application) };
  };

  it('finds its pace, spikes, counts what retries make of it, and leaves no fault behind', async () => {
    let seen = await storm();
    // On a machine that does other things a baseline may not be steady, and then no storm is raised.
    for (let left = 4; left > 0 && seen.measured.status === 'aborted'; left -= 1) seen = await storm();
    const { measured, outcome } = seen;
    expect(measured, measured.reason ?? '').toMatchObject({ status: 'applied', pace: { utilisation: 0.1 } });
    if (outcome === null) throw new Error('nothing follows from the slices');
    expect(measured.pace?.journeysPerSecond).toBeGreaterThan(0);
    const seconds = ((measured.calmAtMs ?? 0) - (measured.effectAtMs ?? 0)) / 1000;
    expect(outcome.spike.scheduled / seconds).toBeGreaterThan(1.5 * (outcome.baseline.scheduled / 2));
    expect(measured.counted?.retries).toBeGreaterThan(0);
    expect(outcome.amplification).toBeGreaterThan(1);
    expect(outcome.amplification).toBeLessThan(1.1 * (1 + retriesMost));
    expect((await running.deployment.control('recommendations').faults()).faults).toEqual([]);
  });
}

describe('a retry storm in the process runtime', () => aStorm('process'));
describeWithEngine('a retry storm in the docker runtime', () => aStorm('docker'));
