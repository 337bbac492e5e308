import { it } from 'vitest';
import { callsOfPassingRun, tryAll } from '../support/engine-faults/campaign.ts';
import { someFaults } from '../support/engine-faults/plan.ts';
import { replacement } from '../support/engine-faults/replacement.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';

// Each takes a quarter of a minute, and up to two where the engine hangs.
const faults = 12;
const replacementFaults = 6;
const seed = 20261127;

describeWithEngine('an experiment on an engine that fails', () => {
  it(
    `ends, in one sentence and with nothing left: ${faults} faults, seed ${seed}`,
    { timeout: (faults + 1) * 180_000 },
    async () => {
      await tryAll(testDockerHost(), someFaults(await callsOfPassingRun(testDockerHost()), faults, seed));
    },
  );
});

describeWithEngine('a replacement on an engine that fails', () => {
  it(
    `ends with one of each unit that serves and nothing left over: ${replacementFaults} faults, seed ${seed}`,
    { timeout: (replacementFaults + 1) * 180_000 },
    async () => {
      const calls = await callsOfPassingRun(testDockerHost(), replacement);
      const replacing = calls.filter(({ phase }) => phase === 'replacing');
      await tryAll(testDockerHost(), someFaults(replacing, replacementFaults, seed), replacement);
    },
  );
});
