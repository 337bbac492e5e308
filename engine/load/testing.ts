import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { LoadPlan } from '../model/index.ts';

export interface TestServer {
  url: string;
  close(): Promise<void>;
}

/** An HTTP server on a free port of this machine, for tests. */
export async function startServer(
  handle: (request: IncomingMessage, body: string, response: ServerResponse) => void,
): Promise<TestServer> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      body += part;
    });
    request.once('end', () => handle(request, body, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The test server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A short plan of one journey of one request; `changes` replace its parts. */
export function testPlan(baseUrl: string, changes: Partial<LoadPlan> = {}): LoadPlan {
  return {
    baseUrl,
    journeys: {
      visit: { title: 'Visit', weight: 1, steps: [{ endpoint: 'page', path: '/', expect: { status: [200] } }] },
    },
    stages: [{ journeysPerSecond: 400, durationMs: 300 }],
    arrivals: 'poisson',
    seed: 7,
    // Long, so that a busy machine makes nothing late.
    deadlineMs: 20_000,
    maxConnections: 64,
    sliceMs: 100,
    traceShare: 0,
    ledger: false,
    identitySalt: '',
    ...changes,
  };
}
