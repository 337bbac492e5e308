import type { Probes } from '../../../../engine/model/index.ts';
import type { EditorProbe } from '../editor-probe.ts';
import { CapacityFields } from './Fields.tsx';

export const capacity: EditorProbe<NonNullable<Probes['capacity']>> = {
  title: 'Capacity',
  text: 'The highest rate that still meets an objective, found in steps.',
  usual: () => ({
    startJourneysPerSecond: 20,
    maxJourneysPerSecond: 400,
    stepMs: 5000,
    precision: 0.1,
    objective: { p95Ms: 250, availability: 0.99 },
  }),
  fields: (props) => <CapacityFields {...props} />,
};
