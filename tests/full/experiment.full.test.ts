import { describe } from 'vitest';
import { describeWithEngine } from '../support/engine.ts';
import { wholeExperiment } from '../support/whole-experiment.ts';

describe('an experiment in the process runtime', () => wholeExperiment('process'));
describeWithEngine('an experiment in the docker runtime', () => wholeExperiment('docker'));
