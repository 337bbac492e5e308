import type Docker from 'dockerode';
import { z } from 'zod';
import { delay } from '../../deadline.ts';
import { EngineError, sentenceOf } from '../../errors.ts';
import { engineCall, toEngineError } from '../call.ts';
import { connect, formatEndpoint, parseEndpoint } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { signalled } from '../signalled.ts';
import { commonVersion } from './api-version.ts';
import type { BrokenChoice, Candidate } from './candidate.ts';
import { engineCandidates } from './candidates.ts';
import { certificatesByVariable } from './configuration.ts';
import { eachOnce } from './each-once.ts';
import { thisHost } from './host.ts';
import type { DiscoveryHost } from './host.ts';

/** A container engine that answers. */
export interface FoundEngine {
  docker: Docker;
  endpoint: Endpoint;
  /** As in DOCKER_HOST. */
  address: string;
  /** How the address was come by, in words. */
  source: string;
  kind: 'docker' | 'podman';
  /** Name to show: "Docker" or "Podman". */
  name: string;
  version: string;
  /** Of the API, as it is spoken with this engine; null: the engine says nothing of versions, and is asked in none. */
  apiVersion: string | null;
  operatingSystem: string;
  architecture: string;
  cpus: number;
  memoryBytes: number;
  storageDriver: string | null;
  /** What the engine can hold containers to. */
  limits: { cpuSet: boolean; cpuQuota: boolean; memory: boolean; pids: boolean; pause: boolean };
}

/** No engine answers: why, in one sentence, what to do next, and what was tried. */
export interface NoEngine {
  problem: string;
  nextStep: string;
  tried: {
    source: string;
    address: string;
    problem: string;
    /** Of one that answers and cannot be talked to. */ nextStep?: string;
  }[];
}

export interface DiscoveryOptions extends Partial<DiscoveryHost> {
  /** An engine's address; nothing else is tried then. */
  explicit?: string;
  signal?: AbortSignal;
  /** Time for an address to answer one question, ms. */
  answerLimitMs?: number;
  /** After which the next address is asked too, ms. */
  headStartMs?: number;
}

const versionSchema = z.looseObject({
  Version: z.string(),
  ApiVersion: z.string().nullish(),
  MinAPIVersion: z.string().nullish(),
  Os: z.string().default('linux'),
  Arch: z.string().default('unknown'),
  Components: z.array(z.looseObject({ Name: z.string(), Version: z.string().optional() })).nullish(),
});

const infoSchema = z.looseObject({
  NCPU: z.number().int().min(1),
  MemTotal: z.number(),
  OperatingSystem: z.string().default('unknown'),
  Driver: z.string().nullish(),
  CgroupVersion: z.string().nullish(),
  SecurityOptions: z.array(z.string()).nullish(),
  CPUSet: z.boolean().default(true),
  CpuCfsQuota: z.boolean().default(true),
  MemoryLimit: z.boolean().default(true),
  PidsLimit: z.boolean().default(true),
});

/**
 * Looks for a container engine the way the `docker` command would, then in the places where others keep theirs. Each gets a little head start over the
 * next, so that several that hang cost the time of one, and none is roused where a better one is well; the best that answers is taken. Never throws but for a cancel.
 */
export async function discoverEngine(options: DiscoveryOptions = {}): Promise<FoundEngine | NoEngine> {
  const { explicit, signal, answerLimitMs = 10_000, headStartMs = 250, ...overrides } = options;
  const host = thisHost(overrides);
  const candidates =
    explicit === undefined
      ? await eachOnce(await engineCandidates(host), host)
      : [{ source: 'the address given', address: explicit, certificates: certificatesByVariable(host) }];
  const decided = new AbortController();
  const asking = signal === undefined ? decided.signal : AbortSignal.any([signal, decided.signal]);
  let turn: Promise<unknown> = Promise.resolve();
  const answers = candidates.map((candidate) => {
    if ('problem' in candidate) return candidate;
    const answer = turn.then(() => interview(candidate, answerLimitMs, asking));
    const late = turn.then(() => delay(headStartMs, asking));
    turn = Promise.race([
      late,
      answer.then(
        () => Promise.reject(new Error('none after it is needed')),
        () => undefined,
      ),
    ]);
    // Of those that are not needed any more nobody waits for an answer.
    for (const one of [answer, late, turn]) one.catch(() => undefined);
    return { candidate, answer };
  });
  try {
    return await bestOf(answers, host, signal);
  } finally {
    decided.abort(new Error('the engine is chosen'));
  }
}

