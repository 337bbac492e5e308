import { Kbd, Table } from '@mantine/core';
import { modals } from '@mantine/modals';
import { navItems } from '../app/nav.ts';

const mac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Mac');
/** The command key of this system, as printed on it. */
export const commandKey = mac ? '⌘' : 'Ctrl';

const rows: readonly (readonly [string, readonly string[]])[] = [
  ['Command palette', [commandKey, 'K']],
  ['This list', ['?']],
  ...navItems.map((item) => [`Go to ${item.label}`, [commandKey, item.key]] as const),
  ['Undo in the canvas of the cut', [commandKey, 'Z']],
  ['Redo in the canvas of the cut', [commandKey, 'Shift', 'Z']],
  ['Move the selected module to the next or previous unit', ['Alt', '→ or ←']],
  ['Give the selected module a unit of its own', ['Alt', '↓']],
  ['Search the history', ['/']],
];

/** Shows every shortcut. */
export function showShortcuts(): void {
  modals.open({
    modalId: 'shortcuts',
    title: 'Keyboard shortcuts',
    size: 'lg',
    children: (
      <Table>
        <Table.Tbody>
          {rows.map(([what, keys]) => (
            <Table.Tr key={what}>
              <Table.Td>{what}</Table.Td>
              <Table.Td style={{ textAlign: 'right', whiteSpace: 'nowrap' }}>
                {keys.map((key, index) => (
                  <span key={key}>
                    {index === 0 ? '' : ' + '}
                    <Kbd size="xs">{key}</Kbd>
                  </span>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    ),
  });
}
