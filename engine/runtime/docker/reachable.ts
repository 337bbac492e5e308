import type Docker from 'dockerode';
import { closeAfterwards } from '../closing.ts';
import { EngineError } from '../errors.ts';
import { LIMIT_MS, engineCall } from './call.ts';
import { SERVICE_PORT } from './container-body.ts';
import type { ContainerWish } from './container-body.ts';
import { createContainer } from './create.ts';
import { readLogs } from './log-follower.ts';
import { removeContainer } from './remove.ts';

/** For one container to hear from another of its network, ms. Only where nothing is heard is all of it waited for: a machine that does other things as well starts a listener late. */
const PATIENCE_MS = 10_000;
const MEMORY_BYTES = 128 * 1024 * 1024;
const PIDS = 64;
const LISTENER = 'cleave-listener';

const LISTENING = `require('node:net').createServer((socket) => socket.end()).listen(${SERVICE_PORT});
process.on('SIGTERM', () => process.exit(0));`;

/**
 * Asks for a port until it is there, and writes what it heard: `answer`, or the code of its last failure. What is refused was reached: the other need not listen yet. Killed at its end, for a look-up of a name
 * that is still under way would hold its exit up; that of a name server which says nothing is under way all the time.
 */
export const askingProgram = ({ host, port, patienceMs }: { host: string; port: number; patienceMs: number }): string =>
  `const fs = require('node:fs');
let last = 'EAI_AGAIN';
let found = false;
const say = (word) => { fs.writeSync(1, 'heard ' + word + '\\n'); process.kill(process.pid, 'SIGKILL'); };
// In a process that had no processor for long, timers come before what was heard meanwhile.
setTimeout(() => setImmediate(() => say(last)), ${patienceMs});
const ask = () => {
  const socket = require('node:net').connect(${port}, '${host}');
  socket.on('lookup', (error) => {
    if (error || found) return;
    found = true;
    last = 'ETIMEDOUT';
  });
  socket.on('connect', () => say('answer'));
  socket.on('error', (error) => {
    if (error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET') say('answer');
    last = error.code || last;
    setTimeout(ask, 50);
  });
};
ask();`;

export interface ReachableWish {
  kind: 'docker' | 'podman';
  /** As the engine names it. */
  operatingSystem: string;
  /** Name of the network that units and agent are to share. */
  network: string;
  labels: Record<string, string>;
  /** With Node in it. */
  image: string;
}

/**
 * Lets one container ask another of the same network, as units ask each other, and takes both away again. Where that cannot be done no unit would ever be found ready, and each would be blamed for it in turn.
 * @throws EngineError with the likely cause where nothing is heard within 10 s
 */
export async function assertReachable(docker: Docker, wish: ReachableWish, signal?: AbortSignal): Promise<void> {
  const heard = await askAcross(docker, wish, signal);
  // What tells nothing proves nothing.
  if (heard === null || heard === 'answer') return;
  throw unreachable(wish, heard);
}

/** What the asking container heard: `answer`, or the code of its last failure; null: it did not tell. */
async function askAcross(
  docker: Docker,
  { network, labels, image }: ReachableWish,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const what = 'Looking whether containers can reach each other';
  const run = async (name: string, program: string): Promise<Docker.Container> => {
    const body: ContainerWish = {
      ...{ name: `${network}-${name}`, image, labels, command: ['node', '-e', program] },
      ...{ language: 'typescript', environment: {}, memoryBytes: MEMORY_BYTES, cpus: null, pids: PIDS },
      ...{ network: { name: network, aliases: name === 'listener' ? [LISTENER] : [] } },
      ...{ heals: false, dataVolume: null, publishedPort: null, interactive: false },
    };
    const container = await createContainer(docker, body, signal);
    made.push(container);
    await engineCall(what, LIMIT_MS.change, signal, (abortSignal) => container.start({ abortSignal }));
    return container;
  };
  const made: Docker.Container[] = [];
  const ask = async (): Promise<string | null> => {
    await run('listener', LISTENING);
    const asking = await run('asker', askingProgram({ host: LISTENER, port: SERVICE_PORT, patienceMs: PATIENCE_MS }));
    await engineCall(what, LIMIT_MS.change, signal, (abortSignal) =>
      asking.wait({ condition: 'not-running', abortSignal }),
    );
    const said = (await readLogs(docker, asking, 10, signal)).map(({ line }) => /^heard (\w+)$/.exec(line)?.[1]);
    return said.find((word) => word !== undefined) ?? null;
  };
  return closeAfterwards(ask, () =>
    Promise.all(made.map((container) => removeContainer(docker, container, 'that looks who can be reached'))),
  );
}

/** Lets pass what a bridge passes on between its own ports, and nothing from one network to another or to the machine; on Docker's way through a firewall, where there is one. */
const WITHIN_A_BRIDGE = 'iptables -I DOCKER-USER -m physdev --physdev-is-bridged -j ACCEPT';

function unreachable({ kind, operatingSystem }: ReachableWish, code: string): EngineError {
  const cannot = 'Containers of one network cannot reach each other on this engine';
  if (code === 'ENOTFOUND' || code.startsWith('EAI_'))
    return new EngineError('engine', `${cannot}: their names are not found (${code})`, {
      nextStep:
        kind === 'podman'
          ? 'Install the package "aardvark-dns" beside Podman.'
          : 'Restart the container engine, whose name server does not answer.',
    });
  // Its machine is its own, and has no firewall that somebody else set up.
  if (operatingSystem === 'Docker Desktop')
    return new EngineError('engine', `${cannot} (${code})`, { nextStep: 'Restart Docker Desktop.' });
  const [beside, nextStep] =
    kind === 'podman'
      ? [
          'the rules of a Docker beside Podman drop',
          'Use one of the two: Docker, or Podman after Docker was switched off and the machine was started again.',
        ]
      : [
          'a firewall drops',
          `Let pass what stays within one bridge, and nothing else: ${WITHIN_A_BRIDGE} (FORWARD where there is no chain DOCKER-USER).`,
        ];
  return new EngineError('engine', `${cannot} (${code}): most likely ${beside} what is forwarded within a bridge`, {
    nextStep,
  });
}
