import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import Docker from 'dockerode';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureBaseImage, nodeBase, pythonBase, type BaseImage } from '../../engine/runtime/docker/base-image/index.ts';
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

const INSIDE_PYTHON = `
import ctypes, hashlib, json, os, socket, sqlite3, ssl, sys
import http.server, threading, zlib
store = sqlite3.connect('/tmp/store.sqlite')
store.execute('create table t (a)')
store.execute('insert into t values (42)')
print(json.dumps({
  'python': '.'.join(map(str, sys.version_info[:2])),
  'user': os.getuid(),
  'stored': store.execute('select a from t').fetchone()[0],
  'ciphers': len(ssl.create_default_context().get_ciphers()) > 0,
  'hash': hashlib.sha256(b'').hexdigest()[:8],
  'compiled': os.path.exists(http.server.__cached__),
}))`;

const labels = { 'cleave.test': 'base-image' };
/** As units are held. */
const held = {
  ReadonlyRootfs: true,
  Tmpfs: { '/tmp': '' },
  CapDrop: ['ALL'],
  SecurityOpt: ['no-new-privileges'],
};

/** Runs a container to its end and gives what it wrote. */
async function outputOf(docker: Docker, options: Docker.ContainerCreateOptions): Promise<string> {
  const output = new PassThrough();
  const chunks: Buffer[] = [];
  output.on('data', (chunk: Buffer) => chunks.push(chunk));
  const container = await docker.createContainer({ User: '1000:1000', Labels: labels, ...options });
  try {
    const stream = await container.attach({ stream: true, stdout: true, stderr: true });
    docker.modem.demuxStream(stream, output, output);
    await container.start();
    await container.wait();
  } finally {
    await container.remove({ force: true });
  }
  return Buffer.concat(chunks).toString();
}

describeWithEngine('the base image of units in Python', () => {
  it('runs Python with a store, TLS and a compiled library, as an ordinary user on a read-only root', async () => {
    const docker = new Docker({ socketPath: testDockerHost().replace('unix://', '') });
    const workDir = await mkdtemp(path.join(os.tmpdir(), 'cleave-base-image-'));
    try {
      const image = await ensureBaseImage(docker, pythonBase, { workDir });
      const Cmd = ['python', '-c', INSIDE_PYTHON];
      const written = await outputOf(docker, {
        Image: image.reference,
        Cmd,
        HostConfig: { NetworkMode: 'none', ...held },
      });
      expect(JSON.parse(written)).toEqual({
        ...{ python: image.version, user: 1000, stored: 42, ciphers: true, hash: 'e3b0c442' },
        compiled: image.reference !== pythonBase.official,
      });
    } finally {
      await rm(workDir, { recursive: true, force: true });
    }
  });
});

describeWithEngine('the base image', () => {
  let docker: Docker;
  let workDir: string;
  let image: BaseImage;
  let network: Docker.Network;

  beforeAll(async () => {
    docker = new Docker({ socketPath: testDockerHost().replace('unix://', '') });
    workDir = await mkdtemp(path.join(os.tmpdir(), 'cleave-base-image-'));
    image = await ensureBaseImage(docker, nodeBase, { workDir });
    network = await docker.createNetwork({ Name: path.basename(workDir), Labels: labels });
  });
  afterAll(async () => {
    await network.remove();
    await rm(workDir, { recursive: true, force: true });
  });

  it('is the same one the second time, and leaves no temporary files', async () => {
    const again = await ensureBaseImage(docker, nodeBase, { workDir });
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
    try {
      const written = await outputOf(docker, {
        ...common,
        Cmd: ['-e', INSIDE],
        Env: [`PEER=${peerName}`],
        HostConfig: { NetworkMode: network.id, ...held },
      });
      expect(JSON.parse(written)).toEqual({
        node: image.version,
        user: 'node',
        stored: 42,
        ciphers: true,
        address: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/),
      });
    } finally {
      await peer.remove({ force: true });
    }
  });
});
