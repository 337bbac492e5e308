import { useEffect, useState } from 'react';
import type { ExploreImpact } from '../../engine/model/index.ts';
import { ask } from '../shared/bridge.ts';
import { problemOf } from '../shared/problem.ts';

type Impact = { state: 'finding' } | { state: 'found'; impact: ExploreImpact } | { state: 'failed'; problem: string };

const finding: Impact = { state: 'finding' };

/** What a change gets into in the cut that is deployed, as the engine finds it; null asks nothing. */
export function useImpact(change: string | null): Impact {
  const [known, setKnown] = useState<{ change: string; impact: Impact } | null>(null);
  useEffect(() => {
    if (change === null) return undefined;
    let wanted = true;
    const take = (impact: Impact): void => {
      if (wanted) setKnown({ change, impact });
    };
    void ask('explore:impact', change).then(
      (impact) => take({ state: 'found', impact }),
      (error: unknown) => take({ state: 'failed', problem: problemOf(error).message }),
    );
    return () => {
      wanted = false;
    };
  }, [change]);
  // What was found for another one says nothing of this.
  return known !== null && known.change === change ? known.impact : finding;
}
