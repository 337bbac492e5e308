import { Select, Switch } from '@mantine/core';
import {
  consistencySchema,
  settingsSchema,
  storeInWords,
  type Consistency,
  type Settings,
} from '../../../engine/model/index.ts';
import classes from '../experiments.module.css';

const consistencyWords: Readonly<Record<Consistency, string>> = {
  auto: 'Right for the cut',
  naive: 'Naive: nothing compensated',
  'acknowledge-before-commit': 'Planted bug: acknowledges too early',
  'retry-without-key': 'Planted bug: retries without a key',
};
/** How data is kept, in one line. */
export function dataSentence({ consistency, outbox, store }: Settings): string {
  return `consistency ${consistencyWords[consistency].toLowerCase()}, ${outbox ? 'outbox' : 'no outbox'}, ${storeInWords(store)}`;
}

interface Props {
  settings: Settings;
  of: string;
  onChange: (change: Partial<Settings>) => void;
}

/** How modules keep their data and keep it together. */
export function DataFields({ settings, of, onChange }: Props) {
  return (
    <div className={classes.pair}>
      <Select
        label="Consistency"
        aria-label={`Consistency ${of}`}
        description="One transaction within a unit, a saga across units, unless chosen otherwise"
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        data={consistencySchema.options.map((value) => ({ value, label: consistencyWords[value] }))}
        value={settings.consistency}
        onChange={(value) => value !== null && onChange({ consistency: value })}
      />
      <Select
        label="Store"
        aria-label={`Store ${of}`}
        description="PostgreSQL servers share the CPU and memory of the units. Where stores differ between variants, declare the difference: then they are part of what is compared"
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        data={settingsSchema.shape.store.unwrap().options.map((value) => ({ value, label: storeInWords(value) }))}
        value={settings.store}
        onChange={(value) => value !== null && onChange({ store: value })}
      />
      <Switch
        size="xs"
        label="Outbox"
        description="What must be told to another module is written with the data and told later, never lost."
        aria-label={`Outbox ${of}`}
        checked={settings.outbox}
        onChange={(event) => onChange({ outbox: event.currentTarget.checked })}
      />
    </div>
  );
}
