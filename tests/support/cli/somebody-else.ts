import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import Docker from 'dockerode';
import { afterAll, expect, it } from 'vitest';
import type { RuntimeKind } from '../../../engine/model/index.ts';
import { testDockerHost } from '../engine.ts';
import { eventually } from '../wait.ts';
import { makeHome, start, type Home, type Running } from './run.ts';
import { shortExperiment } from './short-experiment.ts';

/** What a run says whose things somebody else removed. */
export const vanished = /Somebody else removed or ended what was running here: /;

/** What a living process of that number has on the engine or in its home. */
export async function thingsOf(home: Home, running: Running, runtime: RuntimeKind): Promise<string[]> {
  if (runtime === 'process') return readdirSync(path.join(home.data, 'state', 'sites'));
  const docker = new Docker({ socketPath: testDockerHost().replace('unix://', '') });
  const filters = { label: ['cleave.managed=true'] };
  const [containers, networks, volumes] = await Promise.all([
    docker.listContainers({ filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
  ]);
  const all = [
    ...containers.map(({ Id, Labels }) => ({ name: Id, labels: Labels })),
    ...networks.map(({ Id, Labels }) => ({ name: Id, labels: Labels ?? {} })),
    ...volumes.Volumes.map(({ Name, Labels }) => ({ name: Name, labels: Labels })),
  ];
  const own = `${running.child.pid}|`;
  return all.filter(({ labels }) => labels['cleave.owner']?.startsWith(own) === true).map(({ name }) => name);
}

/** Somebody removes with the engine's own means what a command line of Cleave runs in containers. */
export function removedBySomebody(command: 'up' | 'compare'): void {
  it(`says that somebody else removed it, and ends as failed: ${command}`, async () => {
    const home = makeHome();
    afterAll(() => home.remove());
    const parameters =
      command === 'up'
        ? ['up', '--topology', 'macroservices', '--runtime', 'docker']
        : ['compare', '--runtime', 'docker', '--experiment', await shortExperiment(home)];
    const running = start(home, parameters);
    await running.said(command === 'up' ? /Press Ctrl-C/ : / {2}Measure response times\n/);
    const things = await thingsOf(home, running, 'docker');
    // What "docker rm" of a tidy person does, or a sweep that is wrong about the owner.
    await promisify(execFile)('node', ['-e', removal, testDockerHost(), ...things]);
    const { code, stderr } = await running.ended;
    expect(stderr).toMatch(vanished);
    expect(code).toBe(1);
    await eventually('that nothing is left', async () =>
      (await thingsOf(home, running, 'docker')).length === 0 ? true : undefined,
    );
  });
}

const removal = `
const http = require('node:http');
const [host, ...things] = process.argv.slice(1);
for (const thing of things) {
  http.request({ socketPath: host.replace('unix://', ''), method: 'DELETE', path: '/containers/' + thing + '?force=true' }).end();
}`;
