import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type Docker from 'dockerode';
import { formatOwner, thisOwner } from '../../engine/runtime/index.ts';

/** Things that look like a killed run's and are not. */
export interface LookAlikes {
  /** What has been touched; empty when all is well. */
  touched(): Promise<string[]>;
  remove(): Promise<void>;
}

/** A process that looks like a unit, a record of a living owner with its folder, and a folder that only lies beside. */
export async function plantProcesses(folder: string): Promise<LookAlikes> {
  const owner = formatOwner(await thisOwner());
  const sites = path.join(folder, 'work', 'sites');
  mkdirSync(path.join(folder, 'work'), { mode: 0o700 });
  mkdirSync(path.join(sites, '0badcafe', 'data'), { recursive: true });
  mkdirSync(path.join(sites, 'not-a-site'), { recursive: true });
  mkdirSync(path.join(folder, 'state', 'sites'), { recursive: true });
  const unit = path.join(sites, '0badcafe', 'unit.mjs');
  writeFileSync(unit, 'setInterval(() => {}, 1000);');
  const child = spawn(process.execPath, [unit], { detached: true, stdio: 'ignore', cwd: path.dirname(unit) });
  const record = path.join(folder, 'state', 'sites', '0badcafe.json');
  const processes = [{ pid: child.pid, started: '' }];
  writeFileSync(
    record,
    JSON.stringify({
      version: 1,
      session: 'look-alike',
      run: 'look-alike',
      owner,
      lease: 'look-alike',
      directory: path.dirname(unit),
      processes,
    }),
  );
  return {
    touched: async () => [
      ...(child.exitCode === null && child.signalCode === null ? [] : ['a process']),
      ...[record, unit, path.join(sites, 'not-a-site')].filter((file) => !existsSync(file)),
    ],
    remove: async () => void child.kill('SIGKILL'),
  };
}

/** Containers, networks and volumes: of a living owner, with Cleave's names and no labels, and with labels of a run and no owner. */
export async function plantOnEngine(docker: Docker, session: string): Promise<LookAlikes> {
  const here = await thisOwner();
  const owner = formatOwner(here);
  const image = await builtByTheDead(docker, session, formatOwner({ ...here, started: '1' }));
  const labels: Record<string, Record<string, string>> = {
    living: {
      'cleave.managed': 'true',
      'cleave.owner': owner,
      'cleave.lease': `${session}-living`,
      'cleave.session': session,
    },
    // From an image that Cleave built: it inherits that image's labels.
    unlabelled: {},
    ownerless: { 'cleave.managed': 'true', 'cleave.session': session },
  };
  const made: { title: string; there: () => Promise<unknown>; remove: () => Promise<unknown> }[] = [];
  for (const [kind, Labels] of Object.entries(labels)) {
    const name = `cleave-lookalike-${session}-${kind}`;
    const network = await docker.createNetwork({ Name: name, Labels });
    made.push({ title: `network ${kind}`, there: () => network.inspect(), remove: () => network.remove() });
    await docker.createVolume({ Name: name, Labels });
    const volume = docker.getVolume(name);
    made.push({ title: `volume ${kind}`, there: () => volume.inspect(), remove: () => volume.remove() });
    const container = await docker.createContainer({
      name,
      Image: image,
      Labels,
      Cmd: ['node', '-e', 'setInterval(() => {}, 1000)'],
      HostConfig: { NetworkMode: 'none', Memory: 256 * 1024 * 1024 },
    });
    await container.start();
    made.push({
      title: `container ${kind}`,
      there: async () => {
        const { State } = await container.inspect();
        if (!State.Running)
          throw new Error(`it ended with ${State.ExitCode}${State.OOMKilled ? ', out of memory' : ''}`);
      },
      remove: () => container.remove({ force: true }),
    });
  }
  return {
    touched: async () => {
      const looks = await Promise.allSettled(made.map(({ there }) => there()));
      return looks.flatMap((look, index) =>
        look.status === 'rejected' ? [`${made[index]?.title}: ${String(look.reason)}`] : [],
      );
    },
    remove: async () => {
      await Promise.allSettled(made.toReversed().map(({ remove }) => remove()));
      await docker.getImage(image).remove();
    },
  };
}

/** An image with the labels of one that a program built which is dead now: a container that a person starts from it inherits them. */
async function builtByTheDead(docker: Docker, session: string, owner: string): Promise<string> {
  const images = await docker.listImages({ filters: { label: ['cleave.base-image'], dangling: ['false'] } });
  const base = images.flatMap(({ RepoTags }) => RepoTags ?? []).find((tag) => tag.startsWith('cleave-base:node-'));
  if (base === undefined) throw new Error('the engine has no base image yet; run "cleave up" once');
  const container = await docker.createContainer({ Image: base, Cmd: ['node'] });
  try {
    const labels = { 'cleave.image': 'look-alike', 'cleave.image.owner': owner, 'cleave.image.lease': session };
    const changes = Object.entries(labels).map(([name, value]) => `LABEL ${name}=${JSON.stringify(value)}`);
    await container.commit({ repo: 'cleave-look-alike', tag: session, changes });
  } finally {
    await container.remove();
  }
  return `cleave-look-alike:${session}`;
}
