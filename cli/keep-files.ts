import { join, resolve } from 'node:path';
import type { Laboratory } from '../engine/deploy/index.ts';
import { tryFolder } from '../engine/files/index.ts';
import type { Result } from '../engine/model/index.ts';
import { formatResult, writeAtomically } from '../engine/storage/index.ts';
import { renderHtml } from '../report/index.ts';

export interface KeptFiles {
  /** One line a file that is there now. */
  written: string[];
  /** What could not be written, and where the result is instead; null when nothing went wrong. */
  problem: string | null;
}

/** Makes the folder that was asked for, so that a run does not find out at its end that it cannot. Throws one sentence. */
export async function prepareFolder(out: string): Promise<void> {
  try {
    await tryFolder(out);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Error(
      `--out: nothing can be written into ${resolve(out)} (${why}); give a folder that can be made or written`,
      {
        cause: error,
      },
    );
  }
}

/** Writes the report beside the stored result, or both into the folder that was asked for. What cannot be written is told, not thrown. */
export async function keepFiles(
  result: Result,
  place: { laboratory: Laboratory; stored: boolean; out: string | undefined },
): Promise<KeptFiles> {
  const home = join(place.laboratory.dataDirectory, 'results', result.id);
  const folder = place.out === undefined ? home : resolve(place.out);
  const files = { report: join(folder, 'report.html'), result: join(folder, 'result.json') };
  const written: string[] = [];
  // Its own folder takes no report when it could not even take the result.
  if (place.out === undefined && !place.stored) return { written, problem: null };
  try {
    // The numbers before the pictures of them: on a full disk the report can be made again.
    if (place.out !== undefined) await writeAtomically(files.result, formatResult(result));
    written.push(`Result: ${files.result}`);
    await writeAtomically(files.report, renderHtml(result));
    written.unshift(`Report: ${files.report}`);
    return { written, problem: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const safe = written.length === 0 && place.stored ? ` The result is kept in ${join(home, 'result.json')}.` : '';
    return { written, problem: `${why}${safe}` };
  }
}
