import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconMinus, IconPlayerStop, IconPlus, IconRefresh } from '@tabler/icons-react';
import { changeRefusal, type Application, type ExploreState, type InstanceChange } from '../../engine/model/index.ts';
import { changeInstances } from './change-instances.ts';
import classes from './explore.module.css';

interface Props {
  unit: string;
  explore: ExploreState;
  application: Application;
}

const entries = (unit: string): { label: string; Icon: typeof IconPlus; change: InstanceChange }[] => [
  { label: 'Replace (keep serving)', Icon: IconRefresh, change: { kind: 'replace', unit, strategy: 'rolling' } },
  { label: 'Replace (stop and start)', Icon: IconPlayerStop, change: { kind: 'replace', unit, strategy: 'recreate' } },
  { label: 'One more', Icon: IconPlus, change: { kind: 'add', unit } },
  { label: 'Take one back', Icon: IconMinus, change: { kind: 'take-back', unit } },
];

/** What can be done to the instances of a unit; what cannot says why, and can be read by keyboard. */
export function ChangeMenu({ unit, explore, application }: Props) {
  const { topology } = explore;
  if (topology === null || explore.phase !== 'running') return null;
  const refused = entries(unit).map((entry) => ({
    ...entry,
    refusal: changeRefusal(entry.change, { ...explore, topology }, application),
  }));
  const [first] = refused;
  // Said once where it holds for everything.
  const shared = refused.every(({ refusal }) => refusal?.message === first?.refusal?.message) ? first?.refusal : null;
  return (
    <Menu position="bottom-end" withinPortal width={270}>
      <Menu.Target>
        <ActionIcon size="sm" className={classes.menu} aria-label={`Change unit ${unit}`}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {shared == null ? null : (
          <Menu.Label style={{ whiteSpace: 'normal' }}>
            {shared.message} {shared.nextStep}
          </Menu.Label>
        )}
        {refused.map(({ label, Icon, change, refusal }) => (
          <Menu.Item
            key={label}
            leftSection={<Icon size={15} />}
            aria-disabled={refusal === null ? undefined : true}
            className={refusal === null ? undefined : classes.refused}
            closeMenuOnClick={refusal === null}
            onClick={() => (refusal === null ? void changeInstances(change) : undefined)}
          >
            {label}
            {refusal === null || shared != null ? null : <small className={classes.reason}>{refusal.message}</small>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
