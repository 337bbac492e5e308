import { expect, it } from 'vitest';
import { makeResult } from '../../report/testing/index.ts';
import { parseResult } from './result-file.ts';

it('a large file with a key that it cannot have is told those that it can', async () => {
  const text = JSON.stringify({ ...makeResult(), padding: 'x'.repeat(2_100_000) });
  await expect(parseResult(text, 'big.json')).rejects.toThrow(
    /^big\.json is not a usable result: the file: unknown key "padding"; allowed: schema, version, rules, /,
  );
});
