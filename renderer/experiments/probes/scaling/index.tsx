import { hotModule, scalingOf, type Probes } from '../../../../engine/model/index.ts';
import type { EditorProbe } from '../editor-probe.ts';
import { ScalingFields } from './Fields.tsx';

export const scaling: EditorProbe<NonNullable<Probes['scaling']>> = {
  title: 'Scaling',
  text: 'What the same CPU and memory carry, by what is replicated with them. Needs Docker, and a variant with several instances of the unit with the hot module.',
  usual: (application) => scalingOf(hotModule(application)),
  fields: (props) => <ScalingFields {...props} />,
};
