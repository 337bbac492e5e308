import type { Environment, GateCheck } from '../../engine/model/index.ts';

export const environment: Environment = {
  cleaveVersion: '0.1.0',
  runtime: 'docker',
  runtimeReason: 'a container engine answered',
  engine: {
    name: 'Docker Engine',
    version: '20.10.24',
    apiVersion: '1.41',
    storageDriver: 'overlay2',
    operatingSystem: 'Debian GNU/Linux 12',
  },
  baseImage: {
    reference: 'cleave/base:24',
    digest: 'sha256:7d1f5b2c9e',
    origin: 'assembled from packages',
    nodeVersion: '24.21.0',
  },
  platform: 'linux',
  architecture: 'x64',
  kernel: '6.1.0',
  cpuModel: 'Test processor 2.4 GHz',
  cpus: 2,
  memoryBytes: 24 * 2 ** 30,
  nodeVersion: '24.21.0',
  applicationCpus: [0],
  generatorCpus: [1],
  applicationMemoryBytes: 2 * 2 ** 30,
  sourceHash: 'c0ffee5d1e0b',
  sourceCommit: '5f1c2ab',
  sourceDirty: false,
};

export const gate: GateCheck[] = [
  { name: 'source', title: 'Same source', status: 'pass', detail: 'both variants are built from c0ffee5d1e0b' },
  { name: 'cpu', title: 'Same total CPU', status: 'pass', detail: 'processor 0 for all units of a deployment' },
  { name: 'memory', title: 'Same total memory', status: 'pass', detail: '2 GiB for all units of a deployment' },
  { name: 'seed', title: 'Same data', status: 'pass', detail: 'seed 7, 1,000 products' },
  {
    name: 'consistency',
    title: 'Same consistency strategy',
    status: 'declared',
    detail: 'one transaction in one unit, a saga across units',
  },
  { name: 'quiet', title: 'Quiet machine', status: 'pass', detail: 'other programs used 1.1 % of the processors' },
  { name: 'kernel', title: 'Kernel recorded', status: 'unknown', detail: 'the engine does not tell its kernel' },
];
