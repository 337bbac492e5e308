import { NumberInput, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { faultKindSchema, type Application, type Fault, own } from '../../engine/model/index.ts';
import { faultWords, newFault } from './fault-words.ts';
import { shownIn } from './format.ts';

const kinds = [
  { group: 'In the module, alike in every cut', items: choices('module') },
  { group: 'In the unit that hosts it', items: choices('unit') },
];

function choices(scope: 'module' | 'unit') {
  return faultKindSchema.options
    .filter((kind) => faultWords[kind].scope === scope)
    .map((kind) => ({ value: kind, label: faultWords[kind].title }));
}

interface Props {
  fault: Fault;
  application: Application;
  onChange: (fault: Fault) => void;
  /** How many instances the unit has that is hit; with several, one of them alone can be. */
  instances?: number;
  /** Mistakes by field. */
  errors?: Partial<Record<keyof Fault, string>>;
}

/** Chooses a fault: what, where, how much. Only what makes a difference to it is asked for. */
export function FaultFields({ fault, application, onChange, instances = 1, errors = {} }: Props) {
  const modules = Object.entries(application.modules).map(([value, module]) => ({ value, label: module.title }));
  const words = faultWords[fault.kind];
  const peer =
    own(application.modules, fault.module)?.uses[0]?.module ?? modules.find((one) => one.value !== fault.module)?.value;
  return (
    <Stack gap="sm">
      <SimpleGrid type="container" cols={{ base: 1, '360px': 2 }} spacing="sm">
        <Select
          label="What"
          aria-label="What to break"
          data={kinds}
          value={fault.kind}
          error={errors.kind}
          onChange={(kind) => kind !== null && onChange(newFault(kind, fault.module, peer))}
        />
        <Select
          label="Module"
          aria-label="Module to break"
          data={modules}
          value={fault.module}
          error={errors.module}
          onChange={(module) => module !== null && onChange({ ...fault, module, instances: undefined })}
        />
      </SimpleGrid>
      <Text size="xs" c="dimmed" style={{ minHeight: '2.6em' }}>
        {words.meaning}
      </Text>
      {instances < 2 && fault.instances !== 'one' ? null : (
        <Select
          label="In which instances of its unit"
          data={[
            { value: 'all', label: 'All instances' },
            { value: 'one', label: 'One instance' },
          ]}
          value={fault.instances ?? 'all'}
          error={errors.instances}
          onChange={(value) => onChange({ ...fault, instances: value === 'one' ? 'one' : undefined })}
        />
      )}
      {words.parameters.length === 0 ? null : (
        <SimpleGrid type="container" cols={{ base: 1, '360px': 2 }} spacing="sm">
          {words.parameters.includes('peer') ? (
            <Select
              label="Cut off from"
              data={modules.filter((one) => one.value !== fault.module)}
              value={fault.peer ?? null}
              error={errors.peer}
              onChange={(value) => onChange({ ...fault, peer: value ?? undefined })}
            />
          ) : null}
          {words.parameters.includes('delayMs') ? (
            <NumberInput
              label="Added delay"
              suffix=" ms"
              min={0}
              max={60_000}
              step={50}
              value={fault.delayMs ?? ''}
              error={errors.delayMs}
              onChange={(value) => onChange({ ...fault, delayMs: numberOf(value) })}
            />
          ) : null}
          {words.parameters.includes('jitter') ? (
            <NumberInput
              label="Spread of the delay"
              suffix=" %"
              min={0}
              max={100}
              step={10}
              placeholder="none"
              value={fault.jitter === undefined ? '' : shownIn(fault.jitter, 0.01)}
              error={errors.jitter}
              onChange={(value) => onChange({ ...fault, jitter: percentOf(value) })}
            />
          ) : null}
          {words.parameters.includes('share') ? (
            <NumberInput
              label="Share of calls"
              suffix=" %"
              min={0}
              max={100}
              step={5}
              value={fault.share === undefined ? '' : shownIn(fault.share, 0.01)}
              error={errors.share}
              onChange={(value) => onChange({ ...fault, share: percentOf(value) })}
            />
          ) : null}
        </SimpleGrid>
      )}
    </Stack>
  );
}

function numberOf(value: number | string): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function percentOf(value: number | string): number | undefined {
  return typeof value === 'number' ? value / 100 : undefined;
}
