import { own } from '../../own.ts';
import type { ProbeDescription } from '../description.ts';
import { negative } from '../impossible-time.ts';
import { answersMeasurementSchema, type AnswersMeasurement } from './measurement.ts';
import { metrics } from './metrics.ts';
import { swap } from './preset.ts';
import { answersSettingsSchema, type AnswersSettings } from './settings.ts';

/** On two processors, ms: one question through the agent, and the examples of a contract. */
const [questionMs, contractMs] = [4, 500];

/** What one module answers and costs, whatever it is written in: what it costs is read from what other probes measure. */
export const answers = {
  title: 'The same answers',
  settings: answersSettingsSchema.nullish(),
  fields: { answers: answersMeasurementSchema.nullish() },
  unmeasured: () => ({}),
  metrics,
  // Asked again with response times, in the same fresh deployment.
  parts: {},
  restrict: (settings, kept) => (kept('latency') ? settings : null),
  problems: ({ module }, { application }) =>
    own(application.modules, module) !== undefined
      ? []
      : [
          {
            path: 'probes.answers.module',
            problem: `unknown module "${module}"; allowed: ${Object.keys(application.modules).join(', ')}`,
          },
        ],
  estimateMs: ({ questions }) => questions * questionMs + contractMs,
  impossibleTimes: ({ answers: measured }) => negative('a question took', measured?.medianMs),
  presets: [swap],
} satisfies ProbeDescription<AnswersSettings, { answers?: AnswersMeasurement | null | undefined }>;
