import { existsSync } from 'node:fs';
import os from 'node:os';
import { dispatcher } from '../../../electron/engine-host/dispatch.ts';
import { createHost } from '../../../electron/engine-host/host.ts';
import type { HostMessage } from '../../../electron/host-protocol/index.ts';
import { VirtualClock } from '../../../engine/clock/testing/index.ts';
import { fakeLaboratory } from '../../../engine/deploy/testing/index.ts';
import { EngineError } from '../../../engine/runtime/index.ts';

// The engine host as it is, on a laboratory without engine whose time passes many times faster: for what the window does during a run.

/** How many times faster than real time a run goes. */
const speed = Number(process.env['CLEAVE_TEST_SPEED'] ?? 4);
/** After so many blocks a run has its answer, whatever its plan still holds. */
const blocks = Number(process.env['CLEAVE_TEST_BLOCKS'] ?? Infinity);
/** From when this file is there, the engine is dead. */
const deadFile = process.env['CLEAVE_TEST_ENGINE_DEAD'] ?? '';

/** Share of the processors that other programs seem to use, 0 to 1. */
const loud = Number(process.env['CLEAVE_TEST_LOUD'] ?? 0);

const port = process.parentPort;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
const post = (message: HostMessage): void => port.postMessage(message);
const host = createHost(post, async ({ applicationsDirectory, dataDirectory, stateDirectory, workDirectory }) => {
  const laboratory = await fakeLaboratory({
    folder: os.tmpdir(),
    places: { applicationsDirectory, dataDirectory, stateDirectory, workDirectory },
    application: 'shop',
    kind: 'process',
    clock: new VirtualClock({ startsAtMs: Date.now(), speed }),
    script: () => {
      if (deadFile === '' || !existsSync(deadFile)) return;
      throw new EngineError('no-engine', 'The container engine does not answer', {
        nextStep: 'Start the container engine and try again.',
      });
    },
  });
  laboratory.machine.foreignCpuShare = loud;
  return laboratory;
});
const dispatch = dispatcher(
  {
    ...host,
    'run:start': (experiment) =>
      host['run:start'](
        experiment.blocks <= blocks ? experiment : { ...experiment, blocks, looks: null, budgetMs: null },
      ),
  },
  post,
);
port.on('message', ({ data }: { data: unknown }) => void dispatch(data));
