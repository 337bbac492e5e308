import { Button, Group, Text } from '@mantine/core';

/** Says that a result went to the trash, and offers the way back. */
export function TrashNote({ title, onUndo }: { title: string; onUndo: () => void }) {
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm">Moved {title} to the trash.</Text>
      <Button size="compact-sm" variant="light" onClick={onUndo}>
        Undo
      </Button>
    </Group>
  );
}
