import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
async function deployed(options: Partial<FakeLaboratoryOptions> = {}, instances: Record<string, number> = {}) {
  const laboratory = await fakeLaboratory({ folder, ...options });
  const told: ExploreState[] = [];
  const waiting = new Set<() => void>();
  const explorer = openExplorer((state) => {
    told.push(state);
    for (const look of waiting) look();
  });
  const seen = (hold: (state: ExploreState) => boolean) =>
    new Promise<ExploreState>((resolve) => {
      const look = () => {
        const state = explorer.state();
        if (!hold(state)) return;
        waiting.delete(look);
        resolve(state);
      };
      waiting.add(look);
      look();
    });
  const until = (phase: ExploreState['phase']) => seen((state) => state.phase === phase);
  const visited = (hold: (visitors: ExploreVisitors) => boolean) =>
    seen(({ visitors }) => visitors !== null && hold(visitors));
  const named = namedTopology(laboratory.application, 'microservices');
  if (named === undefined) throw new Error('the application has no such topology');
  const topology = { ...named, units: named.units.map((unit) => ({ ...unit, instances: instances[unit.name] })) };
  const settings = appSettingsSchema.parse({});
  const start = () => explorer.start(laboratory.application.name, topology, laboratory, settings);
  return { laboratory, explorer, told, seen, until, visited, start };
}

const instancesOf = ({ units }: ExploreState): string[] =>
  units.map(({ name, instance, state }) => `${name}#${instance} ${state}`);

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
      ({ since, endpoints }) => since?.cause.kind === 'fault' && endpoints.some(({ failed }) => failed > 0),
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

