import { Checkbox, Stack, Text } from '@mantine/core';
import { differencesFromBaseline, isDeclaredDifference, type Application, own } from '../../engine/model/index.ts';
import { Card } from '../shared/Card.tsx';
import type { SectionProps } from './section.ts';

/** In what the variants differ beside their cut, and whether that is wanted. */
export function DifferencesSection({ experiment, mistakes, summary, set }: SectionProps) {
  const { declaredDifferences: declared } = experiment;
  const found = differencesFromBaseline(experiment);
  const names = [...new Set([...found, ...declared])];
  const declare = (name: string, on: boolean): void =>
    set({ declaredDifferences: on ? [...declared, name] : declared.filter((one) => one !== name) });
  return (
    <Card title="Declared differences">
      <Text size="sm" c="dimmed">
        {found.length === 0
          ? 'The variants differ in nothing but their topology.'
          : 'The variants differ in more than their topology. What is ticked is wanted: it is named beside every finding. Anything else would make the comparison unfair, so the run would not start.'}
      </Text>
      {names.length === 0 ? null : (
        <Stack gap="xs" mt="sm">
          {names.map((name) => (
            <Checkbox
              key={name}
              size="xs"
              label={differenceWords(name, summary.application)}
              description={found.includes(name) ? undefined : 'Declared, but no variant differs in it.'}
              checked={isDeclaredDifference(declared, name)}
              // Declared with all of its kind: to be taken back there.
              disabled={!declared.includes(name) && isDeclaredDifference(declared, name)}
              error={mistakes[`declaredDifferences.${name}`]}
              onChange={(event) => declare(name, event.currentTarget.checked)}
            />
          ))}
        </Stack>
      )}
    </Card>
  );
}

const words: Readonly<Record<string, string>> = {
  resilience: 'Policies of calls between modules',
  consistency: 'Consistency',
  outbox: 'Outbox',
  store: 'Store',
  language: 'Language of a module',
  tunables: 'Amount of work, all of it',
};

function differenceWords(name: string, application: Application): string {
  const tunable = own(application.tunables, name.replace(/^tunables\./, ''));
  return own(words, name) ?? (tunable === undefined ? name : `Amount of work: ${tunable.title}`);
}
