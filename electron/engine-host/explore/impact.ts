import { impactOfChanges, type Deployment, type Laboratory } from '../../../engine/deploy/index.ts';
import type { ExploreImpact } from '../../../engine/model/index.ts';

/** What one change gets into in the cut that is deployed. Throws what `impactOfChanges` does. */
export async function impactIn(
  { application, variant: { topology } }: Deployment,
  change: string,
  laboratory: Laboratory,
  signal: AbortSignal,
): Promise<ExploreImpact> {
  const [impact] = await impactOfChanges(laboratory, application, {
    ...{ topologies: [topology], changes: [change], signal },
  });
  return { modules: impact?.modules ?? [], units: impact?.units[topology.name] ?? [] };
}