describe('the instances of a topology to look at', () => {
  it('are replaced by hand while visitors go on, and the state tells what is under way and what came of it', async () => {
    let whileOneGoes: string[] = [];
    const { explorer, start, visited } = await deployed({
      script: ({ call }) => {
        if (call === 'remove') whileOneGoes = instancesOf(explorer.state());
      },
    });
    await start();
    await visited(({ endpoints }) => endpoints.every(({ asked }) => asked > 0));
    const replacing = explorer.replace({ kind: 'replace', unit: 'work', strategy: 'rolling' });
    const what = { kind: 'replace', unit: 'work', strategy: 'rolling' };
    expect(explorer.state()).toMatchObject({
      replacement: { what, sinceMs: expect.any(Number), end: null },
      visitors: { since: { cause: { kind: 'replacement', replacement: what } } },
    });
    await replacing;
    const { replacement } = explorer.state();
    expect(replacement).toMatchObject({ what, end: { problem: null, replaced: [{ unit: 'work', from: 0, to: 1 }] } });
    const [marks] = replacement?.end?.replaced ?? [];
    expect(replacement?.end?.tookMs).toBeGreaterThanOrEqual(marks?.removedMs ?? Infinity);
    expect(instancesOf(explorer.state())).toEqual(['front#0 ready', 'work#1 ready', 'extra#0 ready']);
    expect(whileOneGoes).toEqual(['front#0 ready', 'work#0 ready', 'work#1 ready', 'extra#0 ready']);
    await visited(({ since, endpoints }) => since !== null && endpoints.every(({ asked }) => asked > 0));
    expect(explorer.state().visitors?.endpoints.filter(({ failed }) => failed > 0)).toEqual([]);
    await explorer.stop();
    expect(explorer.state().replacement).toBeNull();
  });

  it('are stopped and started anew by hand, which visitors feel', async () => {
    let slow = false;
    const { laboratory, explorer, start, visited } = await deployed({
      // Longer than what visitors take together.
      script: async ({ call }) => (slow && call === 'start-unit' ? laboratory.clock.delay(1500) : undefined),
    });
    await start();
    await visited(({ endpoints }) => endpoints.every(({ asked }) => asked > 0));
    slow = true;
    await explorer.replace({ kind: 'replace', unit: null, strategy: 'recreate' });
    expect(explorer.state().replacement?.end?.replaced).toHaveLength(3);
    await visited(({ since, endpoints }) => since !== null && endpoints.some(({ failed }) => failed > 0));
    expect(instancesOf(explorer.state())).toEqual(['front#0 ready', 'work#0 ready', 'extra#0 ready']);
    await explorer.stop();
  });

  it('are one more and one less where modules only read, and otherwise it is said why not', async () => {
    const { laboratory, explorer, start } = await deployed();
    await start();
    await explorer.replace({ kind: 'add', unit: 'extra' });
    expect(instancesOf(explorer.state())).toEqual(['front#0 ready', 'work#0 ready', 'extra#0 ready', 'extra#1 ready']);
    await explorer.replace({ kind: 'take-back', unit: 'extra' });
    expect(instancesOf(explorer.state())).toEqual(['front#0 ready', 'work#0 ready', 'extra#0 ready']);
    await expect(explorer.replace({ kind: 'take-back', unit: 'extra' })).rejects.toMatchObject({
      ...{ message: 'Extra has one instance, which stays.', nextStep: 'It can be replaced.' },
    });
    await expect(explorer.replace({ kind: 'add', unit: 'work' })).rejects.toMatchObject({
      message: 'Work writes to a store that instances can share only with PostgreSQL.',
    });
    await expect(explorer.replace({ kind: 'add', unit: 'ghost' })).rejects.toThrow('There is no unit "ghost"');
    await explorer.stop();
    expect(left(laboratory)).toEqual([]);
  });

  it('are as many as the topology says, and a fault in one of them is seen in that one', async () => {
    const { explorer, start, seen } = await deployed({}, { extra: 2 });
    await start();
    expect(instancesOf(explorer.state())).toHaveLength(4);
    const { id } = await explorer.inject({ kind: 'hang', module: 'extra', instances: 'one' });
    await seen((state) => instancesOf(state).includes('extra#0 faulted'));
    expect(instancesOf(explorer.state())).toContain('extra#1 ready');
    await explorer.undo(id);
    await seen((state) => instancesOf(state).includes('extra#0 ready'));
    await explorer.stop();
  });

  it('are not replaced where something is broken, and nothing is broken where they are replaced; elsewhere it may', async () => {
    const { explorer, start } = await deployed();
    await start();
    const { id } = await explorer.inject({ kind: 'slow', module: 'work', delayMs: 5 });
    const replaceWork = { kind: 'replace', unit: 'work', strategy: 'rolling' } as const;
    const refused = {
      nextStep: 'Undo the fault first.',
      message: expect.stringMatching(/^Something is broken in work: /),
    };
    await expect(explorer.replace(replaceWork)).rejects.toMatchObject(refused);
    await expect(explorer.replace({ ...replaceWork, unit: null })).rejects.toMatchObject(refused);
    expect(explorer.state().replacement).toBeNull();
    const replacing = explorer.replace({ kind: 'replace', unit: 'extra', strategy: 'rolling' });
    const wait = { message: 'Extra is being replaced one after another.', nextStep: 'Wait until that has ended.' };
    await expect(explorer.inject({ kind: 'hang', module: 'extra' })).rejects.toMatchObject(wait);
    await expect(explorer.replace({ kind: 'add', unit: 'front' })).rejects.toMatchObject(wait);
    const other = await explorer.inject({ kind: 'slow', module: 'front', delayMs: 5 });
    await replacing;
    await explorer.undo(id);
    await explorer.undo(other.id);
    await explorer.replace(replaceWork);
    await explorer.stop();
  });

  it('are not replaced while a fault is just being injected', async () => {
    const { explorer, start } = await deployed();
    await start();
    const injecting = explorer.inject({ kind: 'hang', module: 'work' });
    await expect(explorer.replace({ kind: 'replace', unit: 'work', strategy: 'rolling' })).rejects.toMatchObject({
      nextStep: 'Undo the fault first.',
    });
    await injecting;
    await explorer.stop();
  });

  it.each(['rolling', 'recreate', 'blue-green'] as const)(
    'that are being replaced, %s, leave nothing when all of it is stopped at any call',
    async (strategy) => {
      let reached = true;
      let at = 0;
      for (; reached; at += 1) {
        let calls = -1;
        const stops: Promise<void>[] = [];
        const { laboratory, explorer, start } = await deployed({
          script: () => {
            if (calls >= 0 && calls++ === at) stops.push(explorer.stop());
          },
        });
        await start();
        calls = 0;
        await explorer.replace({ kind: 'replace', unit: null, strategy });
        reached = stops.length > 0;
        await Promise.all(reached ? stops : [explorer.stop()]);
        expect([at, explorer.state().phase, explorer.active, left(laboratory)]).toEqual([at, 'idle', false, []]);
      }
      expect(at).toBeGreaterThan(3);
    },
  );

  it('that could not be replaced say why, what served serves on, and what was stopped can be started', async () => {
    let failing = false;
    const { explorer, start, visited } = await deployed({
      script: ({ call }) => {
        if (failing && call === 'start-unit') throw new Error('no room');
      },
    });
    await start();
    failing = true;
    await expect(explorer.replace({ kind: 'replace', unit: 'work', strategy: 'rolling' })).rejects.toMatchObject({
      message: 'no room',
      nextStep: 'What served before goes on serving; try again.',
    });
    expect(explorer.state().replacement?.end).toMatchObject({ problem: 'no room', replaced: [] });
    expect(instancesOf(explorer.state())).toEqual(['front#0 ready', 'work#0 ready', 'extra#0 ready']);
    const recreate = { kind: 'replace', unit: 'work', strategy: 'recreate' } as const;
    await expect(explorer.replace(recreate)).rejects.toMatchObject({ message: 'no room' });
    expect(instancesOf(explorer.state())).toEqual(['front#0 ready', 'extra#0 ready']);
    await expect(explorer.replace({ ...recreate, strategy: 'rolling' })).rejects.toMatchObject({
      ...{ message: 'No instance of work runs that could go on serving.', nextStep: 'Stop and start it.' },
    });
    failing = false;
    await explorer.replace(recreate);
    await visited(
      ({ since, endpoints }) => since !== null && endpoints.every(({ asked, failingNow }) => asked > 0 && !failingNow),
    );
    await explorer.stop();
  });

  it('vanish with the rest in the middle of a replacement', async () => {
    let steal = () => undefined as unknown;
    let armed = false;
    const { laboratory, explorer, start, until } = await deployed({
      script: ({ call }) => {
        if (armed && call === 'start-unit') steal();
      },
    });
    await start();
    steal = () => laboratory.runtimes[0]?.steal();
    armed = true;
    await expect(explorer.replace({ kind: 'replace', unit: 'work', strategy: 'rolling' })).rejects.toThrow(
      'Somebody else removed or ended what was running here',
    );
    expect(await until('failed')).toMatchObject({ replacement: null });
    expect([explorer.active, left(laboratory)]).toEqual([false, []]);
  });
});

