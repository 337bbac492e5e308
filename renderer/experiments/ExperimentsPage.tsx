import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { modals } from '@mantine/modals';
import {
  IconCopy,
  IconDots,
  IconFileExport,
  IconFileImport,
  IconFlask,
  IconPlayerPlay,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { type Experiment } from '../../engine/model/index.ts';
import { formatEstimate } from '../../report/index.ts';
import { useRun } from '../run/run-store.ts';
import { Card } from '../shared/Card.tsx';
import { EmptyPage } from '../shared/EmptyPage.tsx';
import { useEstimate } from '../shared/estimate.ts';
import { plural } from '../shared/format.ts';
import { launch } from '../shared/launch.ts';
import { PageFrame } from '../shared/PageFrame.tsx';
import { PageLoading } from '../shared/PageLoading.tsx';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { formatHash } from '../shared/router.ts';
import { pickApplication, refresh, useWorld } from '../shared/stores.ts';
import { ToneBadge } from '../shared/ToneBadge.tsx';
import { deleteExperiment, exportExperiment, importExperiment } from './actions.ts';
import { openDraft, useDrafts } from './draft-store.ts';
import { openNew } from './new-experiment.ts';
import classes from './experiments.module.css';

/** Saved experiments and those being edited. */
export function ExperimentsPage() {
  const experiments = useWorld((world) => world.experiments);
  const problem = useWorld((world) => world.problems.experiments);
  const summary = pickApplication(useWorld((world) => world.applications));
  const drafts = useDrafts((state) => state.drafts);
  if (problem === undefined && experiments === null) return <PageLoading />;
  const saved = new Set(experiments?.map((one) => one.name));
  // What is being edited may have been given another's name, which it does not have yet.
  const unsaved = Object.entries(drafts).filter(([key]) => !saved.has(key));
  const all = [...unsaved, ...(experiments ?? []).map((one): [string, Experiment] => [one.name, one])];
  return (
    <PageFrame
      title="Experiments"
      lead="An experiment says what is compared and how: variants, load, probes, faults, rounds. Its file runs unchanged on the command line."
      actions={
        <>
          <Button variant="default" leftSection={<IconFileImport size={16} />} onClick={() => void importExperiment()}>
            Import
          </Button>
          <Button
            leftSection={<IconPlus size={16} />}
            disabled={summary === null}
            onClick={() => summary !== null && openNew(summary.application)}
          >
            New experiment
          </Button>
        </>
      }
    >
      {problem === undefined ? null : (
        <ProblemNote
          title="The experiments could not be read"
          problem={problem}
          onRetry={() => void refresh('experiments')}
        />
      )}
      {all.length === 0 ? (
        <EmptyPage
          order={2}
          height={340}
          icon={<IconFlask size={28} stroke={1.5} />}
          title="No experiments yet"
          text="Start from a scenario with Customise, from two cuts with Compare, or from a new one."
        />
      ) : (
        <Card title={plural(all.length, 'experiment')} flush>
          {all.map(([name, experiment]) => (
            <Row
              key={name}
              name={name}
              experiment={experiment}
              unsaved={!saved.has(name)}
              changed={saved.has(name) && Object.hasOwn(drafts, name)}
            />
          ))}
        </Card>
      )}
    </PageFrame>
  );
}

interface RowProps {
  /** Under which it is saved or edited. */
  name: string;
  experiment: Experiment;
  unsaved: boolean;
  changed: boolean;
}

function Row({ name, experiment, unsaved, changed }: RowProps) {
  const busy = useRun((state) => state.active);
  const estimate = useEstimate(experiment);
  const { title } = experiment;
  return (
    <div className={classes.row}>
      <a href={formatHash({ page: 'experiment', name })} aria-label={`Edit ${title}`}>
        <b>{title}</b> {unsaved ? <ToneBadge tone="warn">not saved</ToneBadge> : null}
        {changed ? <ToneBadge tone="warn">changed since it was saved</ToneBadge> : null}
        <small>
          {experiment.variants.map((variant) => variant.name).join(', ')} · {plural(experiment.blocks, 'block')} ·{' '}
          {formatEstimate(estimate)}
        </small>
      </a>
      <Group gap={6}>
        <Button
          size="xs"
          variant="light"
          leftSection={<IconPlayerPlay size={14} />}
          aria-label={`Launch ${title}`}
          disabled={busy || unsaved}
          onClick={() => void launch(experiment)}
        >
          Launch
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={`More for ${title}`}>
              <IconDots size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => openDraft(experiment)}>
              Duplicate
            </Menu.Item>
            <Menu.Item leftSection={<IconFileExport size={15} />} onClick={() => void exportExperiment(experiment)}>
              Export
            </Menu.Item>
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={15} />}
              onClick={() =>
                modals.openConfirmModal({
                  title: `Delete ${title}?`,
                  children: 'Results that it made stay in the history, each with its own copy of the experiment.',
                  labels: { confirm: 'Delete', cancel: 'Keep' },
                  confirmProps: { color: 'red' },
                  onConfirm: () => void deleteExperiment(name, experiment),
                })
              }
            >
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    </div>
  );
}
