import { create } from 'zustand';
import type { Campaign, ClaimExperiment, Claims } from '../../engine/model/index.ts';
import { ask, listen } from '../shared/bridge.ts';
import { attempt } from '../shared/problem.ts';

/** Experiments that are measured one after another. */
export const useCampaign = create<{ campaign: Campaign | null }>(() => ({ campaign: null }));

/** Follows it; returns the unsubscribe. */
export function followCampaign(): () => void {
  const stop = listen('campaign:changed', (campaign) => useCampaign.setState({ campaign }));
  void ask('campaign:state').then(
    (campaign) => useCampaign.setState({ campaign }),
    () => undefined,
  );
  return stop;
}

/** What would measure all that is missing, each once, what takes least time first; without those whose measurements another of them makes as well. Pure. */
export function missingIn({ claims }: Pick<Claims, 'claims'>): (ClaimExperiment & { estimateMs: number })[] {
  const all = new Map(claims.flatMap(({ missing }) => missing.map((one) => [one.preset, one])));
  return [...all.values()]
    .filter(({ preset }) => !(preset === 'quick' && (all.get('standard')?.estimateMs ?? null) !== null))
    .flatMap(({ estimateMs, ...rest }) => (estimateMs === null ? [] : [{ ...rest, estimateMs }]))
    .toSorted((a, b) => a.estimateMs - b.estimateMs);
}

/** Begins to measure these, one after another; on a machine that is not quiet a person is asked first. */
export async function measureAll(
  application: string,
  presets: readonly string[],
  runtime: Campaign['runtime'],
): Promise<void> {
  const { agreedToStart } = await import('../machine/WaitForQuiet.tsx');
  if (!(await agreedToStart())) return;
  await attempt('The experiments could not be started', async () => {
    useCampaign.setState({ campaign: await ask('campaign:start', application, [...presets], runtime) });
  });
}

export async function goOn(): Promise<void> {
  await attempt('The next experiment could not be started', async () => {
    useCampaign.setState({ campaign: await ask('campaign:go-on') });
  });
}

/** Forgets what is left; what runs goes on. */
export async function dropCampaign(): Promise<void> {
  await attempt('The rest could not be called off', async () => {
    await ask('campaign:drop');
    useCampaign.setState({ campaign: null });
  });
}
