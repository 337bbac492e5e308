import type { Trial } from './trial.ts';

/** A deadline and what is done before the next call is made; ms. */
const mostStillMs = 22_000;
const mostLastMs = 5000;
const mostMs = 180_000;

/** What is wrong with how a run ended; empty: nothing. Pure. */
export function problemsOf(trial: Trial): string[] {
  const { code, stderr, tookMs, stillMs, lastMs, stayed } = trial;
  const sentence = stderr.trimEnd();
  // What a unit wrote before it ended is shown as it is.
  const told = /^cleave: [^\n]+(?:; its last log lines:\n[^]*)?$/.test(sentence);
  return [
    ...(code === 0 || code === 1 ? [] : [`exit code ${code}`]),
    ...(code === 0 && sentence !== '' ? [`completed, and yet: ${sentence}`] : []),
    ...(code === 1 && !told ? [`failed without one clear sentence: ${sentence}`] : []),
    ...(stillMs > mostStillMs ? [`nothing moved for ${seconds(stillMs)}`] : []),
    ...(tookMs > mostMs ? [`took ${seconds(tookMs)}`] : []),
    ...(lastMs > mostLastMs ? [`ended ${seconds(lastMs)} after its last word`] : []),
    ...(stayed.length > 0 ? [`never removed: ${stayed.join(', ')}`] : []),
  ];
}

/** How it ended in a word. Pure. */
export function endOf({ done, code, fault }: Trial): 'completed' | 'failed' | 'not asked' | 'ended wrongly' {
  if (fault !== null && done === 0) return 'not asked';
  if (code === 0) return 'completed';
  return code === 1 ? 'failed' : 'ended wrongly';
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
