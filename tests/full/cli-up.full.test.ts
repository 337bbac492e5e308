import { ownCut, shopsIn } from '../support/cli/shops-in.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';

shopsIn('process', ['macroservices', ownCut], () => null);
describeWithEngine('with an engine', () =>
  shopsIn('docker', ['monolith', 'macroservices', 'microservices', ownCut], testDockerHost),
);
