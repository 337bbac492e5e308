import { describe } from 'vitest';
import type { RuntimeKind } from '../../engine/model/index.ts';
import { unitThatCannotBeBuilt, unitThatNeverGetsReady, variantThatCannotRun } from '../support/cli/failing.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';

function everyFailure(runtime: RuntimeKind, dockerHost: () => string | null): void {
  unitThatNeverGetsReady(runtime, dockerHost);
  variantThatCannotRun(runtime, dockerHost);
  unitThatCannotBeBuilt(runtime, dockerHost);
}

describe('failures in the process runtime', () => everyFailure('process', () => null));
describeWithEngine('failures in the docker runtime', () => everyFailure('docker', testDockerHost));
