import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { namedTopology, parseTopology, settingsSchema } from '../model/index.ts';
import type { ScriptedCall } from '../runtime/testing/index.ts';
import { deployTopology, whyInNoUnit, type Deployment } from './index.ts';
import { inOrder } from './release-order.ts';
import { fakeLaboratory } from './testing/index.ts';

let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

async function deployed(name = 'microservices', instances: Record<string, number> = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'cleave-release-'));
  let script: ((call: ScriptedCall) => void) | null = null;
  const calls: ScriptedCall[] = [];
  const laboratory = await fakeLaboratory({
    folder,
    script: (call) => {
      if (script === null) return;
      calls.push(call);
      script(call);
    },
  });
  const { application } = laboratory;
  const named = namedTopology(application, name);
  if (named === undefined) throw new Error(`no ${name}`);
  const topology = { ...named, units: named.units.map((unit) => ({ ...unit, instances: instances[unit.name] })) };
  const single = await deployTopology({
    ...{ laboratory, application, topology },
    // Several instances of what writes share a server.
    settings: settingsSchema.parse(Object.keys(instances).length === 0 ? {} : { store: 'postgres' }),
    ...{ runtime: 'auto', session: 'release', signal: new AbortController().signal, onEvent: () => undefined },
  });
  close = async () => {
    await single.close();
    expect(laboratory.runtimes.flatMap((runtime) => runtime.left)).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    ...{ laboratory, application, topology, calls, deployment: single.deployment },
    watch: (next: (call: ScriptedCall) => void) => {
      script = next;
    },
  };
}

const running = ({ site }: Deployment): string[] =>
  site.units.map(({ name, instance }) => `${name}#${instance}`).toSorted();

