import type { LabEvent } from '../../../engine/model/index.ts';
import { appendBounded } from '../../shared/bounded.ts';
import { limits, type LogLine } from './run-view.ts';

/** Appends log lines, numbered; the oldest fall out. */
export function applyLogs(logs: readonly LogLine[], events: readonly LabEvent[]): readonly LogLine[] {
  let number = logs.at(-1)?.number ?? 0;
  const lines: LogLine[] = [];
  for (const event of events) {
    if (event.type !== 'log') continue;
    number += 1;
    lines.push({
      number,
      atMs: event.atMs,
      variant: event.variant,
      unit: event.unit,
      stream: event.stream,
      line: event.line,
    });
  }
  return appendBounded(logs, lines, limits.logs);
}
