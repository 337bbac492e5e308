import type Docker from 'dockerode';
import { withDeadline } from '../../deadline.ts';
import { whileMoving } from '../../moving.ts';
import { STILL_MS } from '../call.ts';
import { readProgress } from '../progress.ts';
import { PULL_ANSWER_LIMIT_MS, PULL_LIMIT_MS, within } from './limits.ts';

/** Pulls an image. Throws if the registry does not answer soon or stops answering. */
export async function pullImage(docker: Docker, reference: string, signal: AbortSignal | undefined): Promise<void> {
  const whole = within(PULL_LIMIT_MS, signal);
  const what = `Pulling ${reference}`;
  // The time for the answer is over once it has begun; what holds the call then is the whole.
  const ended = new AbortController();
  const abortSignal = AbortSignal.any([whole, ended.signal]);
  try {
    const stream = await withDeadline(what, PULL_ANSWER_LIMIT_MS, whole, () => docker.pull(reference, { abortSignal }));
    await whileMoving(what, STILL_MS, whole, (_signal, moved) => readProgress(stream, moved));
  } finally {
    ended.abort();
  }
}
