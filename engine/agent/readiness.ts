import { setTimeout as sleep } from 'node:timers/promises';
import { AgentFailure, failureOfError } from './agent-failure.ts';
import { clockMs } from './clock.ts';
import { httpRequest } from './http-request.ts';

/** A unit that takes longer than this to answer its check is asked again, ms. */
const ATTEMPT_TIMEOUT_MS = 2000;

/** Asks `url` every `intervalMs` until it answers 200. Rejects with what the last attempt met when `timeoutMs` is over. */
export async function awaitReady(question: {
  url: string;
  intervalMs: number;
  timeoutMs: number;
}): Promise<{ readyAtMs: number; attempts: number }> {
  const endAtMs = clockMs() + question.timeoutMs;
  let lastSeen = 'nothing was tried';
  for (let attempts = 1; ; attempts++) {
    const startedAtMs = clockMs();
    const leftMs = endAtMs - startedAtMs;
    if (leftMs <= 0) {
      throw new AgentFailure('timeout', `${question.url} was not ready within ${question.timeoutMs} ms: ${lastSeen}.`);
    }
    try {
      const timeoutMs = Math.max(1, Math.min(ATTEMPT_TIMEOUT_MS, leftMs));
      const answer = await httpRequest({ method: 'GET', url: question.url, headers: {}, body: null, timeoutMs });
      if (answer.status === 200) return { readyAtMs: answer.endedAtMs, attempts };
      lastSeen = `it answered ${answer.status} ${answer.body.slice(0, 200)}`.trimEnd();
    } catch (error) {
      const failure = failureOfError(error);
      // The last attempt is cut short by the end of the wait: what was seen before says more.
      if (failure.kind !== 'timeout' || leftMs >= ATTEMPT_TIMEOUT_MS || attempts === 1) lastSeen = failure.message;
    }
    await sleep(Math.max(0, Math.min(question.intervalMs - (clockMs() - startedAtMs), endAtMs - clockMs())));
  }
}
