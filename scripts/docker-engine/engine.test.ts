import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { notInstalled } from '../debian/packages.ts';
import { engineAnswers, parseDockerHost } from './address.ts';
import { daemonPaths, removeLeftovers } from './daemon.ts';
import { socketsOfDaemon } from './find.ts';

describe('parseDockerHost', () => {
  it.each([
    ['unix:///var/run/docker.sock', { socketPath: '/var/run/docker.sock' }],
    ['tcp://10.0.0.1:2376', { host: '10.0.0.1', port: 2376 }],
    ['http://engine', { host: 'engine', port: 2375 }],
  ])('reads %s', (text, address) => {
    expect(parseDockerHost(text)).toEqual(address);
  });

  it.each(['', 'unix://', 'ssh://somebody@host', 'npipe:////./pipe/docker_engine', 'tcp://'])(
    'has no address for "%s"',
    (text) => {
      expect(parseDockerHost(text)).toBeUndefined();
    },
  );
});

describe('engineAnswers', () => {
  it('is false where no socket is', async () => {
    expect(await engineAnswers('unix:///nowhere/at/all.sock')).toBe(false);
  });
});

describe('removeLeftovers', () => {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  it.each(isRoot ? [false, true] : [false])('removes data, and what is mounted there first: %s', async (isMounted) => {
    const paths = daemonPaths(mkdtempSync(path.join(tmpdir(), 'cleave-leftovers-')));
    mkdirSync(paths.dataRoot);
    writeFileSync(path.join(paths.dataRoot, 'image'), 'layers');
    if (isMounted) expect(spawnSync('mount', ['--bind', paths.dataRoot, paths.dataRoot]).status).toBe(0);
    await removeLeftovers(paths, [paths.dir]);
    expect(existsSync(paths.dir)).toBe(false);
  });
});

describe('socketsOfDaemon', () => {
  it('finds both spellings of the host option and leaves other addresses out', () => {
    expect(
      socketsOfDaemon(['--host', 'unix:///a.sock', '-H=unix:///b.sock', '--host=tcp://127.0.0.1:1', '--debug']),
    ).toEqual(['unix:///a.sock', 'unix:///b.sock']);
  });
});

describe('daemonPaths', () => {
  it('refuses a folder whose socket the system could not open', () => {
    expect(() => daemonPaths(`/tmp/${'x'.repeat(120)}`)).toThrow(/--dir/);
  });
});

describe('notInstalled', () => {
  it('counts a package that was removed but left its configuration as missing', () => {
    expect(notInstalled(['a', 'b', 'c'], 'a installed\nb config-files\n')).toEqual(['b', 'c']);
  });
});
