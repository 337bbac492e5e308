import { Button, Group, Stack, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import { nameSchema, type ApplicationSummary, type Topology } from '../../engine/model/index.ts';
import { ask } from '../shared/bridge.ts';
import { confirmReplacing } from '../shared/confirm-replacing.ts';
import { attempt, showDone } from '../shared/problem.ts';
import { navigate } from '../shared/router.ts';
import { useWorld } from '../shared/stores.ts';
import { builtInTopologies } from '../shared/topologies.ts';
import { openTopology, useDrawing } from './drawing-store.ts';

/** Asks for a name and saves the cut under it. */
export function askToSave(summary: ApplicationSummary, topology: Topology): void {
  modals.open({
    modalId: 'save-topology',
    title: 'Save cut',
    children: <SaveForm summary={summary} topology={topology} />,
  });
}

function SaveForm({ summary, topology }: { summary: ApplicationSummary; topology: Topology }) {
  const builtIn = new Set(builtInTopologies(summary.application).map((one) => one.name));
  const saved = new Set(summary.savedTopologies.map((one) => one.name));
  const [name, setName] = useState(
    builtIn.has(topology.name) ? freeName(`my-${topology.name}`.slice(0, 36), saved) : topology.name,
  );
  const parsed = nameSchema.safeParse(name);
  const problem = builtIn.has(name)
    ? 'This name belongs to a cut of the application; choose another.'
    : parsed.success
      ? null
      : `A name ${parsed.error.issues[0]?.message ?? 'is not allowed'}.`;
  const opened = useDrawing((state) => state.opened);
  const save = async (): Promise<boolean> => {
    if (saved.has(name) && name !== opened && !(await confirmReplacing(name, name))) return false;
    return attempt('The cut could not be saved', async () => {
      const kept = { ...topology, name };
      useWorld.setState({ applications: await ask('topologies:save', summary.application.name, kept) });
      modals.close('save-topology');
      openTopology(kept);
      navigate({ page: 'topologies', name }, { unasked: true });
      showDone(`Saved as ${name}.`);
    });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === null) void save();
      }}
    >
      <Stack>
        <TextInput
          data-autofocus
          label="Name"
          description={
            saved.has(name) ? 'Replaces the saved cut of this name.' : 'Lower-case letters, digits and hyphens.'
          }
          value={name}
          error={problem}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.close('save-topology')}>
            Cancel
          </Button>
          <Button type="submit" disabled={problem !== null}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(name)) return name;
  }
}
