import { create } from 'zustand';
import { startingWeights, type DecisionQuestionName, type DecisionWeights } from '../../engine/model/index.ts';
import { ask } from '../shared/bridge.ts';
import { attempt } from '../shared/problem.ts';

interface Weights {
  /** What counts, by application, as last said on this machine; what nobody said anything of is not in it. */
  said: Readonly<Record<string, DecisionWeights>>;
}

const useSaid = create<Weights>(() => ({ said: {} }));

/** The set to begin with. */
const first: DecisionWeights = startingWeights['small-team'].weights;

/** What counts for decisions about an application. */
export function useWeights(application: string): DecisionWeights {
  return useSaid(({ said }) => said[application]) ?? first;
}

/** Whether anything was said for it. */
export function useIsSaid(application: string): boolean {
  return useSaid(({ said }) => said[application] !== undefined);
}

/** Brings back what was said before the window lived; what is said meanwhile is newer. */
export async function readWeights(application: string): Promise<void> {
  await attempt('What counts for you could not be read', async () => {
    const kept = await ask('weights:get', application);
    if (kept !== null) useSaid.setState(({ said }) => ({ said: { [application]: kept, ...said } }));
  });
}

export function setWeight(application: string, name: DecisionQuestionName, weight: number): void {
  setWeights(application, { ...(useSaid.getState().said[application] ?? first), [name]: weight });
}

/** Null: the set to begin with. */
export function setWeights(application: string, weights: DecisionWeights | null): void {
  useSaid.setState(({ said }) => {
    const { [application]: _, ...others } = said;
    return { said: weights === null ? others : { ...others, [application]: weights } };
  });
  void attempt('What counts for you could not be kept', () => ask('weights:set', application, weights));
}
