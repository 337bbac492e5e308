import { rm } from 'node:fs/promises';
import { isLeftBehind } from '../leases.ts';
import { processExists, processStart } from '../owner.ts';
import type { SweepReport } from '../types.ts';
import { signalGroup } from './group.ts';
import { readRecords, removeRecord } from './record.ts';

/** Ends the processes and removes the folders of sites that were left behind. */
export async function sweepProcesses(stateDir: string): Promise<SweepReport> {
  const report: SweepReport = { removed: [], kept: [] };
  for (const { siteId, record } of readRecords(stateDir)) {
    if (!(await isLeftBehind(record))) {
      report.kept.push(`site ${siteId}`);
      continue;
    }
    for (const { pid, started } of record.processes) {
      // A process with this number may be a later one.
      const same = !processExists(pid) || (started !== '' && (await processStart(pid)) === started);
      if (same) signalGroup(pid, 'SIGKILL');
    }
    await rm(record.directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    removeRecord(stateDir, siteId);
    report.removed.push(`site ${siteId}`);
  }
  return report;
}
