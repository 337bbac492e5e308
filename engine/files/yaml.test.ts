import { expect, it } from 'vitest';
import { parseYaml } from './yaml.ts';

it('quotes little of a long text that is none', () => {
  const long = `> ${JSON.stringify({ name: 'x'.repeat(100_000) })}`;
  expect(() => parseYaml(long, 'the file')).toThrow(/^the file is not YAML: [^\n]{5,210}$/);
});
