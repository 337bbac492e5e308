import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { Variant } from '../../../engine/model/index.ts';
import { Card } from '../../shared/Card.tsx';
import { ToneBadge } from '../../shared/ToneBadge.tsx';
import { topologiesOf } from '../../shared/topologies.ts';
import { VariantDot } from '../../shared/VariantDot.tsx';
import { freeExperimentName } from '../draft-store.ts';
import type { SectionProps } from '../section.ts';
import { VariantFields } from './VariantFields.tsx';
import classes from '../experiments.module.css';

const mostVariants = 8;

/** The sides of the comparison; the first is the baseline. */
export function VariantsSection({ experiment, mistakes, summary, set }: SectionProps) {
  const { variants } = experiment;
  const change = (index: number, next: Partial<Variant>): void =>
    set({ variants: variants.map((variant, at) => (at === index ? { ...variant, ...next } : variant)) });
  const add = (): void => {
    const topologies = topologiesOf(summary);
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
          disabled={variants.length >= mostVariants}
          onClick={add}
        >
          Add variant
        </Button>
      }
    >
      {variants.map((variant, index) => (
        <div key={index} className={classes.variant} role="group" aria-label={`Variant ${index + 1}`}>
          <div className={classes.variantHead}>
            <VariantDot index={index} />
            <span style={{ flex: 1 }}>{variant.title ?? variant.name}</span>
            {index === 0 ? <ToneBadge tone="plain">baseline</ToneBadge> : null}
            <Tooltip label="Remove">
              <ActionIcon
                size="sm"
                aria-label={`Remove variant ${index + 1}`}
                disabled={variants.length === 1}
                onClick={() => set({ variants: variants.filter((_, at) => at !== index) })}
              >
                <IconTrash size={15} />
              </ActionIcon>
            </Tooltip>
          </div>
          <VariantFields
            variant={variant}
            index={index}
            mistakes={mistakes}
            summary={summary}
            onChange={(next) => change(index, next)}
          />
        </div>
      ))}
    </Card>
  );
}
