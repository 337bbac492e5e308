import { Select } from '@mantine/core';
import {
  languageOf,
  languagesOf,
  languageTitles,
  own,
  unitOf,
  type Application,
  type Language,
  type Topology,
} from '../../../engine/model/index.ts';
import { whyNoOther } from '../../shared/languages.ts';

interface Props {
  module: string;
  application: Application;
  topology: Topology;
  /** Of which variant, in words. */
  of: string;
  onChange: (language: Language) => void;
}

/** In which language a module of a variant's cut is; with its reason where none can be chosen. */
export function LanguageField({ module, application, topology, of, onChange }: Props) {
  const title = own(application.modules, module)?.title ?? module;
  // A cut of another application, or of one as it was before.
  if (!topology.units.some(({ modules }) => modules.includes(module))) return null;
  const languages = languagesOf(application, module);
  const reason = whyNoOther(topology, module);
  return (
    <Select
      label={`${title} in`}
      aria-label={`Language of ${title} ${of}`}
      description={reason}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      data={languages.map((value) => ({ value, label: languageTitles[value] }))}
      value={languageOf(unitOf(topology, module))}
      disabled={reason !== null}
      allowDeselect={false}
      onChange={(value) => {
        const language = languages.find((one) => one === value);
        if (language !== undefined) onChange(language);
      }}
    />
  );
}
