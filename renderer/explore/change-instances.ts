import { changeInWords, type InstanceChange } from '../../engine/model/index.ts';
import { ask } from '../shared/bridge.ts';
import { attempt } from '../shared/problem.ts';

/** Changes the instances of the deployment; what keeps it from being done is shown below the page. */
export async function changeInstances(change: InstanceChange): Promise<void> {
  await attempt(changeInWords(change, 'failed'), () => request(change));
}

function request(change: InstanceChange): Promise<void> {
  switch (change.kind) {
    case 'replace':
      return ask('explore:replace', change.unit, change.strategy);
    case 'add':
      return ask('explore:add-instance', change.unit);
    case 'take-back':
      return ask('explore:take-back', change.unit);
    default:
      return change satisfies never;
  }
}
