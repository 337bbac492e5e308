import { faultTargets } from '../../preset-faults.ts';
import { presetLoad } from '../../preset-load.ts';
import { endsOfScale } from '../../preset-variant.ts';
import type { ProbePreset } from '../preset.ts';
import type { DiagnosisSettings } from './settings.ts';

export const diagnosis = {
  name: 'diagnosis',
  title: 'From a failing request to its cause',
  question: 'Something fails: how many places must be looked at until the module at fault is named?',
  summary:
    'Two cuts, four blocks: modules fail in five ways, and each failing request is followed through the logs of the units until a module is named.',
  experiment: (application) => {
    const { required } = faultTargets(application);
    return {
      variants: endsOfScale(application),
      // What is the same in every deployment of a cut takes four of each to be decided.
      blocks: 4,
      declaredDifferences: [],
      load: presetLoad,
      warmUp: { minMs: 1500, maxMs: 2500, minRequests: 150 },
      latency: { durationMs: 2000 },
      settings: {
        faults: [
          { kind: 'errors', module: required, share: 1 },
          { kind: 'hang', module: required },
          { kind: 'slow', module: required, delayMs: 2000 },
          { kind: 'event-loop-block', module: required, delayMs: 1200 },
          { kind: 'crash', module: required },
        ],
        faultMs: 4000,
        requests: 20,
      },
    };
  },
} as const satisfies ProbePreset<DiagnosisSettings>;
