import { describe } from 'vitest';
import {
  cancelPhases,
  cancelsInPhases,
  cancelsOnSignals,
  cancelsUnderNpm,
  cancelsWhatIsUp,
} from '../support/cli/cancelling.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';

// Every point at which a run can be cancelled is tried in virtual time (engine/experiment/ending.test.ts), and all of these phases on real engines
// in tests/full; here is what only a real process, a real terminal's signal and a real engine can show.
const phase = (name: string) => cancelPhases.filter(([title]) => title === name);

describe('cancelling in the process runtime', () => {
  cancelsInPhases('process', () => null, phase('while a round is taken down'));
  cancelsOnSignals('process', () => null, ['SIGTERM']);
  cancelsUnderNpm('process', () => null);
});
describeWithEngine('cancelling in the docker runtime', () => {
  cancelsInPhases('docker', testDockerHost, phase('while a fault is in effect'));
  cancelsWhatIsUp('docker', testDockerHost);
});
