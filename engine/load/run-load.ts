import type { LoadMeasurement, LoadPlan } from '../model/index.ts';
import { choosePacer } from './choose-pacer.ts';
import type { LoadOptions } from './load-options.ts';
import { LoadRun } from './load-run.ts';
import { warmGenerator } from './warm-generator.ts';

/**
 * Runs the open-loop load of a plan and measures it. Wants a process to itself: everything else that runs there delays it. Throws one
 * sentence when the plan's journeys or address cannot be used; failing requests are counted, never thrown.
 */
export async function runLoad(plan: LoadPlan, options: LoadOptions = {}): Promise<LoadMeasurement> {
  if (new URL(plan.baseUrl).protocol !== 'http:')
    throw new Error('The load can only be sent over http: give a baseUrl that starts with http://.');
  await warmGenerator();
  const pacer = await choosePacer();
  try {
    return await new LoadRun(plan, pacer, options).run();
  } finally {
    await pacer.close();
  }
}
