import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { requirements } from '../../engine/protocol/index.ts';
import { runHere } from '../support/cli/run-here.ts';
import { makeHome } from '../support/cli/run.ts';
import { describeLanguages } from '../support/languages.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const guide = readFileSync(path.join(repository, 'docs/guides/another-language.md'), 'utf8');
const home = makeHome();
afterAll(() => home.remove());

/** What is measured takes a quiet machine. */
const unmeasured = requirements.flatMap(({ name, isMeasured }) => (isMeasured === true ? [] : name)).join(',');

/** A copy of the applications, so that the guide is followed from its beginning. */
const checkout = path.join(home.folder, 'checkout');
const applications = path.join(checkout, 'sample-apps');

const blocks = (language: string): string[] =>
  [...guide.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, of, text = '']) => (of === language ? [text] : []));
const commands = blocks('sh').map((text) => text.trim());

/** A command of the guide, with the applications of the copy, which did not come with the program. */
async function follow(command: string, ...more: string[]) {
  const [, said = '', file] = /^npm run -s cleave -- (.*?)(?: > (\S+))?$/.exec(command) ?? [];
  const parameters = [...said.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const result = await runHere(home, [...parameters, ...more], { CLEAVE_APPLICATIONS_DIR: applications });
  if (file !== undefined) write(file, result.stdout);
  return result;
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(checkout, file)), { recursive: true });
  writeFileSync(path.join(checkout, file), text);
}

await describeLanguages('the guide to a module in another language', () => {
  it('has the steps that are followed here', () => {
    expect(commands.map((command) => /-- (\w+ ?\w*) --/.exec(command)?.[1])).toEqual([
      'contract show',
      'protocol check',
      'up',
    ]);
  });

  it('leads to a unit', async () => {
    for (const folder of ['kit', 'kit-python', 'shop'])
      cpSync(path.join(repository, 'sample-apps', folder), path.join(applications, folder), { recursive: true });
    symlinkSync(path.join(repository, 'node_modules'), path.join(checkout, 'node_modules'));
    expect(await follow(commands[0]!)).toMatchObject({ code: 0, stderr: '' });
    for (const [, file = '', text = ''] of guide.matchAll(/^`(\S+)`:\n\n```\w+\n(.*?)^```$/gms)) write(file, text);
    const [, manifest = '', line = ''] = /^In `(\S+)`, below `(.*)`:$/m.exec(guide) ?? [];
    const before = readFileSync(path.join(checkout, manifest), 'utf8');
    expect(before.split(line)).toHaveLength(2);
    write(manifest, before.replace(line, `${line}\n${blocks('yaml')[0]!.trimEnd()}`));
    const refused = await follow(commands[1]!);
    expect(refused.stderr).toMatch(/did not come with Cleave would run with all your rights; say --runtime process/);
    const { code, stdout, stderr } = await follow(commands[1]!, '--runtime', 'process', '--only', unmeasured);
    expect(stdout.split('\n').filter((said) => said !== '' && !/^(ok|-) /.test(said))).toEqual([
      expect.stringMatching(/^notifications in Python is a unit: \d+ requirements met/) as string,
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
