import { Button, Code, CopyButton, Group, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';

interface State {
  error: Error | null;
}

/** Catches what a page throws while drawing: says what to do, keeps the rest of the window alive. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const details = `${error.name}: ${error.message}\n${error.stack ?? ''}`;
    return (
      <Stack p="xl" maw={680} gap="sm" role="alert">
        <Title order={1}>This page could not be drawn</Title>
        <Text>
          Nothing was lost: a run goes on in the background and results are on disk. Try the page again; if it fails
          again, reload the window, and copy the details for a report of the problem.
        </Text>
        <Group>
          <Button onClick={() => this.setState({ error: null })}>Try again</Button>
          <Button variant="default" onClick={() => location.reload()}>
            Reload the window
          </Button>
          <CopyButton value={details}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? 'Copied' : 'Copy details'}
              </Button>
            )}
          </CopyButton>
        </Group>
        <Code block>{error.message}</Code>
      </Stack>
    );
  }
}
