import { Button, Menu, Text } from '@mantine/core';
import { IconChevronDown, IconCopy, IconDeviceFloppy, IconFileExport, IconPlayerPlay } from '@tabler/icons-react';
import { useDeferredValue, useMemo } from 'react';
import { mayEndEarly, type ApplicationSummary, type Experiment } from '../../engine/model/index.ts';
import { plural, settingWords } from '../../report/index.ts';
import { formatEstimate } from '../../report/index.ts';
import { useRun } from '../run/run-store.ts';
import { Card } from '../shared/Card.tsx';
import { useEstimate } from '../shared/estimate.ts';
import { launch } from '../shared/launch.ts';
import { useLeaveGuard } from '../shared/leaving.tsx';
import { PageFrame } from '../shared/PageFrame.tsx';
import { navigate } from '../shared/router.ts';
import { exportExperiment, saveExperiment } from './actions.ts';
import { BasicsSection } from './BasicsSection.tsx';
import { checkExperiment, hasMistakes } from './check.ts';
import { DifferencesSection } from './DifferencesSection.tsx';
import { dropDraft, keepDraft, openDraft, useDrafts } from './draft-store.ts';
import { followCuts } from './follow-cuts.ts';
import { IsolationSection } from './IsolationSection.tsx';
import { LoadSection } from './LoadSection.tsx';
import { ProbesSection } from './probes/ProbesSection.tsx';
import type { SectionProps } from './section.ts';
import { VariantsSection } from './variants/VariantsSection.tsx';
import classes from './experiments.module.css';

interface Props {
  draftKey: string;
  experiment: Experiment;
  saved: boolean;
  changed: boolean;
  summary: ApplicationSummary;
}

/** The form, its mistakes at the fields, and what it will take. */
export function Editor({ draftKey, experiment, saved, changed, summary }: Props) {
  const busy = useRun((state) => state.active);
  const checked = useDeferredValue(experiment);
  const mistakes = useMemo(() => checkExperiment(checked, summary.application), [checked, summary.application]);
  const wrong = Object.keys(mistakes).length > 0;
  const section: SectionProps = {
    experiment,
    mistakes,
    summary,
    set: (change) => keepDraft(draftKey, followCuts(summary.application, experiment, { ...experiment, ...change })),
  };
  const save = async (): Promise<void> => {
    if ((await saveExperiment(experiment, draftKey)) && experiment.name !== draftKey)
      navigate({ page: 'experiment', name: experiment.name }, { unasked: true });
  };
  const touched = useDrafts((state) => state.touched.has(draftKey));
  useLeaveGuard((to) =>
    !touched || (to.page === 'experiment' && to.name === draftKey)
      ? null
      : {
          text: `${experiment.title === '' ? 'This experiment' : experiment.title} has changes that are not saved.`,
          // What the form shows may be a moment behind what was just typed.
          save: hasMistakes(experiment, summary.application)
            ? undefined
            : { label: 'Save', action: () => saveExperiment(experiment, draftKey) },
          keep: { label: 'Keep as draft' },
          discard: () => dropDraft(draftKey),
        },
  );
  const state = saved ? (changed ? 'Changed since it was saved.' : 'Saved.') : 'Not saved yet.';
  return (
    <PageFrame
      sticky
      title={experiment.title === '' ? 'Untitled experiment' : experiment.title}
      lead={state}
      actions={
        <>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" rightSection={<IconChevronDown size={15} />}>
                More
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => openDraft(experiment)}>
                Duplicate
              </Menu.Item>
              <Menu.Item
                leftSection={<IconFileExport size={15} />}
                disabled={wrong}
                onClick={() => void exportExperiment(experiment)}
              >
                Export for the command line
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <Button
            variant="default"
            leftSection={<IconDeviceFloppy size={16} />}
            disabled={wrong || (saved && !changed)}
            onClick={() => void save()}
          >
            Save
          </Button>
          <Button
            leftSection={<IconPlayerPlay size={16} />}
            disabled={wrong || busy}
            onClick={() => void launch(experiment)}
          >
            Launch
          </Button>
        </>
      }
    >
      <div className={classes.editor}>
        <div className={classes.sections}>
          <BasicsSection {...section} />
          <VariantsSection {...section} />
          <DifferencesSection {...section} />
          <LoadSection {...section} />
          <IsolationSection {...section} />
          <ProbesSection {...section} />
        </div>
        <aside className={classes.aside} aria-label="Summary">
          <Estimate experiment={checked} wrong={wrong} />
          {wrong ? (
            <Card title={plural(Object.keys(mistakes).length, 'mistake')}>
              <ul className={classes.mistakes}>
                {Object.entries(mistakes).map(([path, message]) => (
                  <li key={path}>
                    <b>{settingWords(path)}</b>: {message}
                  </li>
                ))}
              </ul>
            </Card>
          ) : null}
        </aside>
      </div>
    </PageFrame>
  );
}

function Estimate({ experiment, wrong }: { experiment: Experiment; wrong: boolean }) {
  const estimate = useEstimate(experiment);
  const rounds = experiment.blocks * (experiment.variants.length + (experiment.noiseFloor ? 1 : 0));
  return (
    <Card title="It will take">
      <div className={`${classes.total} number`} role="status">
        {wrong ? '–' : formatEstimate(estimate)}
      </div>
      <Text size="xs" c="dimmed" mt={4}>
        {mayEndEarly(experiment) ? 'At most ' : ''}
        {plural(rounds, 'round')}: {plural(experiment.blocks, 'block')} of {experiment.variants.length}
        {experiment.noiseFloor ? ' and a second copy of the baseline' : ''}. Each round is a fresh deployment.{' '}
        {estimate.runs > 0 ? `Learned from ${plural(estimate.runs, 'run')} on this machine.` : ''}
      </Text>
    </Card>
  );
}
