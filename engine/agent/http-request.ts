import { request } from 'node:http';
import { cachedLookup } from '../load/index.ts';
import { AgentFailure, failureOfError } from './agent-failure.ts';
import { clockMs } from './clock.ts';

export interface HttpQuestion {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
  timeoutMs: number;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
  startedAtMs: number;
  endedAtMs: number;
}

/** Answers larger than this are refused, bytes. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** One HTTP request on a connection of its own, over by `timeoutMs` whatever happens. Rejects with AgentFailure. */
export function httpRequest(question: HttpQuestion): Promise<HttpAnswer> {
  const startedAtMs = clockMs();
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      clearTimeout(patience);
      reject(failureOfError(error));
    };
    const outgoing = request(
      question.url,
      { method: question.method, headers: question.headers, agent: false, lookup: cachedLookup },
      (incoming) => {
        const parts: Buffer[] = [];
        let bytes = 0;
        incoming.on('data', (part: Buffer) => {
          parts.push(part);
          bytes += part.length;
          if (bytes > MAX_BODY_BYTES) outgoing.destroy(new AgentFailure('other', 'The answer is larger than 64 MiB.'));
        });
        incoming.once('error', fail);
        incoming.once('end', () => {
          clearTimeout(patience);
          resolve({
            status: incoming.statusCode ?? 0,
            headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
            body: Buffer.concat(parts).toString('utf8'),
            startedAtMs,
            endedAtMs: clockMs(),
          });
        });
      },
    );
    const patience = setTimeout(() => {
      outgoing.destroy(
        new AgentFailure('timeout', `No complete answer from ${question.url} within ${question.timeoutMs} ms.`),
      );
    }, question.timeoutMs);
    outgoing.once('error', fail);
    outgoing.end(question.body ?? undefined);
  });
}
