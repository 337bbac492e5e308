import { presetOf, type Application, type Experiment } from '../../engine/model/index.ts';

/** What a preset makes of an application, in that runtime (null: in what the settings say), or why it makes nothing of one that lacks what it needs (a topology, changes, a module in another language). Pure. */
export function experimentOf(
  preset: string,
  application: Application,
  runtime: 'docker' | 'process' | null = null,
): Experiment | string {
  try {
    const experiment = presetOf(preset).build(application);
    return { ...experiment, runtime: runtime ?? experiment.runtime };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
