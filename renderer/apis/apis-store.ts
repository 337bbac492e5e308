import { create } from 'zustand';
import type { ApiModule } from '../../engine/model/index.ts';
import { ask } from '../shared/bridge.ts';
import { problemOf, type Problem } from '../shared/problem.ts';
import type { CutMedian } from './medians.ts';

/** What is known of contracts, and what was chosen and measured in this session. */
interface Apis {
  /** By application; what was read last stays while it is read again, and where that fails. */
  read: Readonly<Record<string, ApiModule[]>>;
  problem: Problem | null;
  cut: string | null;
  module: string | null;
  /** By `questionKey`. */
  medians: Readonly<Record<string, readonly CutMedian[]>>;
}

export const useApis = create<Apis>(() => ({ read: {}, problem: null, cut: null, module: null, medians: {} }));

/** Reads the contracts of an application anew. */
export async function readApis(application: string): Promise<void> {
  useApis.setState({ problem: null });
  try {
    const modules = await ask('apis:describe', application);
    useApis.setState(({ read }) => ({ read: { ...read, [application]: modules } }));
  } catch (error) {
    useApis.setState({ problem: problemOf(error) });
  }
}

/** An example among all. */
export function questionKey(application: string, module: string, example: number): string {
  return `${application} ${module} ${example}`;
}
