import type { ApplicationSummary, Experiment } from '../../engine/model/index.ts';
import type { Mistakes } from './check.ts';

/** What every part of the form gets. */
export interface SectionProps {
  experiment: Experiment;
  mistakes: Mistakes;
  summary: ApplicationSummary;
  set: (change: Partial<Experiment>) => void;
}
