import { presetOf, type Application, type Experiment } from '../../engine/model/index.ts';

/** What a preset makes of an application, or why it makes nothing of one that lacks what it needs (a topology, changes, a module in another language). Pure. */
export function experimentOf(preset: string, application: Application): Experiment | string {
  try {
    return presetOf(preset).build(application);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
