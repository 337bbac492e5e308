import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  fakeLaboratory,
  type FakeLaboratory,
  type FakeLaboratoryOptions,
} from '../../../engine/deploy/testing/index.ts';
import {
  appSettingsSchema,
  namedTopology,
  type ExploreState,
  type ExploreVisitors,
} from '../../../engine/model/index.ts';
import { openExplorer } from './explorer.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cleave-explore-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A deployed topology, and every state that was told of it. */
async function deployed(options: Partial<FakeLaboratoryOptions> = {}) {
  const laboratory = await fakeLaboratory({ folder, ...options });
  const told: ExploreState[] = [];
  const waiting = new Set<() => void>();
  const explorer = openExplorer((state) => {
    told.push(state);
    for (const look of waiting) look();
  });
  const until = (phase: ExploreState['phase']) =>
    new Promise<ExploreState>((resolve) => {
      const look = () => {
        const state = explorer.state();
        if (state.phase !== phase) return;
        waiting.delete(look);
        resolve(state);
      };
      waiting.add(look);
      look();
    });
  const visited = (hold: (visitors: ExploreVisitors) => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        const { visitors } = explorer.state();
        if (visitors === null || !hold(visitors)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const topology = namedTopology(laboratory.application, 'microservices');
  if (topology === undefined) throw new Error('the application has no such topology');
  const settings = appSettingsSchema.parse({});
  const start = () => explorer.start(laboratory.application.name, topology, laboratory, settings);
  return { laboratory, explorer, told, until, visited, start };
}

const left = ({ runtimes }: FakeLaboratory) => runtimes.flatMap((runtime) => runtime.left);

describe('a topology to look at', () => {
  it('that somebody else removes ends as failed, says so, leaves nothing, and another can be deployed', async () => {
    const { laboratory, explorer, until, start } = await deployed();
    await start();
    expect(explorer.state()).toMatchObject({ phase: 'running', problem: null });
    laboratory.runtimes[0]?.steal();
    const state = await until('failed');
    expect(state.problem).toContain('Somebody else removed or ended what was running here');
    expect([state.url, explorer.active, left(laboratory)]).toEqual([null, false, []]);
    await start();
    expect(explorer.state().phase).toBe('running');
    await explorer.stop();
    expect(left(laboratory)).toEqual([]);
  });

  it('is taken down by a stop, which is no theft', async () => {
    const { laboratory, explorer, told, start } = await deployed();
    await start();
    await explorer.stop();
    expect(told.map(({ phase }) => phase)).not.toContain('failed');
    expect([explorer.state().phase, explorer.active, left(laboratory)]).toEqual(['idle', false, []]);
  });

  it('takes no fault that can never work, and says what is allowed', async () => {
    const { explorer, start } = await deployed();
    await start();
    await expect(explorer.inject({ kind: 'hang', module: 'nowhere' })).rejects.toThrow(
      /Field "fault\.module": unknown module "nowhere"; allowed: front, work, extra/,
    );
    await expect(explorer.inject({ kind: 'hang', module: 'work', share: 0.5 })).rejects.toThrow(/Field "fault\.share"/);
    expect(explorer.state().faults).toEqual([]);
    await explorer.stop();
  });

  it('has visitors, who show who suffers from what is broken by hand', async () => {
    const { explorer, start, visited } = await deployed();
    await start();
    await visited(({ since, endpoints }) => since === null && endpoints.every(({ asked }) => asked > 0));
    expect(explorer.state().visitors?.endpoints.filter(({ failed }) => failed > 0)).toEqual([]);
    await explorer.inject({ kind: 'errors', module: 'work', share: 1 });
    await visited(
      ({ since, endpoints }) => since?.fault.module === 'work' && endpoints.some(({ failed }) => failed > 0),
    );
    await explorer.stop();
    expect(explorer.state().visitors).toBeNull();
  });

  it('that cannot be deployed says why and leaves nothing', async () => {
    const { laboratory, explorer, start } = await deployed({
      script: ({ call, unit }) => {
        if (call === 'start-unit' && unit === 'extra') throw new Error('no space for extra');
      },
    });
    await expect(start()).rejects.toThrow('no space for extra');
    expect(explorer.state()).toMatchObject({ phase: 'failed', problem: expect.stringContaining('no space for extra') });
    expect([explorer.active, left(laboratory)]).toEqual([false, []]);
  });
});
