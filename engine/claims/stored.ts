import type { Laboratory } from '../deploy/index.ts';
import { hashSources } from '../deploy/index.ts';
import { computeFindings, judgeClaims, machineOf, sourceOf, type ClaimSource } from '../evaluation/index.ts';
import type { Application, Claims } from '../model/index.ts';
import { getResult, listResults } from '../storage/index.ts';

/** What is kept of results that were read once: they are large, and never change but for what they are called. */
const known = new Map<string, ClaimSource>();

/** What stored results of an application may say of claims. Damaged ones, such that measured another application, and such that were judged by older rules are left out. */
export async function storedSources(
  { dataDirectory }: Pick<Laboratory, 'dataDirectory'>,
  application: Application,
): Promise<ClaimSource[]> {
  const sources: ClaimSource[] = [];
  // One after another: each of them may be tens of megabytes.
  for (const summary of await listResults(dataDirectory)) {
    if (summary.application !== application.name || summary.status === 'failed') continue;
    const key = JSON.stringify([dataDirectory, summary.id, summary.endedAt]);
    const source = known.get(key) ?? (await sourceIn(dataDirectory, summary.id));
    if (source === null) continue;
    known.set(key, source);
    sources.push({ ...source, title: summary.title });
  }
  return sources;
}

async function sourceIn(dataDirectory: string, id: string): Promise<ClaimSource | null> {
  try {
    const result = await getResult(dataDirectory, id, computeFindings);
    // Verdicts by older rules are no verdicts of today.
    return result.rules === 2 ? sourceOf(result) : null;
  } catch {
    return null;
  }
}

/** Every claim, judged from what is stored of the application's source as it is and of this machine with that runtime; null: containers, or processes where nothing was measured in containers. */
export async function judgeStored(
  laboratory: Pick<Laboratory, 'applicationsDirectory' | 'dataDirectory' | 'machine'>,
  application: Application,
  runtime: 'docker' | 'process' | null,
): Promise<Claims> {
  const [sourceHash, sources] = await Promise.all([
    hashSources(laboratory.applicationsDirectory, application),
    storedSources(laboratory, application),
  ]);
  const judged = (how: 'docker' | 'process'): Claims =>
    judgeClaims({
      ...{ application, sourceHash, sources },
      machine: machineOf({ ...laboratory.machine.facts(), runtime: how }),
    });
  if (runtime !== null) return judged(runtime);
  const [inContainers, asProcesses] = [judged('docker'), judged('process')];
  return inContainers.results === 0 && asProcesses.results > 0 ? asProcesses : inContainers;
}
