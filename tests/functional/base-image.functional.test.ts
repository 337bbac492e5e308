import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import Docker from 'dockerode';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureBaseImage, type BaseImage } from '../../engine/runtime/docker/base-image/index.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';

const INSIDE = `
  const { DatabaseSync } = require('node:sqlite');
  const store = new DatabaseSync('/tmp/store.sqlite');
  store.exec('create table t (a); insert into t values (42)');
  require('node:dns').lookup(process.env.PEER, (error, address) => {
    console.log(JSON.stringify({
      node: process.versions.node,
      user: require('node:os').userInfo().username,
      stored: store.prepare('select a from t').get().a,
      ciphers: require('node:https') && require('node:tls').getCiphers().length > 0,
      address: error ? error.message : address,
    }));
  });`;

describeWithEngine('the base image', () => {
  const labels = { 'cleave.test': 'base-image' };
  let docker: Docker;
  let workDir: string;
  let image: BaseImage;
  let network: Docker.Network;

  beforeAll(async () => {
    docker = new Docker({ socketPath: testDockerHost().replace('unix://', '') });
    workDir = await mkdtemp(path.join(os.tmpdir(), 'cleave-base-image-'));
    image = await ensureBaseImage(docker, { workDir });
    network = await docker.createNetwork({ Name: path.basename(workDir), Labels: labels });
  });
  afterAll(async () => {
    await network.remove();
    await rm(workDir, { recursive: true, force: true });
  });

  it('is the same one the second time, and leaves no temporary files', async () => {
    const again = await ensureBaseImage(docker, { workDir });
    expect(again).toEqual({ ...image, origin: 'local' });
    expect(await readdir(workDir)).toEqual([]);
  });

  it('runs Node with a store, TLS and names of its network, as an ordinary user on a read-only root', async () => {
    const peerName = `${path.basename(workDir)}-peer`;
    const common = { Image: image.reference, Entrypoint: ['node'], User: '1000:1000', Labels: labels };
    const peer = await docker.createContainer({
      ...common,
      name: peerName,
      Cmd: ['-e', 'setTimeout(() => {}, 60_000)'],
      HostConfig: { Init: true, NetworkMode: network.id, AutoRemove: true },
    });
    await peer.start();
    const output = new PassThrough();
    const chunks: Buffer[] = [];
    output.on('data', (chunk: Buffer) => chunks.push(chunk));
    const container = await docker.createContainer({
      ...common,
      Cmd: ['-e', INSIDE],
      Env: [`PEER=${peerName}`],
      HostConfig: {
        NetworkMode: network.id,
        ReadonlyRootfs: true,
        Tmpfs: { '/tmp': '' },
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges'],
      },
    });
    try {
      const stream = await container.attach({ stream: true, stdout: true, stderr: true });
      docker.modem.demuxStream(stream, output, output);
      await container.start();
      await container.wait();
    } finally {
      await Promise.all([container.remove({ force: true }), peer.remove({ force: true })]);
    }
    expect(JSON.parse(Buffer.concat(chunks).toString())).toEqual({
      node: image.nodeVersion,
      user: 'node',
      stored: 42,
      ciphers: true,
      address: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/),
    });
  });
});
