import { createHash } from 'node:crypto';
import http from 'node:http';
import { launchOf } from '../languages/index.ts';
import { closeAfterwards } from './closing.ts';
import { delay } from './deadline.ts';
import { ECHO_PROGRAM } from './echo.ts';
import { EngineError } from './errors.ts';
import type { RunIdentity, Runtime } from './types.ts';
import { orVanished } from './vanished.ts';

const POLL_MS = 2;
const LIMIT_MS = 30_000;
const MEMORY_BYTES = 128 * 1024 * 1024;

/**
 * Deploys one echo unit the way the entry unit of a monolith is deployed, published on 127.0.0.1, and asks it there every 2 ms. Gives the
 * time from the create call to the first 200, ms. The image is made before the clock starts.
 */
export async function measureFloor(runtime: Runtime, run: RunIdentity, signal?: AbortSignal): Promise<number> {
  const bundle = Buffer.from(ECHO_PROGRAM);
  const unit = { name: 'echo', modules: ['echo'] };
  const source = {
    unit,
    application: 'cleave',
    language: 'typescript' as const,
    files: { [launchOf('typescript').main]: bundle },
    hash: createHash('sha256').update(bundle).digest('hex'),
  };
  const artifact = await runtime.build(source, { fresh: false, run, signal });
  const site = await runtime.openSite({ run, units: ['echo'], cpus: null, signal });
  const ask = async (): Promise<number> => {
    const { listen } = site.addressOf('echo');
    const calledAt = performance.now();
    const running = await site.startUnit(
      {
        unit,
        artifact,
        environment: { CLEAVE_ECHO: JSON.stringify(listen) },
        memoryBytes: MEMORY_BYTES,
        published: true,
      },
      signal,
    );
    const url = running.publishedUrl;
    if (url === null) throw new EngineError('engine', 'The echo unit was not published');
    const endMs = performance.now() + LIMIT_MS;
    while (!(await answers(url))) {
      if (performance.now() > endMs)
        throw new EngineError('timeout', `The echo unit gave no answer within ${LIMIT_MS / 1000} s`);
      await delay(POLL_MS, signal);
    }
    return performance.now() - (calledAt + running.marks.createStartMs);
  };
  return closeAfterwards(
    () => orVanished(site, ask),
    () => site.close(),
  );
}

/** Whether one request gets a 200 within a second; a published port may accept and reset before anything listens behind it. */
async function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.get(url, { agent: false, timeout: 1000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}
