import { twoSmallCuts } from '../support/cli/short-experiment.ts';
import { describeWithEngine } from '../support/engine.ts';
import { wholeExperiment } from '../support/whole-experiment.ts';

describeWithEngine('an experiment in the docker runtime', () => wholeExperiment('docker', twoSmallCuts));
