import type Docker from 'dockerode';
import type { Network } from 'dockerode';
import { sentenceOf } from '../errors.ts';
import { LIMIT_MS, engineCall, statusOf } from './call.ts';
import { withSignal } from './signalled.ts';

/** The networks of a site. */
export interface SiteNetworks {
  /** Units and agent; nothing outside can be reached from it. */
  inside: { name: string; network: Network };
  /** The entry unit's second one, for a published port needs a network that is not internal. On Docker nothing leads out of it either: its addresses are nobody's outside, and not exchanged for this machine's. */
  edge: { name: string; network: Network };
}

/** Makes both networks. Settles only when the engine has answered for both. */
export async function createNetworks(
  docker: Docker,
  siteId: string,
  { labels, closedEdge }: { labels: Record<string, string>; closedEdge: boolean },
): Promise<SiteNetworks> {
  const create = async (name: string, internal: boolean): Promise<{ name: string; network: Network }> => {
    const network = await engineCall(`Creating the network ${name}`, LIMIT_MS.change, undefined, (abortSignal) =>
      docker.createNetwork({
        Name: name,
        Driver: 'bridge',
        Internal: internal,
        CheckDuplicate: true,
        Labels: labels,
        ...(!internal && closedEdge ? { Options: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' } } : {}),
        abortSignal,
      }),
    );
    return { name, network };
  };
  const both = [create(`cleave-${siteId}-inside`, true), create(`cleave-${siteId}-edge`, false)] as const;
  await Promise.allSettled(both);
  const [inside, edge] = await Promise.all(both);
  return { inside, edge };
}

/** Attaches a container under these names. Fine if it is attached already. */
export async function attach(
  network: Network,
  containerId: string,
  aliases: string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await engineCall('Connecting a unit to its network', LIMIT_MS.change, signal, (abortSignal) =>
      network.connect(withSignal({ Container: containerId, EndpointConfig: { Aliases: aliases } }, abortSignal)),
    );
  } catch (error) {
    // Engines say it with either number, with which they also say other things; all have this word in it.
    const isIn = [403, 409].includes(statusOf(error) ?? 0) && /\balready\b/i.test(sentenceOf(error));
    if (!isIn) throw error;
  }
}
