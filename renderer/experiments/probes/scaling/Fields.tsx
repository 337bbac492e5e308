import { Select, Stack, Switch } from '@mantine/core';
import type { Probes } from '../../../../engine/model/index.ts';
import { NumberField } from '../../NumberField.tsx';
import type { FieldsProps } from '../editor-probe.ts';
import classes from '../../experiments.module.css';

type Scaling = NonNullable<Probes['scaling']>;

/** How long the doubled load goes on once it is asked for, ms. */
const usualElasticMs = 12_000;

/** What is hot, how much there is to share out, how the highest rate is searched, and whether the load doubles. */
export function ScalingFields({ settings, application, errors, onChange }: FieldsProps<Scaling>) {
  const { search } = settings;
  const { objective } = search;
  const set = (change: Partial<Scaling>): void => onChange({ ...settings, ...change });
  const setSearch = (change: Partial<Scaling['search']>): void => set({ search: { ...search, ...change } });
  return (
    <Stack gap="sm">
      <Select
        label="Hot module"
        description="The skewed load is for it, and its unit is the one whose instances change"
        data={Object.entries(application.modules).map(([value, { title }]) => ({ value, label: title }))}
        value={settings.hot}
        error={errors['hot']}
        allowDeselect={false}
        maw={420}
        onChange={(hot) => set({ hot: hot ?? settings.hot })}
      />
      <div className={classes.fields}>
        <NumberField
          label="Budget, of the application's CPUs"
          value={settings.cpuShare}
          scale={0.01}
          suffix="%"
          error={errors['cpuShare']}
          onChange={(cpuShare) => set({ cpuShare })}
        />
        <NumberField
          label="Search from"
          name="Scaling from"
          value={search.startJourneysPerSecond}
          suffix="/s"
          error={errors['search.startJourneysPerSecond']}
          onChange={(startJourneysPerSecond) => setSearch({ startJourneysPerSecond })}
        />
        <NumberField
          label="To"
          name="Scaling to"
          value={search.maxJourneysPerSecond}
          suffix="/s"
          error={errors['search.maxJourneysPerSecond']}
          onChange={(maxJourneysPerSecond) => setSearch({ maxJourneysPerSecond })}
        />
        <NumberField
          label="Each step"
          name="Each step of the scaling search"
          value={search.stepMs}
          scale={1000}
          suffix="s"
          error={errors['search.stepMs']}
          onChange={(stepMs) => setSearch({ stepMs })}
        />
        <NumberField
          label="Precision"
          name="Precision of the scaling search"
          value={search.precision}
          scale={0.01}
          suffix="%"
          error={errors['search.precision']}
          onChange={(precision) => setSearch({ precision })}
        />
        <NumberField
          label="p95 at most"
          name="Scaling p95 at most"
          value={objective.p95Ms}
          suffix="ms"
          error={errors['search.objective.p95Ms']}
          onChange={(p95Ms) => setSearch({ objective: { ...objective, p95Ms } })}
        />
        <NumberField
          label="Availability at least"
          name="Scaling availability at least"
          value={objective.availability}
          scale={0.01}
          suffix="%"
          error={errors['search.objective.availability']}
          onChange={(availability) => setSearch({ objective: { ...objective, availability } })}
        />
        <NumberField
          label="Settling"
          value={settings.settleMs}
          scale={1000}
          suffix="s"
          error={errors['settleMs']}
          onChange={(settleMs) => set({ settleMs })}
        />
        {settings.elasticMs === null ? null : (
          <NumberField
            label="Twice the load for"
            value={settings.elasticMs}
            scale={1000}
            suffix="s"
            error={errors['elasticMs']}
            onChange={(elasticMs) => set({ elasticMs })}
          />
        )}
      </div>
      <Switch
        label="Double the load, and add instances under it"
        checked={settings.elasticMs !== null}
        onChange={({ currentTarget }) => set({ elasticMs: currentTarget.checked ? usualElasticMs : null })}
      />
    </Stack>
  );
}