describe('a release', () => {
  it('replaces the units whose program is another, and no other', async () => {
    const { deployment } = await deployed();
    const release = await deployment.release({ changes: ['better-work'], strategy: 'rolling' });
    expect(release).toMatchObject({
      modules: ['work'],
      changedUnits: ['work'],
      seenMs: null,
      order: 'providers-first',
    });
    expect(running(deployment)).toEqual(['extra#0', 'front#0', 'work#1']);
    expect(deployment.changes).toEqual(['better-work']);
    const { bundledMs, builtMs, replaced, replacedMs } = release;
    const marks = [
      bundledMs,
      builtMs,
      ...replaced.flatMap((one) => [one.createStartMs, one.readyMs, one.switchedMs, one.removedMs]),
      replacedMs,
    ];
    expect(marks).toEqual(marks.toSorted((a, b) => a - b));
    const next = await deployment.release({ changes: ['better-work', 'best-work'], strategy: 'rolling' });
    expect([next.changedUnits, running(deployment)]).toEqual([['work'], ['extra#0', 'front#0', 'work#2']]);
    const once = await deployment.takeBack({ strategy: 'rolling' });
    expect([once.changedUnits, deployment.changes, once.builtMs]).toEqual([['work'], ['better-work'], 0]);
    const back = await deployment.release({ changes: [], strategy: 'recreate' });
    expect([back.changedUnits, deployment.changes, running(deployment)]).toEqual([
      ['work'],
      [],
      ['extra#0', 'front#0', 'work#3'],
    ]);
    expect((await deployment.release({ changes: [], strategy: 'rolling' })).replaced).toEqual([]);
  });

  it('of one program replaces it once, whatever it changes', async () => {
    const { deployment } = await deployed('monolith');
    const release = await deployment.release({ changes: ['louder'], strategy: 'rolling' });
    expect(release).toMatchObject({ modules: ['front', 'extra'], changedUnits: ['all'] });
    expect(release.seenMs).not.toBeNull();
    expect(release.seenMs ?? 0).toBeGreaterThanOrEqual(release.builtMs);
  });

  it('goes in the order asked for, and to those asked for', async () => {
    const { deployment, topology, application } = await deployed();
    expect(inOrder(topology, application, 'providers-first')).toEqual(['work', 'extra', 'front']);
    const order = async (which: 'providers-first' | 'callers-first', changes: string[]) =>
      (await deployment.release({ changes, strategy: 'rolling', order: which })).replaced.map(({ unit }) => unit);
    expect(await order('providers-first', ['louder'])).toEqual(['extra', 'front']);
    expect(await order('callers-first', [])).toEqual(['front', 'extra']);
    const alone = await deployment.release({ changes: ['louder'], strategy: 'rolling', units: ['extra'] });
    expect([alone.changedUnits.toSorted(), alone.replaced.map(({ unit }) => unit)]).toEqual([
      ['extra', 'front'],
      ['extra'],
    ]);
    const rest = await deployment.release({ changes: ['louder'], strategy: 'rolling' });
    expect(rest.replaced.map(({ unit }) => unit)).toEqual(['front']);
  });

  it('that fails half-way is known to have got that far: what is released next reaches every unit that is not as it shall be', async () => {
    for (const topology of [undefined, { work: 2 }]) {
      const { deployment, watch } = await deployed('microservices', topology);
      const changes = topology === undefined ? ['louder'] : ['better-work'];
      let starts = 0;
      watch(({ call }) => {
        if (call === 'start-unit' && ++starts === 2) throw new Error('the engine stumbled');
      });
      await expect(deployment.release({ changes, strategy: 'rolling' })).rejects.toThrow('the engine stumbled');
      watch(() => undefined);
      expect(deployment.changes).toEqual([]);
      const [unit = '', instances = 1] = topology === undefined ? ['extra'] : ['work', 2];
      const back = await deployment.release({ changes: [], strategy: 'rolling' });
      expect([back.changedUnits, back.replaced.map((one) => one.unit)]).toEqual([
        [unit],
        Array.from({ length: instances }, () => unit),
      ]);
      await close();
    }
  });

  it('that leaves a unit with nothing that serves is taken back to what was live before it', async () => {
    const { deployment, watch } = await deployed();
    await deployment.release({ changes: ['better-work'], strategy: 'rolling' });
    watch(({ call }) => {
      if (call === 'start-unit') throw new Error('the engine stumbled');
    });
    const next = deployment.release({ changes: ['better-work', 'best-work'], strategy: 'recreate' });
    await expect(next).rejects.toThrow('the engine stumbled');
    watch(() => undefined);
    expect([deployment.isWhole, deployment.serving('work')]).toEqual([false, []]);
    const back = await deployment.takeBack({ strategy: 'recreate' });
    expect([back.changes, back.changedUnits, deployment.isWhole]).toEqual([['better-work'], ['work'], true]);
    expect((await deployment.takeBack({ strategy: 'recreate' })).changes).toEqual([]);
    await expect(deployment.takeBack({ strategy: 'recreate' })).rejects.toThrow('nothing was released');
  });

  it('is one at a time, from the edit until it is seen', async () => {
    const { deployment } = await deployed();
    const first = deployment.release({ changes: ['louder'], strategy: 'rolling' });
    await expect(deployment.release({ changes: ['better-work'], strategy: 'rolling' })).rejects.toThrow(
      'instances are being replaced already; wait for the end of that',
    );
    await first;
    expect(deployment.changes).toEqual(['louder']);
  });

  it('shows nothing by what was to be seen before: going back to an earlier change is not live before it is there', async () => {
    const { deployment } = await deployed();
    await deployment.release({ changes: ['louder'], strategy: 'rolling' });
    await deployment.release({ changes: ['louder', 'better-work'], strategy: 'rolling' });
    const back = await deployment.release({ changes: ['louder'], strategy: 'rolling' });
    expect([back.replaced.length > 0, back.modules, back.seenMs]).toEqual([true, ['work'], null]);
  });

  it('of some units only starts the others as they were where all are started anew, and need not be seen', async () => {
    const { deployment } = await deployed();
    const how = { changes: ['louder'], strategy: 'blue-green' } as const;
    const alone = await deployment.release({ ...how, units: ['extra'] });
    expect([alone.replaced.length, alone.leftUnits, alone.seenMs]).toEqual([3, ['front'], null]);
    await expect(deployment.release({ ...how, units: ['work'] })).rejects.toThrow(
      'of work nothing becomes another program by this release; it gets into front',
    );
    const rest = await deployment.release({ ...how, strategy: 'rolling' });
    expect([rest.changedUnits, rest.seenMs === null]).toEqual([['front'], false]);
  });

  it('is built anew each time, unless what was built before may be taken', async () => {
    const { deployment, calls, watch } = await deployed();
    watch(() => undefined);
    const builds = async (isBuiltBefore?: boolean): Promise<number> => {
      calls.length = 0;
      await deployment.release({ changes: ['better-work'], strategy: 'rolling', isBuiltBefore });
      await deployment.takeBack({ strategy: 'rolling' });
      return calls.filter(({ call }) => call === 'build').length;
    };
    expect([await builds(), await builds(), await builds(true), await builds(true)]).toEqual([1, 1, 0, 0]);
  });

  it('bundles what it edits and nothing else: what units were made of is known, whatever became of the sources since', async () => {
    const { deployment, laboratory } = await deployed();
    const bundle = laboratory.bundle.bind(laboratory);
    const bundled: string[][] = [];
    laboratory.bundle = (application, units, options) => {
      bundled.push(units.map(({ name }) => name));
      return bundle(application, units, options);
    };
    await deployment.release({ changes: ['better-work'], strategy: 'rolling' });
    expect(bundled).toEqual([['work']]);
  });

  it('that gets into no unit is refused at once, and nothing is replaced', async () => {
    const { deployment, laboratory } = await deployed();
    const other = '/application/extra/main.go';
    laboratory.edit = async () => ({ files: new Map([[other, '']]), modules: new Map([['extra', [other]]]) });
    const fromMs = laboratory.clock.nowMs();
    await expect(deployment.release({ changes: ['louder'], strategy: 'blue-green' })).rejects.toThrow(
      '"louder" gets into no unit of this cut, and nothing was replaced: no program is made of the files that it edits',
    );
    expect(laboratory.clock.nowMs() - fromMs).toBeLessThan(1000);
    expect([deployment.changes, running(deployment)]).toEqual([[], ['extra#0', 'front#0', 'work#0']]);
    // Where nothing could be seen anyway there is nothing to wait for.
    expect((await deployment.release({ changes: ['better-work'], strategy: 'rolling' })).replaced).toEqual([]);
  });

  it('that is live already is released to nobody, and refused for nothing', async () => {
    const { deployment } = await deployed();
    const louder = { changes: ['louder'], strategy: 'rolling' } as const;
    await deployment.release(louder);
    expect(await deployment.release(louder)).toMatchObject({ changedUnits: [], replaced: [], seenMs: null });
  });

  it('that nobody can see is told, and stands', async () => {
    const { deployment } = await deployed();
    await expect(deployment.release({ changes: ['unseen'], strategy: 'rolling' })).rejects.toThrow(
      'the release is there and 10 s later no answer shows it',
    );
    expect(deployment.changes).toEqual(['unseen']);
  });

  it.each(['stumbles', 'is cancelled'])(
    'that %s at any call leaves every unit with one instance that serves',
    async (what) => {
      const first = await deployed();
      first.watch(() => undefined);
      await first.deployment.release({ changes: ['louder'], strategy: 'rolling' });
      const points = first.calls.length;
      await close();
      expect(points).toBeGreaterThan(5);
      for (let index = 0; index < points; index += 1) {
        const { deployment, topology, watch } = await deployed();
        const cancelled = new AbortController();
        let at = 0;
        watch(() => {
          if (at++ !== index) return;
          if (what === 'stumbles') throw new Error('the engine stumbled');
          cancelled.abort(new Error('changed my mind'));
        });
        const { signal } = cancelled;
        await deployment.release({ changes: ['louder'], strategy: 'rolling', signal }).catch(() => undefined);
        watch(() => undefined);
        for (const { name } of topology.units) expect(deployment.serving(name), `${name} at ${index}`).toHaveLength(1);
        await deployment.release({ changes: [], strategy: 'rolling' });
        expect(deployment.changes).toEqual([]);
        await close();
      }
    },
  );
});

it('a change is in no program of a cut where what it edits is of no unit, or of a language that its unit is not in', () => {
  const cut = parseTopology('cut=front:front|work@go:work|extra@python:extra');
  const nothing = 'no program is made of the files that it edits';
  expect(whyInNoUnit(cut, [])).toBe(nothing);
  expect(whyInNoUnit(cut, ['front'])).toBe(nothing);
  expect(whyInNoUnit(cut, ['work'])).toBe(`${nothing}: they are of work, which runs in Go there`);
  expect(whyInNoUnit(cut, ['work', 'front', 'extra'])).toBe(
    `${nothing}: they are of work, which runs in Go there, and of extra, which runs in Python there`,
  );
});
