import type { Deployment } from '../../../engine/deploy/index.ts';
import type { InstanceChange, ReplacedInstance } from '../../../engine/model/index.ts';

/** Changes the instances of a deployment and tells what became of those that were replaced. Throws what the deployment does. */
export async function carryOut(
  change: InstanceChange,
  deployment: Deployment,
  signal: AbortSignal,
): Promise<ReplacedInstance[]> {
  switch (change.kind) {
    case 'replace': {
      const all = deployment.variant.topology.units.map(({ name }) => name);
      return deployment.replace({
        units: change.unit === null ? all : [change.unit],
        strategy: change.strategy,
        signal,
      });
    }
    case 'add':
      await deployment.addInstance(change.unit, signal);
      return [];
    case 'take-back':
      await deployment.takeInstanceBack(change.unit);
      return [];
    default:
      return change satisfies never;
  }
}
