import { removedBySomebody } from '../support/cli/somebody-else.ts';
import { describeWithEngine } from '../support/engine.ts';

describeWithEngine('a live run in the docker runtime', () => removedBySomebody('compare'));
