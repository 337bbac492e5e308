import { NativeSelect } from '@mantine/core';
import {
  languageOf,
  languagesOf,
  languageTitles,
  unitOf,
  type Application,
  type Topology,
} from '../../engine/model/index.ts';
import { whyNoOther } from '../shared/languages.ts';
import { change } from './drawing-store.ts';
import classes from './topologies.module.css';

/** In which language a module of the cut is, where it is written in several; with its reason where none can be chosen. */
export function LanguageChoice({
  module,
  application,
  topology,
}: {
  module: string;
  application: Application;
  topology: Topology;
}) {
  const languages = languagesOf(application, module);
  if (languages.length < 2) return null;
  const reason = whyNoOther(topology, module);
  return (
    <div className={classes.language}>
      <NativeSelect
        size="xs"
        aria-label={`Language of ${module}`}
        description={reason}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        data={languages.map((value) => ({ value, label: languageTitles[value] }))}
        value={languageOf(unitOf(topology, module))}
        disabled={reason !== null}
        onChange={({ currentTarget: { value } }) => {
          const language = languages.find((one) => one === value);
          if (language !== undefined) change({ kind: 'language', module, language });
        }}
      />
    </div>
  );
}
