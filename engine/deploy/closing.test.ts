import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { namedTopology, type LabEvent } from '../model/index.ts';
import type { Script } from '../runtime/testing/index.ts';
import { deployTopology } from './single.ts';
import { fakeLaboratory } from './testing/index.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cleave-closing-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function deployWith(script: Script) {
  const laboratory = await fakeLaboratory({ folder, script });
  const { application } = laboratory;
  const topology = Object.keys(application.topologies)
    .map((name) => namedTopology(application, name))
    .find((found) => found !== undefined);
  if (topology === undefined) throw new Error('the application has no topology');
  const events: LabEvent[] = [];
  const deploying = deployTopology({
    laboratory,
    application,
    topology,
    runtime: 'auto',
    session: 'closing',
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
  });
  const told = () => events.flatMap((event) => (event.type === 'message' ? [event.text] : []));
  return { deploying, laboratory, told };
}

describe('a deployment that cannot come up, and will not go either', () => {
  it.each(['build', 'start-companion', 'start-unit'] as const)('fails with its cause: %s', async (cause) => {
    const { deploying, laboratory, told } = await deployWith(({ call }) => {
      if (call === cause) throw new Error('the cause');
      if (call === 'close-site' || call === 'close') throw new Error('the consequence');
    });
    await expect(deploying).rejects.toThrow('the cause');
    expect(told()).toEqual(['the consequence']);
    expect(laboratory.runtimes[0]?.closed).toBe(false);
  });

  it('goes when the runtime is closed, if only the first try failed', async () => {
    const { deploying, laboratory, told } = await deployWith(({ call, nth }) => {
      if (call === 'start-unit') throw new Error('the cause');
      if (call === 'close-site' && nth === 1) throw new Error('the network is in use');
    });
    await expect(deploying).rejects.toThrow('the cause');
    expect(laboratory.runtimes[0]).toMatchObject({ closed: true, left: [] });
    expect(told()).toEqual([]);
  });
});

describe('closing what was deployed', () => {
  it('closes the runtime also when the deployment will not go, and tells why it would not', async () => {
    const { deploying, laboratory } = await deployWith(({ call, nth }) => {
      if (call === 'close-site' && nth === 1) throw new Error('the network is in use');
    });
    const running = await deploying;
    await expect(running.close()).rejects.toThrow('the network is in use');
    expect(laboratory.runtimes[0]).toMatchObject({ closed: true, left: [] });
  });

  it('is tried again after it failed, and done once', async () => {
    const { deploying, laboratory } = await deployWith(({ call, nth }) => {
      if ((call === 'close-site' || call === 'close') && nth === 1) throw new Error('not yet');
    });
    const running = await deploying;
    await expect(running.close()).rejects.toThrow('not yet');
    await running.close();
    const calls = () => laboratory.runtimes[0]?.calls.made.filter(({ call }) => call.startsWith('close')).length;
    const before = calls();
    await running.close();
    expect(calls()).toBe(before);
    expect(laboratory.runtimes[0]).toMatchObject({ closed: true, left: [] });
  });
});
