import { lstat } from 'node:fs/promises';
import { sentenceOf } from '../errors.ts';
import { emptyReport, mayGo } from '../sweep-report.ts';
import { processExists, processStart } from '../this-system.ts';
import type { SweepOptions, SweepReport } from '../types.ts';
import { signalGroup } from './group.ts';
import { readRecords, removeRecord } from './record.ts';
import type { SiteRecord } from './record.ts';
import { isSiteFolder, removeSiteFolder } from './site-folder.ts';

/** Ends the processes and removes the folders of sites that were left behind. */
export async function sweepProcesses(
  place: { stateDir: string; workDir: string },
  options: SweepOptions = {},
): Promise<SweepReport> {
  const report = emptyReport();
  for (const { siteId, record, writtenMs } of readRecords(place.stateDir)) {
    const title = `site ${siteId}`;
    if (!(await mayGo({ key: title, title, createdMs: writtenMs, ...record }, report, options))) continue;
    try {
      await endProcesses(record);
      if (await isSiteFolder(place.workDir, siteId, record.directory)) await removeSiteFolder(place.workDir, siteId);
      else if (await exists(record.directory))
        report.failed.push(`The folder ${record.directory} of ${title} was left: it is not in ${place.workDir}`);
      removeRecord(place.stateDir, siteId);
      report.removed.push(title);
    } catch (error) {
      report.failed.push(`Removing ${title}: ${sentenceOf(error)}`);
    }
  }
  return report;
}

async function endProcesses({ processes }: SiteRecord): Promise<void> {
  for (const { pid, started } of processes) {
    // A process with this number may be a later one.
    const same = !processExists(pid) || (started !== '' && (await processStart(pid)) === started);
    if (same) signalGroup(pid, 'SIGKILL');
  }
}

function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
