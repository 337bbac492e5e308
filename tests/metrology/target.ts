import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/**
 * The calibrated target: an HTTP server that answers every request a fixed time after it came, freezes for fixed spans, fails a fixed
 * share, and keeps the truth of what it did. One line of JSON on stdin asks for the truth; the end of stdin ends it.
 */
const settingsSchema = z.strictObject({
  /** Between a request and its answer, ms; 0: at once. */
  serviceMs: z.number().min(0),
  /** Answers that fall into a freeze come at its end; a freeze of this length, ms, in every period; 0: none. */
  stallMs: z.number().min(0),
  stallEveryMs: z.number().positive(),
  /** Every so many requests one is answered with 500; 0: none. */
  errorEvery: z.number().int().min(0),
});
export type TargetSettings = z.infer<typeof settingsSchema>;

/** What the target did; instants are ms since the epoch. */
export interface TargetTruth {
  requests: number;
  errors: number;
  /** When each request was there in full and when its answer was written, in order. */
  arrivalsMs: number[];
  answersMs: number[];
  /** A freeze began at this instant, and at every period before and after it. */
  stallAnchorMs: number;
}

const OK = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok';
const FAILED = 'HTTP/1.1 500 Internal Server Error\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nno';
/** A timer may be this late; the rest of the way is polled, with requests read meanwhile. */
const TIMER_GRAIN_MS = 2.5;

function serve(settings: TargetSettings): void {
  const { serviceMs, stallMs, stallEveryMs, errorEvery } = settings;
  const queue: { socket: Socket; releaseMs: number; text: string }[] = [];
  let head = 0;
  let polling = false;
  let truth = { requests: 0, errors: 0, arrivalsMs: [] as number[], answersMs: [] as number[] };
  const stallAnchorMs = now() + stallEveryMs / 2;

  function receive(socket: Socket): void {
    const atMs = now();
    truth.requests++;
    const failed = errorEvery > 0 && truth.requests % errorEvery === 0;
    if (failed) truth.errors++;
    const text = failed ? FAILED : OK;
    if (serviceMs === 0 && stallMs === 0) {
      truth.arrivalsMs.push(atMs);
      truth.answersMs.push(atMs);
      socket.write(text, 'latin1');
      return;
    }
    truth.arrivalsMs.push(atMs);
    queue.push({ socket, text, releaseMs: releaseOf(atMs, settings, stallAnchorMs) });
    if (!polling) poll();
  }

  function poll(): void {
    polling = false;
    for (let next = queue[head]; next !== undefined; next = queue[head]) {
      const leftMs = next.releaseMs - now();
      if (leftMs > 0) {
        polling = true;
        if (leftMs > TIMER_GRAIN_MS) setTimeout(poll, leftMs - TIMER_GRAIN_MS);
        else setImmediate(poll);
        return;
      }
      head++;
      truth.answersMs.push(now());
      next.socket.write(next.text, 'latin1');
    }
    queue.length = 0;
    head = 0;
  }

  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('data', (data) => {
      // One request at a time comes on a connection, without a body; its end may come alone.
      if (data.subarray(-4).toString('latin1') === '\r\n\r\n') receive(socket);
    });
    socket.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify(server.address())}\n`));
  createInterface({ input: process.stdin })
    .on('line', () => {
      process.stdout.write(`${JSON.stringify({ ...truth, stallAnchorMs } satisfies TargetTruth)}\n`);
      truth = { requests: 0, errors: 0, arrivalsMs: [], answersMs: [] };
    })
    .once('close', () => process.exit(0));
}

/** When a request that comes at `atMs` is answered. */
export function releaseOf(atMs: number, settings: TargetSettings, stallAnchorMs: number): number {
  const releaseMs = atMs + settings.serviceMs;
  if (settings.stallMs === 0) return releaseMs;
  const { stallMs, stallEveryMs } = settings;
  const intoPeriodMs = (((releaseMs - stallAnchorMs) % stallEveryMs) + stallEveryMs) % stallEveryMs;
  return intoPeriodMs < stallMs ? releaseMs - intoPeriodMs + stallMs : releaseMs;
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

if (process.argv[2] === '--serve') serve(settingsSchema.parse(JSON.parse(process.argv[3] ?? '{}')));
