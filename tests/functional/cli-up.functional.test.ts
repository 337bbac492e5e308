import { ownCut, shopsIn } from '../support/cli/shops-in.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';

// The other cuts are in tests/full; every cut is shopped in without `up` in shop-browser.
shopsIn('process', ['macroservices'], () => null);
describeWithEngine('with an engine', () => shopsIn('docker', [ownCut], testDockerHost));
