import type { Application } from './application.ts';
import type { Experiment } from './experiment.ts';
import type { MetricName } from './metric.ts';
import type { BuildOptions } from './preset-build.ts';

/** What somebody published, to hold this machine's numbers against. */
export interface PublishedClaim {
  claim: string;
  source: string;
  /** The published ratio of the second variant to the first. */
  published: { metric: MetricName; value: number; text: string };
  /** Why the measured number may differ, without either being wrong. */
  reasons: string[];
}

/** A named experiment. */
export interface Preset {
  name: string;
  title: string;
  /** What it answers, in the words of the person who asks. */
  question: string;
  summary: string;
  /** Set when the preset repeats a published comparison. */
  claim?: PublishedClaim;
  /** The experiment for this application. Throws one sentence when the application lacks what it needs (a topology, a tunable). */
  build: (application: Application, options?: BuildOptions) => Experiment;
}
