import { ActionIcon, Button, Select, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { Variant } from '../../engine/model/index.ts';
import { Card } from '../shared/Card.tsx';
import { plural } from '../shared/format.ts';
import { ToneBadge } from '../shared/ToneBadge.tsx';
import { topologiesOf } from '../shared/topologies.ts';
import { VariantDot } from '../shared/VariantDot.tsx';
import { freeExperimentName } from './draft-store.ts';
import { ResilienceFields } from './ResilienceFields.tsx';
import type { SectionProps } from './section.ts';
import classes from './experiments.module.css';

const consistencies = [
  { value: 'auto', label: 'Right for the cut' },
  { value: 'naive', label: 'Naive: nothing compensated' },
  { value: 'acknowledge-before-commit', label: 'Bug: acknowledge too early' },
  { value: 'retry-without-key', label: 'Bug: retry without a key' },
];

/** The sides of the comparison; the first is the baseline. */
export function VariantsSection({ experiment, mistakes, summary, set }: SectionProps) {
  const { variants } = experiment;
  const topologies = topologiesOf(summary);
  const change = (index: number, next: Partial<Variant>): void =>
    set({ variants: variants.map((variant, at) => (at === index ? { ...variant, ...next } : variant)) });
  const add = (): void => {
    const unused =
      topologies.find((topology) => !variants.some((variant) => variant.topology.name === topology.name)) ??
      topologies[0];
    const like = variants[0];
    if (unused === undefined || like === undefined) return;
    const name = freeExperimentName(unused.name, new Set(variants.map((variant) => variant.name)));
    set({ variants: [...variants, { name, topology: unused, settings: structuredClone(like.settings) }] });
  };
  return (
    <Card
      title="Variants"
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          disabled={variants.length >= 8}
          onClick={add}
        >
          Add variant
        </Button>
      }
    >
      {variants.map((variant, index) => {
        const known = topologies.some((topology) => topology.name === variant.topology.name);
        const label = `variant ${index + 1}`;
        return (
          <div key={index} className={classes.variant} role="group" aria-label={`Variant ${index + 1}`}>
            <div className={classes.variantHead}>
              <VariantDot index={index} />
              <span style={{ flex: 1 }}>{variant.name}</span>
              {index === 0 ? <ToneBadge tone="plain">baseline</ToneBadge> : null}
              <Tooltip label="Remove">
                <ActionIcon
                  size="sm"
                  aria-label={`Remove ${label}`}
                  disabled={variants.length === 1}
                  onClick={() => set({ variants: variants.filter((_, at) => at !== index) })}
                >
                  <IconTrash size={15} />
                </ActionIcon>
              </Tooltip>
            </div>
            <div className={classes.fields}>
              <TextInput
                label="Name"
                aria-label={`Name of ${label}`}
                value={variant.name}
                error={mistakes[`variants.${index}.name`]}
                onChange={(event) => change(index, { name: event.currentTarget.value })}
              />
              <Select
                label="Topology"
                aria-label={`Topology of ${label}`}
                description={plural(variant.topology.units.length, 'unit')}
                inputWrapperOrder={['label', 'input', 'error', 'description']}
                data={[...topologies.map((topology) => topology.name), ...(known ? [] : [variant.topology.name])]}
                value={variant.topology.name}
                error={mistakes[`variants.${index}.topology`]}
                onChange={(name) => {
                  const topology = topologies.find((one) => one.name === name);
                  if (topology !== undefined)
                    change(index, {
                      topology,
                      ...(variant.name === variant.topology.name ? { name: topology.name } : {}),
                    });
                }}
              />
              <Select
                label="Consistency"
                aria-label={`Consistency of ${label}`}
                data={consistencies}
                value={variant.settings.consistency}
                onChange={(value) =>
                  change(index, {
                    settings: {
                      ...variant.settings,
                      consistency: (value ?? 'auto') as Variant['settings']['consistency'],
                    },
                  })
                }
              />
            </div>
            <ResilienceFields
              variant={variant}
              index={index}
              mistakes={mistakes}
              onChange={(settings) => change(index, { settings })}
            />
          </div>
        );
      })}
    </Card>
  );
}
