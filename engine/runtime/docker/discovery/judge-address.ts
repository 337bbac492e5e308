import { sentenceOf } from '../../errors.ts';
import { formatEndpoint, parseEndpoint } from '../endpoint.ts';
import { engineCandidates } from './candidates.ts';
import { certificatesByVariable } from './configuration.ts';
import { thisHost } from './host.ts';
import type { DiscoveryHost } from './host.ts';

/** What there is to say of an engine's address before anybody talks to it. */
export interface AddressJudgement {
  /** Why it cannot be used, one sentence; null if it can. */
  problem: string | null;
  /** It is one of those that Cleave would look at by itself. */
  discovered: boolean;
}

/** Whoever answers at an address is given everything that runs: one that this system does not name itself is for a person to confirm. */
export async function judgeAddress(address: string, overrides: Partial<DiscoveryHost> = {}): Promise<AddressJudgement> {
  const host = thisHost(overrides);
  const certificates = certificatesByVariable(host);
  const whole = (text: string): string | null => {
    try {
      return formatEndpoint(parseEndpoint(text, certificates));
    } catch {
      return null;
    }
  };
  try {
    const wanted = formatEndpoint(parseEndpoint(address, certificates));
    const candidates = await engineCandidates(host);
    return { problem: null, discovered: candidates.some((one) => 'address' in one && whole(one.address) === wanted) };
  } catch (error) {
    return { problem: `${sentenceOf(error)}.`, discovered: false };
  }
}
