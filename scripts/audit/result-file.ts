import { readFile } from 'node:fs/promises';
import type { Look } from './looks.ts';
import type { Round } from './probes.ts';
import type { Application, Experiment, Finding } from './round.ts';

export interface ResultFile {
  id: string;
  rules: number;
  experiment: Experiment;
  application: Application;
  order: string[][];
  /** The looks that were taken; empty where there was one, at the end. */
  looks: Look[];
  /** When it was measured, and from which block on; empty where it was in one go. */
  sittings?: { fromBlock: number }[];
  rounds: Round[];
  findings: Finding[];
}

/** Why a file cannot be audited, in one sentence. */
export class Refusal extends Error {}

/** Reads a result. Throws a `Refusal` when there is none, or one that was not judged by the rules that the audit knows. */
export async function readResult(file: string): Promise<ResultFile> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Refusal(`${file} cannot be read.`);
  });
  return parseResult(text, file);
}

/** The result in a text; `name` is what a refusal calls it. */
export function parseResult(text: string, name: string): ResultFile {
  const value = parseJson(text, name) as { schema?: unknown; version?: unknown; rules?: unknown } | null;
  if (value?.schema !== 'cleave/result') throw new Refusal(`${name} is no result: "schema" must be "cleave/result".`);
  if (value.version !== 2)
    throw new Refusal(
      `${name} has "version" ${String(value.version)}: only results of version 2 keep what is audited.`,
    );
  if (value.rules !== 2)
    throw new Refusal(
      `${name} has "rules" ${String(value.rules)}: only findings judged by the rules of version 2 are audited.`,
    );
  const result = value as unknown as ResultFile;
  if (!Array.isArray(result.rounds) || !Array.isArray(result.findings))
    throw new Refusal(`${name} has no "rounds" or no "findings": both must be lists.`);
  return result;
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(`${name} is not JSON.`);
  }
}
