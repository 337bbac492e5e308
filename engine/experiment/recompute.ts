import { isDeepStrictEqual } from 'node:util';
import { computeFindings } from '../evaluation/index.ts';
import type { Finding, Result } from '../model/index.ts';

export interface Recomputed {
  findings: Finding[];
  /** What differs from the findings stored in the result, a sentence each; empty when every digit is the same. */
  differences: string[];
}

/**
 * Derives all findings again from a result's raw rounds and says where they differ from those it carries. Throws when the result was judged by the rules of
 * version 1: they are not in the program any more, and its verdicts stand as they are.
 */
export function recompute(result: Result): Recomputed {
  if (result.rules === 1)
    throw new Error(
      'This result was judged by the rules of version 1, which this Cleave no longer has: its findings are kept as they were, and cannot be computed again.',
    );
  const findings = computeFindings(result);
  const stored = new Map(result.findings.map((finding) => [finding.id, finding]));
  const differences: string[] = [];
  for (const finding of findings) {
    const before = stored.get(finding.id);
    stored.delete(finding.id);
    if (before === undefined) {
      differences.push(`finding "${finding.id}" is not in the result`);
      continue;
    }
    const old = new Map<string, unknown>(Object.entries(before));
    for (const [key, value] of Object.entries(finding)) {
      if (!isDeepStrictEqual(plain(old.get(key)), plain(value))) {
        differences.push(
          `finding "${finding.id}", ${key}: stored ${JSON.stringify(old.get(key))}, recomputed ${JSON.stringify(value)}`,
        );
      }
    }
  }
  for (const id of stored.keys()) differences.push(`finding "${id}" does not follow from the rounds`);
  return { findings, differences };
}

/** As it would be read back from a file: without undefined fields. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}
