import { lstat } from 'node:fs/promises';
import { sentenceOf } from '../errors.ts';
import { parseOwner } from '../owner.ts';
import { emptyReport, mayGo } from '../sweep-report.ts';
import { processExists, processStart, thisSystem } from '../this-system.ts';
import type { SweepOptions, SweepReport } from '../types.ts';
import { isHomeOf, leftHome, removeHome } from './database-home.ts';
import { signalGroup } from './group.ts';
import { belongsToFolder, groupMembers } from './members.ts';
import { readRecords, removeRecord } from './record.ts';
import type { SiteRecord } from './record.ts';
import { isSiteFolder, removeSiteFolder } from './site-folder.ts';
import { endWorkersIn } from './tree.ts';

/** Ends the processes and removes the folders of sites that were left behind. */
export async function sweepProcesses(
  place: { stateDir: string; workDir: string },
  options: SweepOptions = {},
): Promise<SweepReport> {
  const report = emptyReport();
  for (const { siteId, record, writtenMs } of readRecords(place.stateDir)) {
    const title = `site ${siteId}`;
    if (!(await mayGo({ key: title, title, createdMs: writtenMs, ...record }, report, options))) continue;
    const isOwn = (): Promise<boolean> => isSiteFolder(place.workDir, siteId, record.directory);
    try {
      report.failed.push(...(await endProcesses(record, title)));
      const home = record.home !== undefined && (await isHomeOf(siteId, record.home)) ? [record.home] : [];
      if (await sameSystem(record)) await endWorkersIn([...home, ...((await isOwn()) ? [record.directory] : [])]);
      for (const folder of home) await removeHome(leftHome(folder));
      if (await isOwn()) await removeSiteFolder(place.workDir, siteId);
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

/** Whether process numbers mean here what they meant to the owner. */
async function sameSystem(record: SiteRecord): Promise<boolean> {
  const [owner, here] = [parseOwner(record.owner), await thisSystem()];
  return owner !== null && owner.boot === here.boot && owner.space === here.space;
}

/** Gives the sentences about what was left, for nothing shows that it is this site's. */
async function endProcesses(record: SiteRecord, title: string): Promise<string[]> {
  const owner = parseOwner(record.owner);
  const here = await thisSystem();
  // Of another start of this machine nothing is alive, and elsewhere the numbers mean other processes.
  if (owner !== null && owner.boot !== here.boot) return [];
  const foreign = owner !== null && owner.space !== here.space;
  const left: string[] = [];
  for (const { pid, started } of foreign ? [] : record.processes) {
    const verdict = await whoseGroup(pid, started, record.directory);
    if (verdict === 'ours') signalGroup(pid, 'SIGKILL');
    if (verdict === 'unproven')
      left.push(`The process group ${pid} of ${title} was left running: nothing shows that it is still this site's`);
  }
  return left;
}

async function whoseGroup(pid: number, started: string, directory: string): Promise<'ours' | 'other' | 'unproven'> {
  if (started !== '' && processExists(pid)) return (await processStart(pid)) === started ? 'ours' : 'other';
  // As long as one process of a group lives, no other group gets its number: one that is proven proves all.
  const members = await groupMembers(pid);
  if (members.some((member) => belongsToFolder(member, directory))) return 'ours';
  return members.length > 0 ? 'unproven' : 'other';
}

function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
