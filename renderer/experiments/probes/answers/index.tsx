import { askedModule, questionsOf, type Probes } from '../../../../engine/model/index.ts';
import type { EditorProbe } from '../editor-probe.ts';
import { AnswersFields } from './Fields.tsx';

export const answers: EditorProbe<NonNullable<Probes['answers']>> = {
  title: 'The same answers',
  text: 'Whether one module answers the same questions alike in every variant, and what its unit costs. For a module in several languages, or for cuts.',
  usual: (application) => questionsOf(askedModule(application)),
  fields: (props) => <AnswersFields {...props} />,
};
