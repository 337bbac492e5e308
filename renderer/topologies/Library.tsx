import { ActionIcon, Checkbox, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { ApplicationSummary, Topology } from '../../engine/model/index.ts';
import { plural } from '../../report/index.ts';
import { ask } from '../shared/bridge.ts';
import { otherLanguages } from '../shared/languages.ts';
import { attempt } from '../shared/problem.ts';
import { formatHash } from '../shared/router.ts';
import { refresh } from '../shared/stores.ts';
import { callCounts, topologiesOf } from '../shared/topologies.ts';
import { offerRestoring } from '../shared/trash.ts';
import classes from './topologies.module.css';

interface Props {
  summary: ApplicationSummary;
  opened: string;
  picked: ReadonlySet<string>;
  onPick: (name: string, picked: boolean) => void;
}

/** The cuts there are: open one, pick some for a comparison, delete a saved one. */
export function Library({ summary, opened, picked, onPick }: Props) {
  const saved = new Set(summary.savedTopologies.map((topology) => topology.name));
  return (
    <div className={classes.library} role="group" aria-label="Cuts">
      {topologiesOf(summary).map((topology) => {
        const { name } = topology;
        return (
          <div key={name} className={classes.pick} data-open={name === opened ? true : undefined}>
            <Checkbox
              size="xs"
              aria-label={`Pick ${name} for a comparison`}
              checked={picked.has(name)}
              onChange={(event) => onPick(name, event.currentTarget.checked)}
            />
            <a
              href={formatHash({ page: 'topologies', name })}
              aria-label={`Open ${name}`}
              aria-current={name === opened ? 'true' : undefined}
            >
              <b>{name}</b>
              <small>{wordsOf(summary, topology)}</small>
            </a>
            {saved.has(name) ? (
              <Tooltip label="Delete this saved cut">
                <ActionIcon size="sm" aria-label={`Delete ${name}`} onClick={() => void remove(summary, topology)}>
                  <IconTrash size={15} />
                </ActionIcon>
              </Tooltip>
            ) : null}
          </div>
        );
      })}
    </div>
  );
}

function wordsOf(summary: ApplicationSummary, topology: Topology): string {
  const { remote } = callCounts(summary.application, topology);
  const instances = topology.units.reduce((sum, unit) => sum + (unit.instances ?? 1), 0);
  const several = instances > topology.units.length ? `, ${plural(instances, 'instance')}` : '';
  const languages = otherLanguages(topology, summary.application).map((one) => `, ${one}`);
  return `${plural(topology.units.length, 'unit')}${several}, ${plural(remote, 'network call')}${languages.join('')}`;
}

async function remove(summary: ApplicationSummary, { name }: Topology): Promise<void> {
  await attempt('The cut could not be deleted', async () => {
    const id = await ask('topologies:delete', summary.application.name, name);
    await refresh('applications');
    if (id !== null) offerRestoring('cut', id, name);
  });
}
