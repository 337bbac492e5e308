import { replacementInWords, type Replacement } from '../../engine/model/index.ts';
import { ask } from '../shared/bridge.ts';
import { attempt } from '../shared/problem.ts';

/** Changes the instances of the deployment; what keeps it from being done is shown below the page. */
export async function replaceInstances(replacement: Replacement): Promise<void> {
  await attempt(replacementInWords(replacement, 'failed'), () => request(replacement));
}

function request(replacement: Replacement): Promise<void> {
  switch (replacement.kind) {
    case 'replace':
      return ask('explore:replace', replacement.unit, replacement.strategy);
    case 'add':
      return ask('explore:add-instance', replacement.unit);
    case 'take-back':
      return ask('explore:take-instance-back', replacement.unit);
    default:
      return replacement satisfies never;
  }
}
