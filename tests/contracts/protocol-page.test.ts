import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { requirements } from '../../engine/protocol/index.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/protocol.md'), 'utf8');

it('the page of the protocol has every requirement by its name, in the order in which they are asked', () => {
  const tables = page.split('| requirement | what it does |\n').slice(1);
  const named = tables.flatMap((table) =>
    table
      .split('\n\n')[0]!
      .split('\n')
      .flatMap((line) => /^\| `([a-z-]+)` \| /.exec(line)?.[1] ?? []),
  );
  expect(named).toEqual(requirements.map(({ name }) => name));
});

it('each is said in one sentence', () => {
  for (const { name, title } of requirements) expect(title, name).toMatch(/^[^\n]{10,200}\.$/);
});
