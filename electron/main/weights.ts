import path from 'node:path';
import { z } from 'zod';
import { replaceFileSync } from '../../engine/files/index.ts';
import { decisionWeightsSchema, nameSchema, type DecisionWeights } from '../../engine/model/index.ts';
import { readJson } from './files.ts';

/** What counts for this person, by application, kept in the profile. */
export interface WeightsStore {
  /** Null where nothing was said, or it was taken back. */
  get(application: string): DecisionWeights | null;
  /** Keeps them; null takes back what was said. Throws what the file system throws; then the old ones stay. */
  set(application: string, weights: DecisionWeights | null): void;
}

/** Opens them; what does not fit, as of a version with other questions, is left out for that application alone. */
export function openWeights(profile: string): WeightsStore {
  const file = path.join(profile, 'weights.json');
  let current = usable(readJson(file, z.record(z.string(), z.unknown())) ?? {});
  return {
    get: (application) => current.get(application) ?? null,
    set: (application, weights) => {
      const next = new Map(current);
      if (weights === null) next.delete(application);
      else next.set(application, weights);
      replaceFileSync(file, JSON.stringify(Object.fromEntries(next), null, 2));
      current = next;
    },
  };
}

function usable(kept: Readonly<Record<string, unknown>>): Map<string, DecisionWeights> {
  return new Map(
    Object.entries(kept).flatMap(([application, value]): [string, DecisionWeights][] => {
      const parsed = decisionWeightsSchema.safeParse(value);
      return nameSchema.safeParse(application).success && parsed.success ? [[application, parsed.data]] : [];
    }),
  );
}
