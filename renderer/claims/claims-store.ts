import { create } from 'zustand';
import type { Claims, LessonReader } from '../../engine/model/index.ts';
import { ask } from '../shared/bridge.ts';
import { attempt, problemOf, showDone, type Problem } from '../shared/problem.ts';

export type ClaimsRuntime = 'docker' | 'process';

interface JudgedClaims {
  /** By application; what was judged last stays while it is judged again, and where that fails. */
  judged: Readonly<Record<string, Claims>>;
  problem: Problem | null;
  /** Results of which runtime count; null: of whichever there are. */
  runtime: ClaimsRuntime | null;
}

export const useClaims = create<JudgedClaims>(() => ({ judged: {}, problem: null, runtime: null }));

/** Writes lesson cards to a file that the person chooses. */
export async function saveLessons(
  application: string,
  runtime: ClaimsRuntime | null,
  reader: LessonReader,
): Promise<void> {
  await attempt('The lesson cards could not be saved', async () => {
    const path = await ask('claims:export', application, runtime, reader);
    if (path !== null) showDone(`Saved to ${path}`);
  });
}

/** Judges the claims about an application anew. */
export async function judgeClaims(application: string, runtime: ClaimsRuntime | null): Promise<void> {
  useClaims.setState({ problem: null });
  try {
    const claims = await ask('claims:judge', application, runtime);
    useClaims.setState(({ judged }) => ({ judged: { ...judged, [application]: claims } }));
  } catch (error) {
    useClaims.setState({ problem: problemOf(error) });
  }
}
