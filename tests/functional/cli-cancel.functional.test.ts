import { describe } from 'vitest';
import { cancelPhases, cancelsInPhases, cancelsOnSignals } from '../support/cli/cancelling.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';

// Every point at which a run can be cancelled is tried in virtual time (engine/experiment/ending.test.ts), more of these in tests/wide and all in
// tests/full; here is what only a real process, a real terminal's signal and a real engine can show.
describe('cancelling in the process runtime', () => {
  cancelsOnSignals('process', () => null, ['SIGTERM']);
});
describeWithEngine('cancelling in the docker runtime', () => {
  cancelsInPhases(
    'docker',
    testDockerHost,
    cancelPhases.filter(([title]) => title === 'while a fault is in effect'),
  );
});
