import { Button, useComputedColorScheme } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMemo } from 'react';
import { ReportDocument } from '../../report/index.ts';
import { Paper } from '../results/Paper.tsx';
import { PageFrame } from '../shared/PageFrame.tsx';
import { navigate } from '../shared/router.ts';
import { openSample } from './sample.ts';

/** A finished result that comes with Cleave, to read before anything ran. */
export function SamplePage() {
  const scheme = useComputedColorScheme('light');
  const { result, made } = useMemo(openSample, []);
  return (
    <PageFrame
      title="A sample result"
      lead={`${made} Yours will differ: what counts is what your machine shows.`}
      actions={
        <Button leftSection={<IconPlayerPlay size={16} />} onClick={() => navigate({ page: 'home' })}>
          Choose a scenario
        </Button>
      }
    >
      <Paper>
        <ReportDocument result={result} theme={scheme} />
      </Paper>
    </PageFrame>
  );
}
