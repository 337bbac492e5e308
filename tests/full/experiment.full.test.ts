import { describe } from 'vitest';
import { wholeExperiment } from '../support/whole-experiment.ts';

describe('an experiment in the process runtime', () => wholeExperiment('process'));
