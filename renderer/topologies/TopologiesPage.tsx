import { ActionIcon, Button, Tooltip, VisuallyHidden } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconArrowBackUp, IconArrowForwardUp, IconBox, IconDeviceFloppy, IconScale } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ApplicationSummary, Topology } from '../../engine/model/index.ts';
import { useDrafts } from '../experiments/draft-store.ts';
import { openComparison } from '../experiments/new-experiment.ts';
import { EmptyPage } from '../shared/EmptyPage.tsx';
import { useHotkeys } from '../shared/hotkeys.ts';
import { useLeaveGuard } from '../shared/leaving.tsx';
import { PageFrame } from '../shared/PageFrame.tsx';
import { PageLoading } from '../shared/PageLoading.tsx';
import { pickApplication, useWorld } from '../shared/stores.ts';
import { callCounts, topologiesOf } from '../shared/topologies.ts';
import { Canvas } from './canvas/Canvas.tsx';
import { openTopology, redoChange, undoChange, useDrawing } from './drawing-store.ts';
import { Library } from './Library.tsx';
import { askToSave } from './SaveTopology.tsx';
import { UnitList } from './UnitList.tsx';
import classes from './topologies.module.css';

/** Opens a comparison of the picked cuts; what is drawn and not saved is in none of them, which is said first. */
function compare(summary: ApplicationSummary, chosen: readonly Topology[], unsaved: string | null): void {
  const open = (): void => openComparison(summary.application, chosen, { unasked: true });
  if (unsaved === null) open();
  else
    modals.openConfirmModal({
      title: 'Compare without the changes?',
      children: `The cut on the canvas, ${unsaved}, has changes that are not saved. Picked cuts are compared as they were saved; the changes stay on the canvas.`,
      labels: { confirm: 'Compare as saved', cancel: 'Back to the canvas' },
      onConfirm: open,
    });
}

/** Draws cuts. */
export function TopologiesPage({ name }: { name: string | null }) {
  const applications = useWorld((world) => world.applications);
  const summary = pickApplication(applications);
  if (applications === null) return <PageLoading />;
  if (summary === null)
    return (
      <EmptyPage
        order={1}
        icon={<IconBox size={28} />}
        title="No application found"
        text="Installing Cleave again brings its application back."
      />
    );
  return <Drawer summary={summary} name={name} />;
}

function Drawer({ summary, name }: { summary: ApplicationSummary; name: string | null }) {
  const { drawing, opened, said } = useDrawing();
  const loaded = useDrafts((state) => state.loaded);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const topologies = topologiesOf(summary);
  const wanted =
    topologies.find((topology) => topology.name === name) ??
    (drawing === null ? (topologies[1] ?? topologies[0]) : undefined);
  useEffect(() => {
    if (loaded && wanted !== undefined && wanted.name !== opened) openTopology(wanted);
    // Only another choice opens; saving under the same name must not throw away the way back.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted?.name, loaded]);
  useHotkeys([
    ['mod+z', undoChange, 'held'],
    ['mod+shift+z', redoChange, 'held'],
    ['mod+y', redoChange, 'held'],
  ]);
  const changed = drawing !== null && drawing.past.length > 0;
  useLeaveGuard((to) => {
    const isSame = to.page === 'topologies' && (to.name === null || to.name === opened);
    if (!changed || isSame) return null;
    return {
      text: `The cut on the canvas, ${drawing.now.name}, has changes that are not saved.`,
      save: { label: 'Save as…', action: () => askToSave(summary, drawing.now) },
      keep: to.page === 'topologies' ? undefined : { label: 'Keep on the canvas' },
      discard: () => {
        const first = drawing.past[0];
        if (first !== undefined) openTopology(first);
      },
    };
  });
  if (drawing === null) return <PageLoading />;
  const { now } = drawing;
  const counts = callCounts(summary.application, now);
  const chosen = topologies.filter((topology) => picked.has(topology.name));
  return (
    <PageFrame
      full
      title="Cuts"
      lead="A cut says which modules are deployed together. Drag a module into another unit, or onto the empty canvas to give it a unit of its own."
      actions={
        <>
          <Tooltip label="Pick two or more cuts below" disabled={chosen.length >= 2}>
            <Button
              variant="default"
              leftSection={<IconScale size={16} />}
              disabled={chosen.length < 2}
              onClick={() => compare(summary, chosen, changed ? now.name : null)}
            >
              Compare picked{chosen.length > 0 ? ` (${chosen.length})` : ''}
            </Button>
          </Tooltip>
          <Button leftSection={<IconDeviceFloppy size={16} />} onClick={() => askToSave(summary, now)}>
            Save as
          </Button>
        </>
      }
    >
      <Library
        summary={summary}
        opened={opened ?? ''}
        picked={picked}
        onPick={(one, on) =>
          setPicked((before) => new Set(on ? [...before, one] : [...before].filter((other) => other !== one)))
        }
      />
      <div className={classes.toolbar} role="toolbar" aria-label="Drawing">
        <Tooltip label="Undo">
          <ActionIcon variant="default" aria-label="Undo" disabled={drawing.past.length === 0} onClick={undoChange}>
            <IconArrowBackUp size={17} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Redo">
          <ActionIcon variant="default" aria-label="Redo" disabled={drawing.future.length === 0} onClick={redoChange}>
            <IconArrowForwardUp size={17} />
          </ActionIcon>
        </Tooltip>
        <b style={{ fontSize: 13.5 }}>
          {now.name}
          {changed ? ' (changed)' : ''}
        </b>
        <span className={classes.counts}>
          {now.units.length} of {Object.keys(summary.application.modules).length} possible units · {counts.remote} of{' '}
          {counts.all} calls cross the network
        </span>
        <VisuallyHidden role="status">{said}</VisuallyHidden>
      </div>
      <div className={classes.board}>
        <Canvas application={summary.application} topology={now} />
        <UnitList application={summary.application} topology={now} />
      </div>
    </PageFrame>
  );
}
