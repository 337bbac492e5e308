import { Button, Menu } from '@mantine/core';
import {
  IconChartLine,
  IconChevronDown,
  IconDownload,
  IconFileText,
  IconFileTypePdf,
  IconJson,
  IconMarkdown,
  IconTable,
} from '@tabler/icons-react';
import { useState, type RefObject } from 'react';
import type { ExportFormat } from '../../engine/model/index.ts';
import { ask } from '../shared/bridge.ts';
import { attempt, showDone } from '../shared/problem.ts';
import { exportResult } from './actions.ts';
import { chartToPng, chartsIn, type NamedChart } from './chart-png.ts';

const formats: readonly { format: ExportFormat; label: string; icon: typeof IconJson }[] = [
  { format: 'html', label: 'HTML page', icon: IconFileText },
  { format: 'pdf', label: 'PDF document', icon: IconFileTypePdf },
  { format: 'markdown', label: 'Markdown', icon: IconMarkdown },
  { format: 'csv', label: 'CSV table', icon: IconTable },
  { format: 'json', label: 'JSON with all raw values', icon: IconJson },
];

/** Saves the report as a file, or one chart as a picture. */
export function ExportMenu({ id, paper }: { id: string; paper: RefObject<HTMLElement | null> }) {
  const [charts, setCharts] = useState<readonly NamedChart[]>([]);
  const [busy, setBusy] = useState(false);
  const save = async (format: ExportFormat): Promise<void> => {
    setBusy(true);
    await exportResult(id, format);
    setBusy(false);
  };
  const savePicture = (chart: NamedChart): Promise<boolean> =>
    attempt('The chart could not be saved', async () => {
      const path = await ask('chart:export', chart.name.slice(0, 100), await chartToPng(chart.svg));
      if (path !== null) showDone(`Saved to ${path}.`);
    });
  return (
    <Menu position="bottom-end" onOpen={() => setCharts(paper.current === null ? [] : chartsIn(paper.current))}>
      <Menu.Target>
        <Button leftSection={<IconDownload size={16} />} rightSection={<IconChevronDown size={15} />} loading={busy}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>The report, as it is shown</Menu.Label>
        {formats.map(({ format, label, icon: Icon }) => (
          <Menu.Item key={format} leftSection={<Icon size={16} />} onClick={() => void save(format)}>
            {label}
          </Menu.Item>
        ))}
        {charts.length > 0 ? (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also with the keyboard
          <div role="group" aria-label="A chart as PNG" tabIndex={0} style={{ maxHeight: 220, overflowY: 'auto' }}>
            <Menu.Label>A chart as PNG</Menu.Label>
            {charts.map((chart, index) => (
              <Menu.Item key={index} leftSection={<IconChartLine size={16} />} onClick={() => void savePicture(chart)}>
                {chart.name}
              </Menu.Item>
            ))}
          </div>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
