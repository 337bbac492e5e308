import { ActionIcon, Button, Menu } from '@mantine/core';
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
import { formatEstimate, plural } from '../../report/index.ts';
import { useRun } from '../run/run-store.ts';
import { useEstimate } from '../shared/estimate.ts';
import { launch } from '../shared/launch.ts';
import { ListPage } from '../shared/ListPage.tsx';
import { ListRow } from '../shared/ListRow.tsx';
import { formatHash } from '../shared/router.ts';
import { pickApplication, useWorld } from '../shared/stores.ts';
import { ToneBadge } from '../shared/ToneBadge.tsx';
import { deleteExperiment, exportExperiment, importExperiment } from './actions.ts';
import { openDraft, useDrafts } from './draft-store.ts';
import { openNew } from './new-experiment.ts';

/** Saved experiments and those being edited. */
export function ExperimentsPage() {
  const experiments = useWorld((world) => world.experiments);
  const summary = pickApplication(useWorld((world) => world.applications));
  const drafts = useDrafts((state) => state.drafts);
  const saved = new Set(experiments?.map((one) => one.name));
  // What is being edited may have been given another's name, which it does not have yet.
  const unsaved = Object.entries(drafts).filter(([key]) => !saved.has(key));
  const all = [...unsaved, ...(experiments ?? []).map((one): [string, Experiment] => [one.name, one])];
  return (
    <ListPage
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
      reads="experiments"
      noun="experiment"
      items={experiments === null ? null : all}
      keyOf={([name]) => name}
      row={([name, experiment]) => (
        <Row
          name={name}
          experiment={experiment}
          unsaved={!saved.has(name)}
          changed={saved.has(name) && Object.hasOwn(drafts, name)}
        />
      )}
      empty={{
        icon: <IconFlask size={28} stroke={1.5} />,
        title: 'No experiments yet',
        text: 'Start from a scenario with Customise, from two cuts with Compare, or from a new one.',
      }}
    />
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
    <ListRow
      title={title}
      badges={
        <>
          {unsaved ? <ToneBadge tone="warn">not saved</ToneBadge> : null}
          {changed ? <ToneBadge tone="warn">changed since it was saved</ToneBadge> : null}
        </>
      }
      text={`${experiment.variants.map((variant) => variant.name).join(', ')} · ${plural(experiment.blocks, 'block')} · ${formatEstimate(estimate)}`}
      to={{ href: formatHash({ page: 'experiment', name }), label: `Edit ${title}` }}
      actions={
        <>
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
                c="var(--bad)"
                leftSection={<IconTrash size={15} />}
                onClick={() => remove(name, experiment, unsaved, changed)}
              >
                Delete
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </>
      }
    />
  );
}

/** Asks only about what no trash keeps: what was never saved. */
function remove(name: string, experiment: Experiment, unsaved: boolean, changed: boolean): void {
  const go = (): void => void deleteExperiment(name, experiment);
  if (!unsaved && !changed) return go();
  modals.openConfirmModal({
    title: `Delete ${experiment.title}?`,
    children: unsaved
      ? 'It was never saved, so the trash will not have it.'
      : 'The trash will have it as it was saved, without the changes made since.',
    labels: { confirm: 'Delete', cancel: 'Keep' },
    confirmProps: { color: 'red' },
    onConfirm: go,
  });
}
