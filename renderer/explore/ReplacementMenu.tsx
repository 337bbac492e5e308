import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconMinus, IconPlayerStop, IconPlus, IconRefresh } from '@tabler/icons-react';
import { replacementRefusal, type Application, type ExploreState, type Replacement } from '../../engine/model/index.ts';
import { replaceInstances } from './replace-instances.ts';
import classes from './explore.module.css';

interface Props {
  unit: string;
  explore: ExploreState;
  application: Application;
}

const entries = (unit: string): { label: string; Icon: typeof IconPlus; replacement: Replacement }[] => [
  { label: 'Replace (keep serving)', Icon: IconRefresh, replacement: { kind: 'replace', unit, strategy: 'rolling' } },
  {
    label: 'Replace (stop and start)',
    Icon: IconPlayerStop,
    replacement: { kind: 'replace', unit, strategy: 'recreate' },
  },
  { label: 'One more', Icon: IconPlus, replacement: { kind: 'add', unit } },
  { label: 'Take one back', Icon: IconMinus, replacement: { kind: 'take-back', unit } },
];

/** What can be done to the instances of a unit; what cannot says why, and can be read by keyboard. */
export function ReplacementMenu({ unit, explore, application }: Props) {
  const { topology } = explore;
  if (topology === null || explore.phase !== 'running') return null;
  const refused = entries(unit).map((entry) => ({
    ...entry,
    refusal: replacementRefusal(entry.replacement, { ...explore, topology }, application),
  }));
  const [first] = refused;
  // Said once where it holds for everything.
  const shared = refused.every(({ refusal }) => refusal?.message === first?.refusal?.message) ? first?.refusal : null;
  return (
    <Menu position="bottom-end" withinPortal width={270}>
      <Menu.Target>
        <ActionIcon size="sm" className={classes.menu} aria-label={`Replace or double unit ${unit}`}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {shared == null ? null : (
          <Menu.Label style={{ whiteSpace: 'normal' }}>
            {shared.message} {shared.nextStep}
          </Menu.Label>
        )}
        {refused.map(({ label, Icon, replacement, refusal }) => (
          <Menu.Item
            key={label}
            leftSection={<Icon size={15} />}
            aria-disabled={refusal === null ? undefined : true}
            className={refusal === null ? undefined : classes.refused}
            closeMenuOnClick={refusal === null}
            onClick={() => (refusal === null ? void replaceInstances(replacement) : undefined)}
          >
            {label}
            {refusal === null || shared != null ? null : <small className={classes.reason}>{refusal.message}</small>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
