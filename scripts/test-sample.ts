import { execFile } from 'node:child_process';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { z } from 'zod';
import { createRandom } from '../engine/model/index.ts';
import { runParts } from './testing/parts.ts';
import { prepareMachine } from './testing/prepare.ts';
import { runVitest } from './testing/vitest.ts';

// Some of the tests that measure: the same ones for the same seed.
const { values } = parseArgs({
  options: { seed: { type: 'string', default: '20261126' }, tests: { type: 'string', default: '8' } },
});
const seed = z.coerce.number().int().min(0).parse(values.seed);
const count = z.coerce.number().int().min(1).parse(values.tests);
const projects = ['--project', 'measuring'];
const repository = path.resolve(import.meta.dirname, '..');

const machine = await prepareMachine();
try {
  const names = createRandom(seed, 'sample')
    .shuffle(await listTests())
    .slice(0, count);
  console.log(`Sample of ${names.length} tests, seed ${seed}:\n${names.map((name) => `  ${name}`).join('\n')}`);
  const pattern = `^(${names.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})$`;
  process.exitCode = await runParts(
    [['sample', () => runVitest('sample', [...projects, '-t', pattern], machine.environment)]],
    'sample',
  );
} finally {
  await machine.close();
}

async function listTests(): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.join(repository, 'node_modules', 'vitest', 'vitest.mjs'), 'list', '--json', ...projects],
    { cwd: repository, env: machine.environment, maxBuffer: 2 ** 26 },
  );
  const listed = z.array(z.object({ name: z.string() })).parse(JSON.parse(stdout.slice(stdout.indexOf('['))));
  return [...new Set(listed.map(({ name }) => name.replaceAll(' > ', ' ')))].toSorted();
}
