import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const repository = path.resolve(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(path.join(repository, name), 'utf8');
const documents = [
  ...readdirSync(repository),
  ...readdirSync(path.join(repository, 'docs'), { encoding: 'utf8', recursive: true }).map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md'));
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

it('there are documents', () => expect(documents).toContain('docs/measuring.md'));

it.each(documents)('%s names only commands that npm runs, with the Node that is among the packages', (name) => {
  const text = read(name);
  // The Node that a person has may be too old to run TypeScript as it stands.
  expect(text.match(/node (?:\.\/)?scripts\/[\w/-]+\.ts/g) ?? []).toEqual([]);
  const named = [...text.matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)].map(([, script = '']) => script);
  expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
});
