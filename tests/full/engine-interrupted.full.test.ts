import { expect, it } from 'vitest';
import { phases } from '../support/engine-faults/call.ts';
import { daemonAt, interrupt, interruptions } from '../support/engine-faults/daemon.ts';
import { problemsOf } from '../support/engine-faults/judge.ts';
import { tryFault } from '../support/engine-faults/trial.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';

describeWithEngine('an experiment on an engine that', () => {
  // Where a run opens the engine there is none to lose yet.
  const later = phases.filter((phase) => phase !== 'opening');
  it.for(interruptions.flatMap((how) => later.map((phase) => [how, phase] as const)))(
    'is %s while %s ends, in one sentence and with nothing left',
    { timeout: 600_000 },
    async ([how, phase], { skip }) => {
      const daemon = await daemonAt(testDockerHost());
      if (daemon === null) return skip('the engine was not started by scripts/engine.ts, and is not ours to interrupt');
      let done = false;
      const act = async (): Promise<void> => {
        await interrupt(daemon, how);
        done = true;
      };
      const trial = await tryFault(testDockerHost(), null, { phase, act });
      console.log(
        `${how}, ${phase}: code ${trial.code}, ${(trial.tookMs / 1000).toFixed(0)} s, still for ${(trial.stillMs / 1000).toFixed(1)} s: ${trial.stderr.trim()}`,
      );
      expect(done).toBe(true);
      expect(problemsOf(trial), trial.text).toEqual([]);
    },
  );
});
