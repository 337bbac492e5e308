import { createServer, type Server } from 'node:net';
import type { LoadPlan } from '../model/index.ts';
import { LoadRun } from './load-run.ts';
import { startTimerPacer } from './timer-pacer.ts';

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{"id":"7"}';
const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n';

let warmed: Promise<void> | null = null;

/**
 * Runs the generator's own code against a server in this process, once, into numbers that are thrown away: cold code would
 * otherwise be measured as a slow application during the first thousands of requests.
 */
export function warmGenerator(): Promise<void> {
  warmed ??= warmUp();
  return warmed;
}

async function warmUp(): Promise<void> {
  const server = createServer((socket) => {
    socket.on('data', (data) => socket.write(data.includes('/chunked') ? CHUNKED : ANSWER));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const pacer = startTimerPacer();
    await new LoadRun(warmUpPlan(portOf(server)), pacer, {}).run();
    await pacer.close();
  } finally {
    server.close();
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The warm-up server has no port.');
  return address.port;
}

function warmUpPlan(port: number): LoadPlan {
  const expect = { status: [200], fields: ['id'] };
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    journeys: {
      constant: {
        title: 'Constant',
        weight: 4,
        steps: [{ endpoint: 'constant', path: '/', expect: { status: [200] } }],
      },
      carried: {
        title: 'Carried',
        weight: 1,
        draw: { number: { kind: 'integer', min: 1, max: 9 }, key: { kind: 'uuid' } },
        steps: [
          { endpoint: 'read', path: '/${number}', expect, capture: { id: 'id' } },
          { endpoint: 'write', path: '/${id}', body: { id: '${id}', key: '${key}' }, expect },
          { endpoint: 'chunked', path: '/chunked', expect: { status: [200], text: 'hello' } },
        ],
      },
    },
    stages: [{ journeysPerSecond: 6000, durationMs: 500 }],
    arrivals: 'poisson',
    seed: 1,
    deadlineMs: 2000,
    maxConnections: 32,
    sliceMs: 100,
    traceShare: 0.1,
    ledger: false,
    identitySalt: 'warm-up',
  };
}
