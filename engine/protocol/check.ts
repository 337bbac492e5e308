import { Bench } from './bench.ts';
import type { ProtocolOptions } from './options.ts';
import { NotAsked, NotMet, type Requirement } from './requirement.ts';
import { requirements } from './requirements/index.ts';
import type { ProtocolResult, RequirementResult } from './result.ts';

/** Requirements may need a second look where the machine was busy; none takes longer than this, ms. */
const longestMs = 60_000;

/**
 * Holds a program against the protocol of units, one requirement after another: a unit of it is started, asked, broken and ended. Everything that was started has ended when it
 * settles, or has been killed and is left to the host where nobody tells of its end. Throws the signal's reason, or an Error where an unknown requirement is named.
 */
export async function checkProtocol(options: ProtocolOptions): Promise<ProtocolResult> {
  const { only, signal, onResult } = options;
  const unknown = only?.find((name) => !requirements.some((one) => one.name === name));
  if (unknown !== undefined)
    throw new Error(`unknown requirement "${unknown}"; allowed: ${requirements.map(({ name }) => name).join(', ')}`);
  const bench = new Bench(options);
  const results: RequirementResult[] = [];
  try {
    for (const requirement of requirements) {
      signal?.throwIfAborted();
      if (only !== undefined && !only.includes(requirement.name)) continue;
      const result = await resultOf(requirement, bench, signal);
      results.push(result);
      onResult?.(result);
    }
  } finally {
    await bench.close();
  }
  const count = (outcome: RequirementResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  return {
    ...{ module: bench.module, passed: count('passed'), failed: count('failed'), notAsked: count('not-asked') },
    requirements: results,
  };
}

async function resultOf(
  requirement: Requirement,
  bench: Bench,
  signal: AbortSignal | undefined,
): Promise<RequirementResult> {
  const { name, title } = requirement;
  const startedMs = performance.now();
  const took = (): { name: string; title: string; tookMs: number } => ({
    ...{ name, title, tookMs: Math.round(performance.now() - startedMs) },
  });
  try {
    const found = await within(requirement.check(bench), signal);
    return { ...took(), outcome: 'passed', ...(typeof found === 'string' ? { found } : {}) };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof NotAsked) return { ...took(), outcome: 'not-asked', because: error.message };
    if (!(error instanceof NotMet)) throw error;
    const { asked, expected, came } = error;
    return { ...took(), outcome: 'failed', failure: { asked, expected, came } };
  }
}

function within<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const late = AbortSignal.timeout(longestMs);
  const over = signal === undefined ? late : AbortSignal.any([late, signal]);
  return new Promise((resolve, reject) => {
    over.addEventListener('abort', () =>
      reject(new NotMet('all of it', `an end within ${longestMs / 1000} s`, 'none')),
    );
    work.then(resolve, reject);
  });
}
