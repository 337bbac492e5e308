import { readFileSync, statSync } from 'node:fs';
import type { z } from 'zod';

const maximumBytes = 1_000_000;

/** Reads a small JSON file through `schema`; null when it is missing, too large, broken or of another shape. */
export function readJson<T>(file: string, schema: z.ZodType<T>): T | null {
  try {
    if (statSync(file).size > maximumBytes) return null;
    const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
