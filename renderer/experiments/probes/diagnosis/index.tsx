import type { Probes } from '../../../../engine/model/index.ts';
import { newFault } from '../../../shared/fault-words.ts';
import type { EditorProbe } from '../editor-probe.ts';
import { DiagnosisFields } from './Fields.tsx';

export const diagnosis: EditorProbe<NonNullable<Probes['diagnosis']>> = {
  title: 'Diagnosis',
  text: 'From a request that fails to the module at fault: how many logs must be opened, and is the right one named?',
  usual: ({ modules, entry }) => ({
    faults: [newFault('hang', Object.keys(modules).find((name) => name !== entry) ?? entry, undefined)],
    ...{ faultMs: 3000, requests: 20 },
  }),
  fields: (props) => <DiagnosisFields {...props} />,
};
