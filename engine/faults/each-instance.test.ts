import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { deployTopology, type Deployment } from '../deploy/index.ts';
import { fakeLaboratory } from '../deploy/testing/index.ts';
import { namedTopology, type Fault, type FaultKind } from '../model/index.ts';
import type { ScriptedCall } from '../runtime/testing/index.ts';
import { faultCatalogue } from './index.ts';

let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

/** Three instances of the unit of `extra`. */
async function deployed(script: (call: ScriptedCall) => void = () => undefined): Promise<Deployment> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cleave-each-'));
  const laboratory = await fakeLaboratory({ folder, script });
  const { application } = laboratory;
  const named = namedTopology(application, 'microservices');
  if (named === undefined) throw new Error('no microservices');
  const units = named.units.map((unit) => (unit.name === 'extra' ? { ...unit, instances: 3 } : unit));
  const single = await deployTopology({
    ...{ laboratory, application, topology: { ...named, units } },
    ...{ runtime: 'auto', session: 'each', signal: new AbortController().signal, onEvent: () => undefined },
  });
  close = async () => {
    await single.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return single.deployment;
}

const inject = (deployment: Deployment, fault: Fault) =>
  faultCatalogue[fault.kind].inject({ deployment, fault, id: 'a-fault', limitMs: 60_000 });
const statesOf = (deployment: Deployment) =>
  Promise.all(deployment.serving('extra').map(async (unit) => (await unit.status()).state));
const hooksIn = (deployment: Deployment) =>
  Promise.all(
    deployment
      .serving('extra')
      .map(async ({ name, instance }) => (await deployment.control(name, instance).faults()).faults.length),
  );

describe('a fault of a unit with three instances', () => {
  it.each<[FaultKind, string]>([
    ['crash-stays-down', 'stopped'],
    ['freeze', 'paused'],
  ])('%s hits all of them, or one, and is undone in each', async (kind, state) => {
    const deployment = await deployed();
    const all = await inject(deployment, { kind, module: 'extra' });
    expect(await statesOf(deployment)).toEqual([state, state, state]);
    expect(await all.remaining()).toContain('unit "extra" is');
    await all.undo();
    expect(await statesOf(deployment)).toEqual(['running', 'running', 'running']);
    expect(await all.remaining()).toBeNull();
    const one = await inject(deployment, { kind, module: 'extra', instances: 'one' });
    expect(await statesOf(deployment)).toEqual([state, 'running', 'running']);
    await one.undo();
    expect(await statesOf(deployment)).toEqual(['running', 'running', 'running']);
  });

  it('at a module`s boundary hits all of them, or one', async () => {
    const deployment = await deployed();
    const all = await inject(deployment, { kind: 'errors', module: 'extra', share: 1 });
    expect(await hooksIn(deployment)).toEqual([1, 1, 1]);
    await all.undo();
    const one = await inject(deployment, { kind: 'errors', module: 'extra', share: 1, instances: 'one' });
    expect(await hooksIn(deployment)).toEqual([1, 0, 0]);
    await one.undo();
    expect(await hooksIn(deployment)).toEqual([0, 0, 0]);
  });

  it('cuts all of them off, and is not done where it cannot be done to one', async () => {
    const cut: (string | null)[] = [];
    let failing = false;
    const deployment = await deployed(({ call, unit, nth }) => {
      if (call === 'disconnect') cut.push(unit);
      if (failing && call === 'pause' && nth === 2) throw new Error('the engine stumbled');
    });
    const partition = await inject(deployment, { kind: 'partition', module: 'extra', peer: 'front' });
    expect(cut).toEqual(['extra', 'extra', 'extra']);
    await partition.undo();
    failing = true;
    await expect(inject(deployment, { kind: 'freeze', module: 'extra' })).rejects.toThrow('the engine stumbled');
    expect(await statesOf(deployment)).toEqual(['running', 'running', 'running']);
  });
});
