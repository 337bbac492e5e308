import type { Probes } from '../../../../engine/model/index.ts';
import { newFault } from '../../../shared/fault-words.ts';
import type { EditorProbe } from '../editor-probe.ts';
import { StormFields } from './Fields.tsx';

export const storm: EditorProbe<NonNullable<Probes['storm']>> = {
  title: 'Retry storm',
  text: 'A spike of load together with a fault: does the application come back, or do its own retries keep it down?',
  usual: ({ modules, entry }) => ({
    ...{ spikeFactor: 3, baselineMs: 3000, spikeMs: 5000, recoveryMs: 12_000 },
    fault: newFault('slow', Object.keys(modules).find((name) => name !== entry) ?? entry, undefined),
  }),
  fields: (props) => <StormFields {...props} />,
};
