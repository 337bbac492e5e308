import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { deployTopology, type Deployment } from '../../../engine/deploy/index.ts';
import { fakeLaboratory } from '../../../engine/deploy/testing/index.ts';
import { namedTopology, settingsSchema, type Settings } from '../../../engine/model/index.ts';
import type { RuntimeCapabilities } from '../../../engine/runtime/index.ts';
import { faultRounds } from './fault-rounds.ts';

let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

async function deployed(
  store: Settings['store'],
  capabilities: Partial<RuntimeCapabilities> = {},
): Promise<Deployment> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cleave-rounds-'));
  const applicationsDirectory = path.resolve(import.meta.dirname, '../../../sample-apps');
  const laboratory = await fakeLaboratory({
    ...{ folder, capabilities, places: { applicationsDirectory }, application: 'shop' },
  });
  const { application } = laboratory;
  const topology = namedTopology(application, 'macroservices');
  if (topology === undefined) throw new Error('no macroservices');
  const single = await deployTopology({
    ...{ laboratory, application, topology, settings: settingsSchema.parse({ store }) },
    ...{ runtime: 'auto', session: 'rounds', signal: new AbortController().signal, onEvent: () => undefined },
  });
  close = async () => {
    await single.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return single.deployment;
}

const kindsOf = (deployment: Deployment, rounds: number): string[] =>
  faultRounds(deployment, rounds).possible.map(({ kind }) => kind);
const ofServers = ['store-connections', 'store-crash', 'store-freeze', 'store-partition', 'store-starvation'];

describe('fault rounds', () => {
  it('are as many as are asked for where some faults cannot be had, and say which and why', async () => {
    const deployment = await deployed('postgres', { partition: false, cpuQuota: false });
    const { possible, leftOut } = faultRounds(deployment, 100);
    expect(possible).toHaveLength(100);
    const kinds = possible.map(({ kind }) => kind);
    for (const kind of ['store-partition', 'store-starvation']) expect(kinds).not.toContain(kind);
    expect(leftOut).toEqual([
      expect.stringMatching(/^store-partition\(orders\): .*cannot cut/),
      expect.stringMatching(/^store-starvation\(payments\): .*cannot lower/),
    ]);
  });

  it('break servers and units, even if they are few', async () => {
    const deployment = await deployed('postgres-per-unit');
    expect(kindsOf(deployment, 16)).toEqual(expect.arrayContaining(ofServers));
    expect(kindsOf(deployment, 5).filter((kind) => kind.startsWith('store-'))).toHaveLength(3);
    expect(faultRounds(deployment, 16).leftOut).toEqual([]);
  });

  it('break no server where there is none', async () => {
    const deployment = await deployed('sqlite');
    const kinds = kindsOf(deployment, 25);
    expect(kinds).toHaveLength(25);
    for (const kind of ofServers) expect(kinds).not.toContain(kind);
  });
});
