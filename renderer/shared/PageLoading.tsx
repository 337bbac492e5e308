import { Skeleton, Stack } from '@mantine/core';

/** Holds the place of a page that is being read, so that nothing jumps when it comes. */
export function PageLoading() {
  return (
    <Stack p="xl" gap="md" role="status" aria-busy="true" aria-label="Loading">
      <Skeleton height={28} width={220} />
      <Skeleton height={16} width={420} maw="100%" />
      <Skeleton height={180} mt="md" />
      <Skeleton height={180} />
    </Stack>
  );
}
