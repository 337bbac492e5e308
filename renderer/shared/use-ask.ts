import { useCallback, useEffect, useState } from 'react';
import { problemOf, type Problem } from './problem.ts';

export type Asked<T> =
  | { state: 'loading'; value: null; problem: null }
  | { state: 'ready'; value: T; problem: null }
  | { state: 'failed'; value: null; problem: Problem };

const loading = { state: 'loading', value: null, problem: null } as const;

/** Asks when shown and whenever `ask` changes (keep it stable with useCallback); answers that come too late are dropped. */
export function useAsk<T>(ask: () => Promise<T>): Asked<T> & { reload: () => void } {
  const [asked, setAsked] = useState<Asked<T>>(loading);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    ask().then(
      (value) => current && setAsked({ state: 'ready', value, problem: null }),
      (error: unknown) => current && setAsked({ state: 'failed', value: null, problem: problemOf(error) }),
    );
    return () => {
      current = false;
      setAsked(loading);
    };
  }, [ask, turn]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  return { ...asked, reload };
}
