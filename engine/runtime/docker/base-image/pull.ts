import type Docker from 'dockerode';
import { followProgress } from './engine-stream.ts';
import { PULL_ANSWER_LIMIT_MS, PULL_LIMIT_MS, STALL_LIMIT_MS, within } from './limits.ts';

/** Pulls an image. Throws if the registry does not answer soon or stops answering. */
export async function pullImage(docker: Docker, reference: string, signal: AbortSignal | undefined): Promise<void> {
  const whole = within(PULL_LIMIT_MS, signal);
  const answer = within(PULL_ANSWER_LIMIT_MS, whole);
  const stream = await docker.pull(reference, { abortSignal: answer });
  await followProgress(docker, stream, { stallLimitMs: STALL_LIMIT_MS, signal: whole });
}
