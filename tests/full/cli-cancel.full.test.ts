import { describe } from 'vitest';
import type { RuntimeKind } from '../../engine/model/index.ts';
import {
  cancelPhases,
  cancelsInPhases,
  cancelsOnSignals,
  cancelsUnderNpm,
  cancelsWhatIsUp,
} from '../support/cli/cancelling.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';

function everyWay(runtime: RuntimeKind, dockerHost: () => string | null): void {
  cancelsInPhases(runtime, dockerHost, cancelPhases);
  cancelsOnSignals(runtime, dockerHost, ['SIGINT', 'SIGTERM']);
  cancelsUnderNpm(runtime, dockerHost);
  cancelsWhatIsUp(runtime, dockerHost);
}

describe('cancelling in the process runtime', () => everyWay('process', () => null));
describeWithEngine('cancelling in the docker runtime', () => everyWay('docker', testDockerHost));
