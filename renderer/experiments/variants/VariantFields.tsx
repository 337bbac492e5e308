import { Select, TextInput } from '@mantine/core';
import type { ApplicationSummary, Settings, Topology, Variant } from '../../../engine/model/index.ts';
import { plural } from '../../../report/index.ts';
import { cutInLanguage, swappableModules } from '../../shared/languages.ts';
import { topologiesOf } from '../../shared/topologies.ts';
import { mistakesUnder, type Mistakes } from '../check.ts';
import { Fold } from '../Fold.tsx';
import { DataFields, dataSentence } from './DataFields.tsx';
import { LanguageField } from './LanguageField.tsx';
import { policySentence } from './policies.ts';
import { ResilienceFields } from './ResilienceFields.tsx';
import { TunableFields } from './TunableFields.tsx';
import { tunablesSentence } from './tunables.ts';
import classes from '../experiments.module.css';

interface Props {
  variant: Variant;
  index: number;
  mistakes: Mistakes;
  summary: ApplicationSummary;
  onChange: (next: Partial<Variant>) => void;
}

/** One side: its name, its cut, and everything else in which it may differ. */
export function VariantFields({ variant, index, mistakes, summary, onChange }: Props) {
  const { application } = summary;
  const { settings } = variant;
  const topologies = topologiesOf(summary);
  const known = topologies.some((topology) => topology.name === variant.topology.name);
  const of = `of variant ${index + 1}`;
  const under = (path: string): Record<string, string> => mistakesUnder(mistakes, `variants.${index}${path}`);
  const set = (change: Partial<Settings>): void => onChange({ settings: { ...settings, ...change } });
  const wrong = (path: string): boolean => Object.keys(under(path)).length > 0;
  const chooseTopology = (name: string | null): void => {
    const topology = topologies.find((one) => one.name === name);
    if (topology !== undefined) takeCut(topology);
  };
  const takeCut = (topology: Topology): void => {
    const follows = variant.name === variant.topology.name;
    onChange(follows ? { topology, name: topology.name } : { topology });
  };
  return (
    <>
      <div className={classes.fields}>
        <TextInput
          label="Name"
          aria-label={`Name ${of}`}
          value={variant.name}
          error={mistakes[`variants.${index}.name`]}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <Select
          label="Cut"
          aria-label={`Cut ${of}`}
          description={plural(variant.topology.units.length, 'unit')}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          data={[...topologies.map((topology) => topology.name), ...(known ? [] : [variant.topology.name])]}
          value={variant.topology.name}
          error={mistakes[`variants.${index}.topology`]}
          onChange={chooseTopology}
        />
        {swappableModules(application).map((module) => (
          <LanguageField
            key={module}
            module={module}
            application={application}
            topology={variant.topology}
            of={of}
            onChange={(language) => takeCut(cutInLanguage(variant.topology, { module, language, known: topologies }))}
          />
        ))}
        <TextInput
          label="Title"
          aria-label={`Title ${of}`}
          placeholder={variant.name}
          value={variant.title ?? ''}
          error={mistakes[`variants.${index}.title`]}
          onChange={({ currentTarget: { value } }) => onChange({ title: value === '' ? undefined : value })}
        />
      </div>
      <Fold
        title="Calls between modules"
        says={policySentence(settings.resilience)}
        wrong={wrong('.settings.resilience')}
      >
        <ResilienceFields
          resilience={settings.resilience}
          of={of}
          errors={(policy) => under(`.settings.resilience${policy === '' ? '' : `.${policy}`}`)}
          onChange={(resilience) => set({ resilience })}
        />
      </Fold>
      <Fold title="Data" says={dataSentence(settings)} wrong={false}>
        <DataFields settings={settings} of={of} onChange={set} />
      </Fold>
      {Object.keys(application.tunables).length === 0 ? null : (
        <Fold title="Amount of work" says={tunablesSentence(settings.tunables)} wrong={wrong('.settings.tunables')}>
          <TunableFields
            tunables={settings.tunables}
            application={application}
            of={of}
            errors={under('.settings.tunables')}
            onChange={(tunables) => set({ tunables })}
          />
        </Fold>
      )}
    </>
  );
}
