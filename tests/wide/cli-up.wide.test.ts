import { ownCut, shopsIn } from '../support/cli/shops-in.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';

// The other cuts, and the process runtime, are in tests/full; cuts are shopped in without `up` in shop-browser.
describeWithEngine('with an engine', () => shopsIn('docker', [ownCut], testDockerHost));