/** The first in order that answers. */
async function bestOf(
  answers: readonly (BrokenChoice | { candidate: Candidate; answer: Promise<FoundEngine> })[],
  host: DiscoveryHost,
  signal: AbortSignal | undefined,
): Promise<FoundEngine | NoEngine> {
  const tried: NoEngine['tried'] = [];
  for (const one of answers) {
    if ('problem' in one) {
      const { source, problem, nextStep } = one;
      return { problem: `${source} leads to no container engine: ${problem}.`, nextStep, tried };
    }
    const { candidate, answer } = one;
    try {
      return await answer;
    } catch (error) {
      signal?.throwIfAborted();
      tried.push({
        source: candidate.source,
        address: candidate.address,
        problem: whyNot(error),
        ...(error instanceof EngineError && error.kind === 'unsupported' && error.nextStep !== null
          ? { nextStep: error.nextStep }
          : {}),
      });
    }
  }
  return { ...advise(tried, host), tried };
}

/** Whether an engine could be there at all: no start of one makes an address of a word, or brings one on another machine here. */
function isUsable(address: string, host: DiscoveryHost): boolean {
  try {
    parseEndpoint(address, certificatesByVariable(host));
    return true;
  } catch {
    return false;
  }
}

function whyNot(error: unknown): string {
  const problem = toEngineError('Asking for its version', error);
  const { cause } = problem;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  switch (code) {
    case 'ENOENT':
      return `there is no such socket (${code})`;
    case 'ECONNREFUSED':
      return `nothing listens there (${code})`;
    case 'EACCES':
      return `this user may not open it (${code})`;
    default:
      return sentenceOf(problem);
  }
}

async function interview(candidate: Candidate, limitMs: number, signal: AbortSignal | undefined): Promise<FoundEngine> {
  const endpoint = parseEndpoint(candidate.address, candidate.certificates);
  const asked = signalled(connect(endpoint));
  await engineCall('Asking whether it answers', limitMs, signal, (abortSignal) => asked.ping({ abortSignal }));
  const version = versionSchema.parse(
    await engineCall('Asking for its version', limitMs, signal, (abortSignal) => asked.version({ abortSignal })),
  );
  const apiVersion = commonVersion({ least: version.MinAPIVersion ?? null, most: version.ApiVersion ?? null });
  const docker = connect(endpoint, apiVersion);
  const info = infoSchema.parse(
    await engineCall('Asking what it can do', limitMs, signal, (abortSignal) =>
      signalled(docker).info({ abortSignal }),
    ),
  );
  if (version.Os === 'windows') throw new Error('it runs Windows containers; switch it to Linux containers');
  const podman = version.Components?.find((component) => component.Name === 'Podman Engine');
  const rootless = info.SecurityOptions?.some((option) => option.includes('rootless')) ?? false;
  return {
    docker,
    endpoint,
    address: formatEndpoint(endpoint),
    source: candidate.source,
    kind: podman ? 'podman' : 'docker',
    name: podman ? 'Podman' : 'Docker',
    version: podman?.Version ?? version.Version,
    apiVersion,
    operatingSystem: info.OperatingSystem,
    architecture: version.Arch,
    cpus: info.NCPU,
    memoryBytes: info.MemTotal,
    storageDriver: info.Driver ?? null,
    limits: {
      cpuSet: info.CPUSet,
      // Podman's API for Docker clients cannot change a container that runs.
      cpuQuota: info.CpuCfsQuota && podman === undefined,
      memory: info.MemoryLimit,
      pids: info.PidsLimit,
      // The freezer of cgroup v1 belongs to root.
      pause: !(rootless && info.CgroupVersion === '1'),
    },
  };
}

function advise(tried: NoEngine['tried'], host: DiscoveryHost): Pick<NoEngine, 'problem' | 'nextStep'> {
  const [only] = tried;
  const foreign = tried.find((attempt) => attempt.nextStep !== undefined);
  if (foreign?.nextStep !== undefined)
    return {
      problem: `The engine at ${foreign.address} (${foreign.source}) cannot be used: ${foreign.problem}.`,
      nextStep: foreign.nextStep,
    };
  if (only && tried.length === 1) {
    return {
      problem: `No container engine answers at ${only.address} (${only.source}): ${only.problem}.`,
      nextStep: [
        isUsable(only.address, host) ? 'Start that engine, or' : 'Correct it, or',
        only.source === 'DOCKER_HOST' ? 'unset DOCKER_HOST to use the local one.' : 'give another address.',
      ].join(' '),
    };
  }
  const denied = tried.find((attempt) => attempt.problem.includes('EACCES'));
  if (denied) {
    return {
      problem: `The engine's socket ${denied.address} may not be opened by this user.`,
      nextStep: 'Add your user to the group "docker" and log in again, or use rootless Docker or Podman.',
    };
  }
  const start = host.platform === 'linux' ? 'start it with "sudo systemctl start docker"' : 'start Docker Desktop';
  return {
    problem: 'No container engine answers on this machine.',
    nextStep: `Install Docker or Podman, or ${start}; or measure with the process runtime, which needs none.`,
  };
}
