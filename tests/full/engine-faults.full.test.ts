import { it } from 'vitest';
import { callsOfPassingRun, tryAll } from '../support/engine-faults/campaign.ts';
import { everyFault } from '../support/engine-faults/plan.ts';
import { replacement } from '../support/engine-faults/replacement.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';

describeWithEngine('an experiment on an engine that fails', () => {
  it(
    'ends, in one sentence and with nothing left, whichever call fails and however',
    { timeout: 12 * 3_600_000 },
    async () => {
      await tryAll(testDockerHost(), everyFault(await callsOfPassingRun(testDockerHost())));
    },
  );
});

describeWithEngine('a replacement on an engine that fails', () => {
  it(
    'ends with one of each unit that serves and nothing left over, whichever call fails and however',
    { timeout: 6 * 3_600_000 },
    async () => {
      const calls = await callsOfPassingRun(testDockerHost(), replacement);
      const faults = everyFault(calls.filter(({ phase }) => phase === 'replacing'));
      await tryAll(testDockerHost(), faults, replacement);
    },
  );
});
