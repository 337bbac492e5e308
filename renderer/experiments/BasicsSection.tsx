import { SegmentedControl, Stack, Switch, Text, TextInput } from '@mantine/core';
import { looksUpTo, type Look } from '../../engine/model/index.ts';
import { Card } from '../shared/Card.tsx';
import { NumberField, OptionalNumberField } from './NumberField.tsx';
import type { SectionProps } from './section.ts';
import classes from './experiments.module.css';

const mebibyte = 2 ** 20;

/** A look after every block; what is being typed may be no number of blocks yet, which the check says. */
function looksOf(blocks: number): Look[] {
  return looksUpTo(Number.isInteger(blocks) && blocks >= 1 && blocks <= 100 ? blocks : 1);
}

/** Title, name, rounds, seed, machine. */
export function BasicsSection({ experiment, mistakes, set }: SectionProps) {
  const { resources } = experiment;
  return (
    <Card title="Basics">
      <Stack>
        <div className={classes.pair}>
          <TextInput
            label="Title"
            value={experiment.title}
            error={mistakes['title']}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <TextInput
            label="Name"
            description="Of its file"
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            value={experiment.name}
            error={mistakes['name']}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
        </div>
        <div className={classes.fields}>
          <NumberField
            label={experiment.looks === null ? 'Blocks' : 'Blocks, at most'}
            value={experiment.blocks}
            error={mistakes['blocks']}
            min={1}
            max={100}
            onChange={(blocks) => set({ blocks, looks: experiment.looks === null ? null : looksOf(blocks) })}
          />
          <NumberField
            label="Repeats of a block"
            description="Of what was disturbed or failed in it, in every variant"
            value={experiment.maxRepeats}
            error={mistakes['maxRepeats']}
            min={0}
            max={5}
            onChange={(maxRepeats) => set({ maxRepeats })}
          />
          <NumberField
            label="Seed"
            grouped={false}
            value={experiment.seed}
            error={mistakes['seed']}
            min={0}
            onChange={(seed) => set({ seed })}
          />
        </div>
        <div className={classes.pair}>
          <Switch
            label="End once everything is decided"
            description="Looks after every block from the third on; what each look may err is fixed beforehand."
            checked={experiment.looks !== null}
            onChange={(event) => set({ looks: event.currentTarget.checked ? looksOf(experiment.blocks) : null })}
          />
          <OptionalNumberField
            label="Time for all blocks"
            placeholder="as long as it takes"
            value={experiment.budgetMs}
            scale={60_000}
            suffix="min"
            min={1}
            error={mistakes['budgetMs']}
            onChange={(budgetMs) => set({ budgetMs })}
          />
        </div>
        <div className={classes.pair}>
          <OptionalNumberField
            label="CPUs of a deployment"
            placeholder="chosen for this machine"
            value={resources.cpus}
            error={mistakes['resources.cpus']}
            min={1}
            onChange={(cpus) => set({ resources: { ...resources, cpus } })}
          />
          <OptionalNumberField
            label="Memory of a deployment"
            placeholder="chosen for this machine"
            value={resources.memoryBytes}
            scale={mebibyte}
            suffix="MiB"
            min={64}
            step={256}
            error={mistakes['resources.memoryBytes']}
            onChange={(memoryBytes) => set({ resources: { ...resources, memoryBytes } })}
          />
        </div>
        <Text size="xs" c="dimmed" mt={-6}>
          All units of a deployment share these, so every cut gets the same.
        </Text>
        <div className={classes.pair}>
          <div>
            <Text size="sm" fw={500} mb={4} id="runtime-label">
              Runtime
            </Text>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-labelledby="runtime-label"
              value={experiment.runtime}
              onChange={(runtime) => set({ runtime: runtime })}
              data={[
                { value: 'auto', label: 'Automatic' },
                { value: 'docker', label: 'Containers' },
                { value: 'process', label: 'Processes' },
              ]}
            />
          </div>
          <Switch
            label="Measure the noise floor"
            description="Runs the baseline twice in every block, to learn how much two identical deployments differ. The second copy is not broken on purpose."
            checked={experiment.noiseFloor}
            onChange={(event) => set({ noiseFloor: event.currentTarget.checked })}
          />
        </div>
      </Stack>
    </Card>
  );
}
