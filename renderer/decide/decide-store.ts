import { create } from 'zustand';
import { startingWeights, type DecisionQuestionName, type DecisionWeights } from '../../engine/model/index.ts';

interface Weights {
  weights: DecisionWeights;
}

/** What counts, as last said in this window. */
export const useWeights = create<Weights>(() => ({ weights: startingWeights['small-team'].weights }));

export function setWeight(name: DecisionQuestionName, weight: number): void {
  useWeights.setState(({ weights }) => ({ weights: { ...weights, [name]: weight } }));
}

export function setWeights(weights: DecisionWeights): void {
  useWeights.setState({ weights });
}
