import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Topology } from '../../engine/model/index.ts';
import { isComposing } from '../shared/hotkeys.ts';
import { change } from './drawing-store.ts';
import { unitNameProblem } from './edit/edit.ts';

/** A name field in place of the name: Enter keeps, Escape forgets; a name that cannot be is refused at the field. */
export function RenameUnit({ topology, unit, onDone }: { topology: Topology; unit: string; onDone: () => void }) {
  const [name, setName] = useState(unit);
  const problem = unitNameProblem(topology, unit, name);
  const keep = (): void => {
    if (problem !== null) return;
    change({ kind: 'rename', unit, name });
    onDone();
  };
  return (
    <TextInput
      size="xs"
      style={{ flex: 1 }}
      autoFocus
      aria-label={`New name of unit ${unit}`}
      value={name}
      error={problem}
      onChange={(event) => setName(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => (problem === null ? keep() : onDone())}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return;
        if (event.key === 'Enter') keep();
        if (event.key === 'Escape') onDone();
      }}
    />
  );
}
