import { ActionIcon, Checkbox, Group, Select, Text, TextInput, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy, IconSearch } from '@tabler/icons-react';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import { formatTime, plural } from '../../report/index.ts';
import { filterLogs, type LogEntry } from './logs.ts';
import { VirtualLines } from './VirtualLines.tsx';
import classes from './log-panel.module.css';

const everything = 'All units';

/** Log lines by unit: search, filter, follow, copy. Only the visible lines are in the page. */
export const LogPanel = memo(function LogPanel({
  lines,
  height = 280,
}: {
  lines: readonly LogEntry[];
  height?: number;
}) {
  const [search, setSearch] = useState('');
  const [unit, setUnit] = useState(everything);
  const [errorsOnly, setErrorsOnly] = useState(false);
  const [follow, setFollow] = useState(true);
  const { copied, copy } = useClipboard({ timeout: 1000 });
  const wanted = useDeferredValue(search);
  const units = useMemo(() => [everything, ...new Set(lines.map((line) => line.unit))], [lines]);
  const shown = useMemo(
    () => filterLogs(lines, { search: wanted, unit: unit === everything ? null : unit, errorsOnly }),
    [lines, wanted, unit, errorsOnly],
  );
  return (
    <div>
      <Group gap="xs" className={classes.bar}>
        <TextInput
          className={classes.search}
          size="xs"
          aria-label="Search logs"
          placeholder="Search"
          leftSection={<IconSearch size={14} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Select
          size="xs"
          w={150}
          aria-label="Unit of the logs"
          data={units}
          value={unit}
          onChange={(value) => setUnit(value ?? everything)}
        />
        <Checkbox
          size="xs"
          label="Only stderr"
          checked={errorsOnly}
          onChange={(event) => setErrorsOnly(event.currentTarget.checked)}
        />
        <Checkbox
          size="xs"
          label="Follow"
          checked={follow}
          onChange={(event) => setFollow(event.currentTarget.checked)}
        />
        <Text size="xs" c="dimmed" className="number" ml="auto" role="status">
          {plural(shown.length, 'line')}
        </Text>
        <Tooltip label={copied ? 'Copied' : 'Copy these lines'}>
          <ActionIcon
            size="sm"
            aria-label="Copy these log lines"
            // Written only now: there are thousands of lines, and others several times a second.
            onClick={() => copy(shown.map((line) => `${formatTime(line.atMs)} ${line.unit} ${line.line}`).join('\n'))}
          >
            {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
          </ActionIcon>
        </Tooltip>
      </Group>
      <VirtualLines lines={shown} height={height} follow={follow} onLeaveEnd={() => setFollow(false)} search={wanted} />
    </div>
  );
});
