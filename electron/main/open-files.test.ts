import { expect, test } from 'vitest';
import { smokeResult } from '../../report/testing/index.ts';
import { Problem, type OpenedFile } from '../host-protocol/index.ts';
import { openFiles } from './open-files.ts';

const { experiment } = smokeResult();

test('all are opened, the last is shown, and what is refused is said once', async () => {
  const said: unknown[] = [];
  const open = openFiles({
    read: async (file): Promise<OpenedFile> => {
      said.push(`read ${file}`);
      if (file.includes('bad')) throw new Problem('bad-file', 'It is no file of ours.', 'Choose another.');
      return { kind: 'experiment', experiment: { ...experiment, name: 'mine' }, isNew: true };
    },
    giveUp: () => said.push('give up'),
    show: (command, name) => said.push(`${command} ${name}`),
    refuse: (refusals) => said.push(refusals),
    remember: (file) => said.push(`remember ${file}`),
  });
  const first = open([
    { kind: 'file', path: '/a/bad.cleave' },
    { kind: 'result', id: 'r1' },
    { kind: 'file', path: '/a/good.cleave' },
    { kind: 'file', path: '/a/bad-too.cleave' },
  ]);
  const second = open([{ kind: 'result', id: 'r2' }]);
  await Promise.all([first, second]);
  expect(said).toEqual([
    'read /a/bad.cleave',
    'read /a/good.cleave',
    'remember /a/good.cleave',
    'read /a/bad-too.cleave',
    'open-experiment mine',
    [
      { name: 'bad.cleave', why: 'It is no file of ours. Choose another.' },
      { name: 'bad-too.cleave', why: 'It is no file of ours. Choose another.' },
    ],
    'open-result r2',
  ]);
});

test('a file that never answers is refused, and those after it are opened', async () => {
  const said: unknown[] = [];
  let replace = (): void => undefined;
  const open = openFiles({
    read: (file) =>
      file.includes('stuck')
        ? new Promise((_resolve, reject) => {
            replace = () => reject(new Error('replaced'));
          })
        : Promise.resolve({ kind: 'experiment', experiment: { ...experiment, name: 'mine' }, isNew: true }),
    limitMs: 20,
    giveUp: () => {
      said.push('give up');
      replace();
    },
    show: (command, name) => said.push(`${command} ${name}`),
    refuse: (refusals) => said.push(...refusals.map(({ name, why }) => `${name}: ${why}`)),
    remember: () => undefined,
  });
  await Promise.all([
    open([{ kind: 'file', path: '/away/stuck.cleave' }]),
    open([{ kind: 'file', path: '/a/good.cleave' }]),
  ]);
  expect(said).toEqual([
    'give up',
    expect.stringMatching(/^stuck\.cleave: It was not read within 0\.02 s\. See whether/),
    'open-experiment mine',
  ]);
});
