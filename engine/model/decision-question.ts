import type { MetricName } from './metric.ts';
import type { PresetName } from './preset.ts';

/** What a decision about a cut may depend on, asked in plain words. */
export interface DecisionQuestion {
  name: string;
  title: string;
  /** How the weight is asked for. */
  question: string;
  /** What measures it, each as much as the others; empty: nothing here can, and it becomes no number. */
  measuredBy: readonly MetricName[];
  /** What would measure it. */
  preset: PresetName | null;
  /** Of what is not measured: what it speaks for. */
  speaksFor?: string;
}

/** Every question; those that nothing here measures last. */
export const decisionQuestions = [
  {
    name: 'releases',
    title: 'Releases',
    question: 'How often do you release, and how much does it matter that nobody waits for anybody else?',
    measuredBy: ['edit-to-live', 'release-lost-requests', 'lockstep-units'],
    preset: 'release',
  },
  {
    name: 'availability',
    title: 'Availability',
    question: 'How bad is it when a part fails and takes others with it?',
    measuredBy: ['lost-good-requests', 'isolation-index'],
    preset: 'quick',
  },
  {
    name: 'latency',
    title: 'Response time',
    question: 'How much do response times matter?',
    measuredBy: ['response-p50', 'response-p95'],
    preset: 'quick',
  },
  {
    name: 'growth',
    title: 'Load and growth',
    question: 'How much does it matter what the same machines carry?',
    measuredBy: ['capacity-rate'],
    preset: 'limits',
  },
  {
    name: 'cost',
    title: 'Cost',
    question: 'How tight is the budget for processors and memory?',
    measuredBy: ['cpu-per-1000-good', 'memory-resident'],
    preset: 'quick',
  },
  {
    name: 'consistency',
    title: 'Consistency',
    question: 'How bad is an order that is lost or done twice?',
    measuredBy: ['orders-wrong', 'invariants-broken'],
    preset: 'faults',
  },
  {
    name: 'operations',
    title: 'Operating it',
    question: 'How much does it matter that there is little to build, start and watch?',
    measuredBy: ['deployment-time', 'remote-calls-per-journey', 'dependency-bytes'],
    preset: 'limits',
  },
  {
    name: 'diagnosis',
    title: 'Finding faults',
    question: 'How much does it matter that the part at fault is found soon?',
    // How many logs there are to open depends on whether somebody brings them together.
    measuredBy: ['lines-read', 'cause-named'],
    preset: 'diagnosis',
  },
  {
    name: 'change',
    title: 'Changing it',
    question: 'How much does it matter that a change stays in one small unit?',
    measuredBy: ['units-per-change', 'largest-unit-lines'],
    preset: 'standard',
  },
  {
    name: 'teams',
    title: 'Teams',
    question: 'How many teams work on it, and do they have to agree before each step?',
    measuredBy: [],
    preset: null,
    speaksFor:
      'Several teams that wait for each other speak for cutting along the line between them; one team does not.',
  },
  {
    name: 'technology',
    title: 'Technology',
    question: 'Does a part need another language or other libraries than the rest?',
    measuredBy: [],
    preset: null,
    speaksFor: 'A part that needs another language needs a unit of its own; nothing else does.',
  },
  {
    name: 'people',
    title: 'People who run it',
    question: 'Is there somebody who can run, watch and repair many units at night?',
    measuredBy: [],
    preset: null,
    speaksFor: 'Where nobody can, this speaks for fewer units, whatever the numbers say.',
  },
] as const satisfies readonly DecisionQuestion[];
export type DecisionQuestionName = (typeof decisionQuestions)[number]['name'];

/** How much each question counts, 0 (not at all) to 4 (more than anything); one that is left out does not count. */
export type DecisionWeights = Partial<Record<DecisionQuestionName, number>>;

/** The largest weight. */
export const mostWeight = 4;

/** Weights to begin with. */
export const startingWeights = {
  'small-team': {
    title: 'A small team',
    weights: {
      releases: 1,
      availability: 1,
      latency: 2,
      growth: 1,
      cost: 3,
      consistency: 3,
      operations: 4,
      diagnosis: 2,
      change: 1,
    },
  },
  'many-teams': {
    title: 'Many teams',
    weights: {
      releases: 4,
      availability: 2,
      latency: 1,
      growth: 2,
      cost: 1,
      consistency: 2,
      operations: 1,
      diagnosis: 1,
      change: 4,
    },
  },
  'high-availability': {
    title: 'High availability',
    weights: {
      releases: 2,
      availability: 4,
      latency: 2,
      growth: 2,
      cost: 1,
      consistency: 4,
      operations: 1,
      diagnosis: 3,
      change: 1,
    },
  },
} as const satisfies Record<string, { title: string; weights: DecisionWeights }>;
export type StartingWeightsName = keyof typeof startingWeights;
