import { ActionIcon, Menu, Title, Tooltip } from '@mantine/core';
import { IconArrowMerge, IconArrowsSplit, IconDots, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import {
  formatTopology,
  mostInstancesByHand,
  own,
  whyOneInstance,
  type Application,
  type Topology,
  type Unit,
} from '../../engine/model/index.ts';
import { change, select, useDrawing } from './drawing-store.ts';
import { LanguageChoice } from './LanguageChoice.tsx';
import { RenameUnit } from './RenameUnit.tsx';
import classes from './topologies.module.css';

/** The same cut as a list: everything the canvas can do, without dragging. */
export function UnitList({ application, topology }: { application: Application; topology: Topology }) {
  const [renaming, setRenaming] = useState<string | null>(null);
  return (
    <section className={classes.side} aria-label="Units as a list">
      <Title order={2} size="h3" className={classes.sideHead}>
        Units
      </Title>
      {topology.units.map((unit) => (
        <div key={unit.name} className={classes.unit} role="group" aria-label={`Unit ${unit.name}`}>
          <div className={classes.unitHead}>
            {renaming === unit.name ? (
              <RenameUnit topology={topology} unit={unit.name} onDone={() => setRenaming(null)} />
            ) : (
              <>
                <h3>{unit.name}</h3>
                <Tooltip label="Rename">
                  <ActionIcon size="sm" aria-label={`Rename unit ${unit.name}`} onClick={() => setRenaming(unit.name)}>
                    <IconPencil size={15} />
                  </ActionIcon>
                </Tooltip>
                <UnitMenu topology={topology} unit={unit} />
              </>
            )}
          </div>
          <ul className={classes.list}>
            {unit.modules.map((module) => (
              <Module key={module} module={module} application={application} unit={unit} topology={topology} />
            ))}
          </ul>
          <Instances unit={unit} application={application} />
        </div>
      ))}
      <div className={classes.written}>
        <h3>On the command line</h3>
        <code>{formatTopology(topology)}</code>
      </div>
    </section>
  );
}

/** How many instances of the unit run side by side, and what several of it need. */
function Instances({ unit, application }: { unit: Unit; application: Application }) {
  const { name, instances = 1 } = unit;
  const single = whyOneInstance(unit, application);
  const step = (by: number) => change({ kind: 'instances', unit: name, instances: instances + by });
  return (
    <>
      <div className={classes.instances} role="group" aria-label={`Instances of ${name}`}>
        <span>Instances</span>
        <ActionIcon
          size="sm"
          variant="default"
          aria-label={`One instance of ${name} less`}
          disabled={instances <= 1}
          onClick={() => step(-1)}
        >
          <IconMinus size={13} />
        </ActionIcon>
        <b className="number">{instances}</b>
        <ActionIcon
          size="sm"
          variant="default"
          aria-label={`One instance of ${name} more`}
          disabled={instances >= mostInstancesByHand}
          onClick={() => step(1)}
        >
          <IconPlus size={13} />
        </ActionIcon>
      </div>
      {single === null || instances === 1 ? null : <p className={classes.single}>{single}</p>}
    </>
  );
}

function UnitMenu({ topology, unit }: { topology: Topology; unit: Unit }) {
  const others = topology.units.filter((other) => other !== unit);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size="sm" aria-label={`Merge or split unit ${unit.name}`}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {unit.modules.length < 2 ? null : (
          <Menu.Item
            leftSection={<IconArrowsSplit size={15} />}
            onClick={() => change({ kind: 'scatter', unit: unit.name })}
          >
            A unit for each module
          </Menu.Item>
        )}
        {others.length > 0 ? <Menu.Label>Merge into</Menu.Label> : null}
        {others.map((other) => (
          <Menu.Item
            key={other.name}
            leftSection={<IconArrowMerge size={15} />}
            onClick={() => change({ kind: 'merge', from: unit.name, into: other.name })}
          >
            Merge into {other.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Module({
  module,
  application,
  unit,
  topology,
}: {
  module: string;
  application: Application;
  unit: Unit;
  topology: Topology;
}) {
  const summary = own(application.modules, module)?.summary ?? '';
  const selected = useDrawing((state) => state.selected === module);
  const others = topology.units.filter((other) => other !== unit);
  return (
    <li data-selected={selected ? true : undefined}>
      <span>
        {module}
        {summary === '' ? null : <small className={classes.about}>{summary}</small>}
        <LanguageChoice module={module} application={application} topology={topology} />
      </span>
      <Menu position="bottom-end" withinPortal onOpen={() => select(module)}>
        <Menu.Target>
          <ActionIcon size="sm" aria-label={`Move module ${module}`}>
            <IconDots size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {unit.modules.length < 2 ? null : (
            <Menu.Item leftSection={<IconArrowsSplit size={15} />} onClick={() => change({ kind: 'split', module })}>
              Into a unit of its own
            </Menu.Item>
          )}
          {others.length > 0 ? <Menu.Label>Move to</Menu.Label> : null}
          {others.map((other) => (
            <Menu.Item key={other.name} onClick={() => change({ kind: 'move', module, unit: other.name })}>
              Move to {other.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
