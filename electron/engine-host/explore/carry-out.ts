import type { Deployment } from '../../../engine/deploy/index.ts';
import type { Replacement, ReplacedInstance } from '../../../engine/model/index.ts';

/** Changes the instances of a deployment and tells what became of those that were replaced. Throws what the deployment does. */
export async function carryOut(
  replacement: Replacement,
  deployment: Deployment,
  signal: AbortSignal,
): Promise<ReplacedInstance[]> {
  switch (replacement.kind) {
    case 'replace': {
      const all = deployment.variant.topology.units.map(({ name }) => name);
      return deployment.replace({
        units: replacement.unit === null ? all : [replacement.unit],
        strategy: replacement.strategy,
        signal,
      });
    }
    case 'add':
      await deployment.addInstance(replacement.unit, signal);
      return [];
    case 'take-back':
      await deployment.takeInstanceBack(replacement.unit);
      return [];
    default:
      return replacement satisfies never;
  }
}