describe('a change of the application to look at', () => {
  const bad = { kind: 'release', change: 'louder' } as const;

  it('is released while visitors go on, the state tells how it goes, and it is taken back', async () => {
    const { explorer, told, start, visited } = await deployed();
    await start();
    await visited(({ endpoints }) => endpoints.every(({ asked }) => asked > 0));
    expect(await explorer.impact('louder')).toEqual({ modules: ['front', 'extra'], units: ['front', 'extra'] });
    const releasing = explorer.releases.release('louder', 'rolling');
    expect(explorer.state()).toMatchObject({
      release: { what: bad, stage: 'bundling', going: 'louder', units: [], end: null },
      visitors: { since: { cause: { kind: 'release', release: bad } } },
    });
    await releasing;
    const { release, live } = explorer.state();
    expect(live).toEqual({ changes: ['louder'], halfWay: false });
    expect(release?.end).toMatchObject({ problem: null, cancelled: false });
    const { bundledMs = -1, builtMs = -1, replacedMs = -1, seenMs = -1 } = release?.end?.marks ?? {};
    expect([bundledMs, builtMs, replacedMs]).toEqual([bundledMs, builtMs, replacedMs].toSorted((a, b) => a - b));
    expect(seenMs).toBeGreaterThanOrEqual(builtMs);
    expect(release?.units).toEqual([
      { name: 'extra', state: 'ended' },
      { name: 'front', state: 'ended' },
    ]);
    expect(new Set(told.map((state) => state.release?.stage))).toContain('building');
    expect(instancesOf(explorer.state())).toEqual(['front#1 ready', 'work#0 ready', 'extra#1 ready']);
    await visited(({ since, endpoints }) => since !== null && endpoints.every(({ asked }) => asked > 0));
    expect(explorer.state().visitors?.endpoints.filter(({ failed }) => failed > 0)).toEqual([]);
    await explorer.releases.takeBack();
    expect(explorer.state()).toMatchObject({
      release: { what: { kind: 'take-back', change: 'louder' }, end: { problem: null, marks: null } },
      live: { changes: [], halfWay: false },
    });
    expect(instancesOf(explorer.state())).toEqual(['front#2 ready', 'work#0 ready', 'extra#2 ready']);
    await explorer.stop();
    expect(explorer.state()).toMatchObject({ release: null, live: { changes: [] } });
  });

  it('that builds on others comes after them and is taken back with them', async () => {
    const { explorer, told, start } = await deployed();
    await start();
    await explorer.releases.release('best-work', 'rolling');
    expect(told.map(({ release }) => release?.going)).toContain('better-work');
    expect(explorer.state().live.changes).toEqual(['better-work', 'best-work']);
    expect(explorer.state().release?.end?.marks?.seenMs).toBeNull();
    await explorer.releases.takeBack();
    expect(explorer.state().live).toEqual({ changes: [], halfWay: false });
    await explorer.stop();
  });

  it('is refused, with a reason, where something else goes on, and nothing else begins while it goes', async () => {
    const { explorer, start } = await deployed();
    await expect(explorer.releases.release('louder', 'rolling')).rejects.toThrow('Nothing is deployed right now.');
    await expect(explorer.impact('louder')).rejects.toThrow('Nothing is deployed right now.');
    await start();
    await expect(explorer.impact('ghost')).rejects.toThrow('unknown change "ghost"');
    await expect(explorer.releases.release('ghost', 'rolling')).rejects.toThrow(
      'There is no change "ghost"; there are better',
    );
    await expect(explorer.releases.takeBack()).rejects.toMatchObject({
      ...{ message: 'No change is live that could be taken back.', nextStep: 'Release one first.' },
    });
    expect(() => explorer.releases.cancel()).toThrow('No release is going on any more.');
    const { id } = await explorer.inject({ kind: 'slow', module: 'work', delayMs: 5 });
    await expect(explorer.releases.release('louder', 'rolling')).rejects.toMatchObject({
      ...{ message: expect.stringMatching(/^Something is broken in work: /), nextStep: 'Undo the fault first.' },
    });
    await explorer.undo(id);
    const replacing = explorer.replace({ kind: 'replace', unit: 'work', strategy: 'rolling' });
    await expect(explorer.releases.release('louder', 'rolling')).rejects.toMatchObject({
      ...{ message: 'Work is being replaced one after another.', nextStep: 'Wait until that has ended.' },
    });
    await replacing;
    const releasing = explorer.releases.release('louder', 'rolling');
    const wait = {
      message: '"Louder" is being released.',
      nextStep: 'Wait until that has ended, or cancel it.',
    };
    await expect(explorer.releases.release('better-work', 'rolling')).rejects.toMatchObject(wait);
    await expect(explorer.releases.takeBack()).rejects.toThrow();
    await expect(explorer.inject({ kind: 'hang', module: 'work' })).rejects.toMatchObject(wait);
    await expect(explorer.replace({ kind: 'add', unit: 'extra' })).rejects.toMatchObject(wait);
    await releasing;
    await expect(explorer.releases.release('better-work', 'rolling')).rejects.toMatchObject({
      ...{ message: '"Louder" is live.', nextStep: 'Take it back first.' },
    });
    await explorer.stop();
  });

  it('that cannot be started says why, and what served goes on serving', async () => {
    let failing = false;
    const { explorer, start, visited } = await deployed({
      script: ({ call }) => {
        if (failing && call === 'start-unit') throw new Error('no room');
      },
    });
    await start();
    await visited(({ endpoints }) => endpoints.every(({ asked }) => asked > 0));
    failing = true;
    await expect(explorer.releases.release('louder', 'rolling')).rejects.toMatchObject({
      ...{ message: 'no room', nextStep: 'What served before goes on serving.' },
    });
    expect(explorer.state()).toMatchObject({
      release: { end: { problem: 'no room', cancelled: false, marks: null } },
      live: { changes: [], halfWay: false },
    });
    expect(instancesOf(explorer.state())).toEqual(['front#0 ready', 'work#0 ready', 'extra#0 ready']);
    await visited(({ since, endpoints }) => since !== null && endpoints.every(({ asked }) => asked > 0));
    expect(explorer.state().visitors?.endpoints.filter(({ failed }) => failed > 0)).toEqual([]);
    failing = false;
    await explorer.releases.release('louder', 'rolling');
    await explorer.stop();
  });

  it('that does not fit the source, or whose edit is not there, says so without a path, and nothing is replaced', async () => {
    const here = path.join(import.meta.dirname, '..', '..', '..', 'engine', 'deploy', 'testing', 'applications');
    const applicationsDirectory = path.join(folder, 'applications');
    await cp(here, applicationsDirectory, { recursive: true });
    const { explorer, start } = await deployed({ places: { applicationsDirectory } });
    await start();
    const work = path.join(applicationsDirectory, 'pair', 'work.ts');
    await writeFile(work, 'nobody expects this');
    const change = 'change "better-work"';
    const misfit = `${change} does not apply to work.ts: the source is not as the patch expects it`;
    await expect(explorer.impact('better-work')).rejects.toThrow(misfit);
    await expect(explorer.releases.release('better-work', 'rolling')).rejects.toMatchObject({
      ...{ message: misfit, nextStep: 'What served before goes on serving.' },
    });
    await rm(path.join(applicationsDirectory, 'pair', 'changes', 'better-work.patch'));
    await expect(explorer.releases.release('better-work', 'rolling')).rejects.toThrow(
      /its patch cannot be read: [^/]+$/,
    );
    expect(explorer.state().release?.end?.problem).not.toContain(folder);
    expect(explorer.state().live).toEqual({ changes: [], halfWay: false });
    expect(instancesOf(explorer.state())).toEqual(['front#0 ready', 'work#0 ready', 'extra#0 ready']);
    await explorer.stop();
  });

  it.each(['rolling', 'recreate'] as const)('that fails half-way, %s, says so and is taken back', async (strategy) => {
    let starts = Number.NEGATIVE_INFINITY;
    const { laboratory, explorer, start } = await deployed({
      script: ({ call }) => {
        if (call === 'start-unit' && ++starts === 2) throw new Error('the engine stumbled');
      },
    });
    await start();
    starts = 0;
    await expect(explorer.releases.release('louder', strategy)).rejects.toMatchObject({
      ...{ message: 'the engine stumbled', nextStep: 'Take it back.' },
    });
    expect(explorer.state().live).toEqual({ changes: [], halfWay: true });
    await expect(explorer.releases.release('better-work', strategy)).rejects.toMatchObject({
      ...{ message: 'The last release ended half-way.', nextStep: 'Take it back first.' },
    });
    await explorer.releases.takeBack();
    expect(explorer.state()).toMatchObject({
      release: { what: { kind: 'take-back', change: 'louder' }, end: { problem: null } },
      live: { changes: [], halfWay: false },
    });
    expect(explorer.state().units).toHaveLength(3);
    await explorer.stop();
    expect(left(laboratory)).toEqual([]);
  });

  it('that nobody can see is live, and says so', async () => {
    const { explorer, start } = await deployed();
    await start();
    await expect(explorer.releases.release('unseen', 'rolling')).rejects.toMatchObject({
      message: expect.stringContaining('no answer shows it'),
      nextStep: '"Nobody sees it" is live; it can be taken back.',
    });
    expect(explorer.state().live).toEqual({ changes: ['unseen'], halfWay: false });
    await explorer.releases.takeBack();
    expect(explorer.state().live.changes).toEqual([]);
    await explorer.stop();
  });

  it('that fails after what it builds on says what is live then', async () => {
    let starts = Number.NEGATIVE_INFINITY;
    const { explorer, start } = await deployed({
      script: ({ call }) => {
        if (call === 'start-unit' && ++starts === 2) throw new Error('no room');
      },
    });
    await start();
    starts = 0;
    await expect(explorer.releases.release('best-work', 'rolling')).rejects.toMatchObject({
      ...{ message: 'no room', nextStep: '"Better work" is live; it can be taken back.' },
    });
    expect(explorer.state().live).toEqual({ changes: ['better-work'], halfWay: false });
    await explorer.releases.takeBack();
    expect(explorer.state().live).toEqual({ changes: [], halfWay: false });
    await explorer.stop();
  });

  it('is cancelled at any call, tells what serves then, and can be taken back where it got somewhere', async () => {
    const outcomes = new Set<string>();
    let reached = true;
    for (let at = 0; reached; at += 1) {
      let calls = -1;
      reached = false;
      const { laboratory, explorer, start } = await deployed({
        script: () => {
          if (calls < 0 || calls++ !== at) return;
          reached = true;
          explorer.releases.cancel();
        },
      });
      await start();
      calls = 0;
      await explorer.releases.release('louder', 'rolling');
      calls = -1;
      const { release, live } = explorer.state();
      expect(release?.end?.problem === null).toBe(release?.end?.cancelled === false);
      outcomes.add(`${release?.end?.cancelled} ${live.changes.join()} ${live.halfWay}`);
      if (live.halfWay || live.changes.length > 0) await explorer.releases.takeBack();
      expect(explorer.state().live).toEqual({ changes: [], halfWay: false });
      expect(explorer.state().units.map(({ name }) => name)).toEqual(['front', 'work', 'extra']);
      await explorer.stop();
      expect([at, left(laboratory)]).toEqual([at, []]);
    }
    expect([...outcomes]).toEqual(expect.arrayContaining(['true  false', 'true  true', 'false louder false']));
  });

  it('leaves nothing when all of it is stopped at any call', async () => {
    let reached = true;
    for (let at = 0; reached; at += 1) {
      let calls = -1;
      const stops: Promise<void>[] = [];
      const { laboratory, explorer, start } = await deployed({
        script: () => {
          if (calls >= 0 && calls++ === at) stops.push(explorer.stop());
        },
      });
      await start();
      calls = 0;
      await explorer.releases.release('best-work', 'rolling');
      reached = stops.length > 0;
      await Promise.all(reached ? stops : [explorer.stop()]);
      expect([at, explorer.state().phase, explorer.active, left(laboratory)]).toEqual([at, 'idle', false, []]);
    }
  });

  it('vanishes with the rest in the middle of a release', async () => {
    let armed = false;
    const { laboratory, explorer, start, until } = await deployed({
      script: ({ call }) => {
        if (armed && call === 'start-unit') laboratory.runtimes[0]?.steal();
      },
    });
    await start();
    armed = true;
    await expect(explorer.releases.release('louder', 'rolling')).rejects.toThrow('Somebody else removed or ended');
    expect(await until('failed')).toMatchObject({ release: null, live: { changes: [], halfWay: false } });
    expect([explorer.active, left(laboratory)]).toEqual([false, []]);
  });
});
