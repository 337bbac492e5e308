import { afterEach, beforeEach, describe, expect } from 'vitest';
import { VirtualClock } from '../../engine/clock/testing/index.ts';
import type { RunningUnit, Site, UnitEvent } from '../../engine/runtime/index.ts';
import { FakeRuntime, type FakeHost } from '../../engine/runtime/testing/index.ts';
import { runtimeContract } from '../support/runtime-contract.ts';

const run = { session: 'contract', run: 'contract' };

// What is tried on the fake engine holds of real ones only as far as it keeps the same contract.
describe('the runtime made of memory', () => {
  let runtime: FakeRuntime;
  let site: Site;
  let events: UnitEvent[];
  let clock: VirtualClock;
  let hosts: Map<string, FakeHost>;

  beforeEach(async () => {
    clock = new VirtualClock();
    hosts = new Map();
    events = [];
    runtime = new FakeRuntime({
      clock,
      makeProgram: ({ unit }, host) => {
        hosts.set(unit.name, host);
        return { handle: () => ({ status: 200, body: 'up' }) };
      },
      makeCompanion: () => {
        throw new Error('no agent is needed here');
      },
    });
    const cpus = { application: [1], generator: [0] };
    site = await runtime.openSite({ run, units: ['entry', 'other'], databases: ['database'], cpus });
    site.onUnitEvent((event) => events.push(event));
  });
  afterEach(async () => {
    await site.close();
    await runtime.close();
    expect(runtime.left).toEqual([]);
  });

  const startNow = async (name: string, { instance }: { instance?: number } = {}): Promise<RunningUnit> => {
    const unit = { name, modules: [name] };
    const artifact = await runtime.build(
      { unit, application: 'test', language: 'typescript', files: {}, hash: name },
      { fresh: false, run },
    );
    return site.startUnit({
      ...{ unit, instance, artifact, environment: {}, memoryBytes: 2 ** 27 },
      published: name === 'entry',
    });
  };
  runtimeContract(() => ({
    ...{ runtime, site, events, startNow, start: startNow },
    wait: (ms) => clock.delay(ms),
    crash: async ({ name }) => {
      hosts.get(name)?.exit(1);
      await clock.delay(1000);
    },
  }));
});
