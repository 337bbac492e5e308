import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');

/** Where it is known what makes and starts programs of each language. */
const ROOM = 'engine/languages/';
/** Who has to say where the bundler's binary lies in the packaged program. */
const ELSEWHERE = ['electron/main/host-configuration.ts', 'electron/main/places.ts'];

const OF_ONE_LANGUAGE = /\besbuild\b|\bunit\.mjs\b|max-old-space-size|\bNODE_OPTIONS\b|\bGOOS\b|py_compile/;

it('what makes and starts programs of a language is known to one room', () => {
  const saying = globSync('{cli,electron,engine,renderer,report}/**/*.{ts,tsx}', { cwd: REPOSITORY })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => !file.startsWith(ROOM) && !/\.test\.tsx?$|\/testing\//.test(file))
    .filter((file) => OF_ONE_LANGUAGE.test(readFileSync(path.join(REPOSITORY, file), 'utf8')));
  expect(saying.toSorted()).toEqual(ELSEWHERE);
});
