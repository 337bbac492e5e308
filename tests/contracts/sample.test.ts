import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recompute } from '../../engine/experiment/index.ts';
import { resultSchema } from '../../engine/model/index.ts';
import { openSample } from '../../renderer/sample/sample.ts';

describe('the sample result', () => {
  const { result, made } = openSample();

  it('is a result of this version, finished, and says where it is from', () => {
    // With nothing left out that the schema would fill in: the window takes the file as it is.
    expect(resultSchema.parse(result)).toEqual(result);
    expect(result.status).toBe('completed');
    expect(result.findings.length).toBeGreaterThan(0);
    expect(made).toMatch(/^Measured by Cleave on /);
    expect(JSON.stringify(result)).not.toMatch(/\/(?:home|root|work|Users)\//);
  });

  it('was really measured: its findings follow from its rounds', () => {
    expect(recompute(result).differences).toEqual([]);
  });

  it('is small', () => {
    expect(readFileSync(new URL('../../renderer/sample/sample.json', import.meta.url)).length).toBeLessThan(700_000);
  });
});
