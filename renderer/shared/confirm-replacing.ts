import { modals } from '@mantine/modals';

/** Asks whether what was saved under a name may be replaced by something else. */
export function confirmReplacing(title: string, name: string): Promise<boolean> {
  return new Promise((resolve) =>
    modals.openConfirmModal({
      title: `Replace ${title}?`,
      children: `Something else is saved under the name "${name}". What is there would be lost.`,
      labels: { confirm: 'Replace', cancel: 'Keep both' },
      onConfirm: () => resolve(true),
      onClose: () => resolve(false),
    }),
  );
}
