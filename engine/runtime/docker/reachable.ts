import type Docker from 'dockerode';
import { closeAfterwards } from '../closing.ts';
import { EngineError } from '../errors.ts';
import { LIMIT_MS, engineCall } from './call.ts';
import { SERVICE_PORT } from './container-body.ts';
import type { ContainerWish } from './container-body.ts';
import { createContainer } from './create.ts';
import { readLogs } from './log-follower.ts';
import { removeContainer } from './remove.ts';

/** For one container to hear from another of its network, ms. */
const PATIENCE_MS = 2000;
const MEMORY_BYTES = 128 * 1024 * 1024;
const PIDS = 64;
const LISTENER = 'cleave-listener';

const LISTENING = `require('node:net').createServer((socket) => socket.end()).listen(${SERVICE_PORT});
process.on('SIGTERM', () => process.exit(0));`;
/** Killed at its end, for a look-up of a name that is still under way would hold its exit up. What is refused was reached: the other need not listen yet. */
const ASKING = `const fs = require('node:fs');
let last = 'ETIMEDOUT';
const say = (word) => { fs.writeSync(1, 'heard ' + word + '\\n'); process.kill(process.pid, 'SIGKILL'); };
setTimeout(() => say(last), ${PATIENCE_MS});
const ask = () => {
  const socket = require('node:net').connect(${SERVICE_PORT}, '${LISTENER}');
  socket.on('connect', () => say('answer'));
  socket.on('error', (error) => {
    if (error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET') say('answer');
    last = error.code || 'ETIMEDOUT';
    setTimeout(ask, 50);
  });
};
ask();`;

export interface ReachableWish {
  kind: 'docker' | 'podman';
  /** Name of the network that units and agent are to share. */
  network: string;
  labels: Record<string, string>;
  /** With Node in it. */
  image: string;
}

/**
 * Lets one container ask another of the same network, as units ask each other, and takes both away again. Where that cannot be done no unit would ever be found ready, and each would be blamed for it in turn.
 * @throws EngineError with the likely cause where nothing is heard within 2 s
 */
export async function assertReachable(docker: Docker, wish: ReachableWish, signal?: AbortSignal): Promise<void> {
  const heard = await askAcross(docker, wish, signal);
  // What tells nothing proves nothing.
  if (heard === null || heard === 'answer') return;
  throw unreachable(wish.kind, heard);
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
    const asking = await run('asker', ASKING);
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

function unreachable(kind: ReachableWish['kind'], code: string): EngineError {
  const cannot = 'Containers of one network cannot reach each other on this engine';
  if (code === 'ENOTFOUND' || code.startsWith('EAI_'))
    return new EngineError('engine', `${cannot}: their names are not found (${code})`, {
      nextStep:
        kind === 'podman'
          ? 'Install the package "aardvark-dns" beside Podman.'
          : 'Restart the container engine, whose name server does not answer.',
    });
  const beside = kind === 'podman' ? 'the rules of a Docker beside Podman drop' : 'a firewall drops';
  return new EngineError('engine', `${cannot} (${code}): most likely ${beside} what is forwarded within a bridge`, {
    nextStep: `Allow it (sysctl net.bridge.bridge-nf-call-iptables=0, or iptables -P FORWARD ACCEPT)${kind === 'podman' ? ', or use Docker' : ''}.`,
  });
}
