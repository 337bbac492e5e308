import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import {
  estimateDurationMs,
  measuredMs,
  metrics,
  type Metric,
  type Result,
  type ResultSummary,
  own,
} from '../model/index.ts';
import { writeAtomically } from './atomic-file.ts';
import { withPlainText } from './old-text.ts';
import type { Places } from './places.ts';
import { readResultFile } from './result-file.ts';

const mostHeadlines = 6;

const summarySchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  tags: z.array(z.string()),
  // Summaries of before were made of results without.
  notes: z.string().default(''),
  status: z.enum(['completed', 'cancelled', 'failed', 'interrupted']),
  startedAt: z.string(),
  endedAt: z.string(),
  preset: z.string().nullable(),
  runtime: z.enum(['docker', 'process']),
  application: z.string(),
  variants: z.array(z.string()),
  blocks: z.number(),
  headlines: z.array(z.string()),
  tookMs: z.number().optional(),
  timing: z.strictObject({ plannedMs: z.number(), cpus: z.number(), memoryBytes: z.number() }),
}) satisfies z.ZodType<ResultSummary>;

/** A summary and the size and time of the result file it was made from, by which a stale one is known. */
const indexSchema = z.strictObject({ bytes: z.number(), modifiedMs: z.number(), summary: summarySchema });

/** What a list of results shows of one. Pure. */
export function summarize(result: Result): ResultSummary {
  const headline = (name: string) => own(metrics as Record<string, Metric>, name)?.headline === true;
  return {
    id: result.id,
    title: result.title,
    tags: result.tags,
    notes: result.notes ?? '',
    status: result.status,
    startedAt: result.startedAt,
    endedAt: result.endedAt,
    preset: result.experiment.preset,
    runtime: result.environment.runtime,
    application: result.application.name,
    variants: result.experiment.variants.map((variant) => variant.name),
    blocks: new Set(
      result.rounds
        .filter((round) => round.status !== 'failed' && round.status !== 'cancelled')
        .map((round) => round.block),
    ).size,
    headlines: result.findings
      .filter(
        (finding) =>
          headline(finding.metric) && finding.scope.endpoint === undefined && finding.verdict !== 'inconclusive',
      )
      .slice(0, mostHeadlines)
      .map((finding) => finding.sentence),
    ...(result.sittings.length === 0 ? {} : { tookMs: measuredMs(result) }),
    timing: {
      plannedMs: estimateDurationMs(result.experiment),
      cpus: result.environment.cpus,
      memoryBytes: result.environment.memoryBytes,
    },
  };
}

/** Keeps the summary beside the result. It is derived: losing it costs time, never data, so that a failure here is no failure. */
export async function writeSummary(places: Places, result: Result): Promise<void> {
  try {
    const { size, mtimeMs } = await stat(places.result);
    await writeAtomically(
      places.summary,
      JSON.stringify({ bytes: size, modifiedMs: mtimeMs, summary: summarize(result) }),
    );
  } catch {
    // It is made again when it is missed.
  }
}

/** The summary of a stored result: the kept one when it belongs to the file as it is, otherwise made again. Throws StorageError when the result is damaged. */
export async function readSummary(places: Places): Promise<ResultSummary> {
  const kept = await keptSummary(places);
  if (kept !== null) return kept;
  const result = await readResultFile(places.result);
  await writeSummary(places, result);
  return summarize(result);
}

async function keptSummary(places: Places): Promise<ResultSummary | null> {
  try {
    const [text, facts] = await Promise.all([readFile(places.summary, 'utf8'), stat(places.result)]);
    const index = indexSchema.safeParse(withPlainText(JSON.parse(text), text));
    const fresh = index.success && index.data.bytes === facts.size && index.data.modifiedMs === facts.mtimeMs;
    return fresh ? index.data.summary : null;
  } catch {
    return null;
  }
}
