import { isDeepStrictEqual } from 'node:util';
import type { Finding, Result } from '../../model/index.ts';
import { computeFindings } from './compute.ts';

export interface Recomputed {
  findings: Finding[];
  /** What differs from the findings stored in the result, a sentence each; empty when every digit is the same. */
  differences: string[];
}

/** Derives all findings again from a result's raw rounds and says where they differ from those it carries. */
export function recompute(result: Result): Recomputed {
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
