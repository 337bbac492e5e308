import type { Endpoint } from '../docker/index.ts';
import type { ReaperOrder } from './program.ts';

/** An engine's address as the reaper takes it. */
export function reaperEngine(endpoint: Endpoint): ReaperOrder['engine'] {
  if (endpoint.kind === 'socket') return { socketPath: endpoint.path };
  return {
    host: endpoint.host,
    port: endpoint.port,
    certificates: endpoint.kind === 'https' ? endpoint.certificates : null,
  };
}
