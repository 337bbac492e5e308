import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { deployTopology, lastUpMs, type Deployment } from '../deploy/index.ts';
import { fakeLaboratory } from '../deploy/testing/index.ts';
import { namedTopology, settingsSchema } from '../model/index.ts';
import type { FakeUnit } from '../runtime/testing/index.ts';
import { faultCatalogue } from './index.ts';

let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

async function deployed(): Promise<{ deployment: Deployment; server: FakeUnit }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cleave-store-crash-'));
  const laboratory = await fakeLaboratory({ folder });
  const { application } = laboratory;
  const topology = namedTopology(application, 'microservices');
  if (topology === undefined) throw new Error('no microservices');
  const single = await deployTopology({
    ...{ laboratory, application, topology, settings: settingsSchema.parse({ store: 'postgres' }) },
    ...{ runtime: 'auto', session: 'crash', signal: new AbortController().signal, onEvent: () => undefined },
  });
  close = async () => {
    await single.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const { deployment } = single;
  return { deployment, server: deployment.databaseOf('work') as FakeUnit };
}

const crash = (deployment: Deployment) =>
  faultCatalogue['store-crash'].inject({
    ...{ deployment, fault: { kind: 'store-crash', module: 'work' }, id: 'a-crash', limitMs: 60_000 },
  });
/** As of conflicts between writers, which PostgreSQL logs with the statement. */
const complain = (server: FakeUnit): void => {
  for (let line = 0; line < 1000; line += 1) server.say(`ERROR: could not serialize access ${line}`);
};

describe('a server of the store that was killed', () => {
  it('is back however much it logged before it was killed and since it was up', async () => {
    const { deployment, server } = await deployed();
    complain(server);
    const injected = await crash(deployment);
    await deployment.clock.delay(10_000);
    complain(server);
    expect(await lastUpMs(server)).toBe(-Infinity);
    expect(await injected.undo()).toBeGreaterThan(injected.effectAtMs);
    // It may be asked to be undone again.
    expect(await injected.undo()).toBeGreaterThan(injected.effectAtMs);
    expect(await injected.remaining()).toBeNull();
  });

  it('is not back before it says so', async () => {
    const { deployment, server } = await deployed();
    const injected = await crash(deployment);
    expect(await lastUpMs(server)).toBeLessThan(injected.effectAtMs);
    const undoneAtMs = await injected.undo();
    const upAtMs = await lastUpMs(server);
    expect(upAtMs).toBeGreaterThan(injected.effectAtMs);
    expect(undoneAtMs).toBeGreaterThanOrEqual(upAtMs);
  });

  it('that ended once more is started, and waited for anew', async () => {
    const { deployment, server } = await deployed();
    const injected = await crash(deployment);
    await deployment.clock.delay(10_000);
    await server.kill();
    const endedAtMs = deployment.clock.nowMs();
    const undoneAtMs = await injected.undo();
    const upAtMs = await lastUpMs(server);
    expect(upAtMs).toBeGreaterThan(endedAtMs);
    expect(undoneAtMs).toBeGreaterThanOrEqual(upAtMs);
    expect(await injected.remaining()).toBeNull();
  });
});
