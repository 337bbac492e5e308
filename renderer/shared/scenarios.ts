import { presets, type Application, type Experiment } from '../../engine/model/index.ts';

/** A question that can be launched as it is. */
export interface Scenario {
  name: string;
  title: string;
  question: string;
  summary: string;
  experiment: Experiment;
}

const known = new WeakMap<Application, readonly Scenario[]>();

/** The presets made for an application. One that it cannot have (a module is missing, say) is left out. */
export function scenariosFor(application: Application): readonly Scenario[] {
  const before = known.get(application);
  if (before !== undefined) return before;
  const scenarios = Object.values(presets).flatMap((preset): Scenario[] => {
    try {
      const experiment = preset.build(application);
      const { name, title, question, summary } = preset;
      return [{ name, title, question, summary, experiment }];
    } catch {
      return [];
    }
  });
  known.set(application, scenarios);
  return scenarios;
}
