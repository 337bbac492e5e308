import { describe } from 'vitest';
import { cancelPhases, cancelsInPhases, cancelsUnderNpm, cancelsWhatIsUp } from '../support/cli/cancelling.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';

// What tests/functional leaves out; all phases on both runtimes are in tests/full.
const phase = (name: string) => cancelPhases.filter(([title]) => title === name);

describe('cancelling in the process runtime', () => {
  cancelsInPhases('process', () => null, phase('while a round is taken down'));
  cancelsUnderNpm('process', () => null);
});
describeWithEngine('cancelling in the docker runtime', () => cancelsWhatIsUp('docker', testDockerHost));
