import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { smokeResult } from '../../report/testing/index.ts';
import { runHere } from '../support/cli/run-here.ts';
import { makeHome, run, start } from '../support/cli/run.ts';
import { mountHungFolder } from '../support/hung-folder.ts';

const home = makeHome();
const at = (name: string): string => path.join(home.folder, name);
const result = at('kept.json');
writeFileSync(result, JSON.stringify(smokeResult()));
const root = process.platform === 'linux' && process.getuid?.() === 0;
/** Whether this process may mount a disk of memory. */
const canMount = root && spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', makeEmpty('try')]).status === 0;
if (canMount) execFileSync('umount', [at('try')]);
const hung = mountHungFolder(at('hung'));
afterAll(() => {
  hung?.remove();
  home.remove();
});

function makeEmpty(name: string): string {
  mkdirSync(at(name));
  return at(name);
}

const report = (out: string) => runHere(home, ['report', result, '--out', out]);

describe('--out that is there and is no regular file', () => {
  it.skipIf(!root)('a device is written into and stays one', async () => {
    execFileSync('mknod', [at('null'), 'c', '1', '3']);
    expect(await report(at('null'))).toMatchObject({ code: 0, stderr: '' });
    expect(lstatSync(at('null')).isCharacterDevice()).toBe(true);
  });

  it.skipIf(!root)('a link to a device leaves both what they are', async () => {
    execFileSync('mknod', [at('target'), 'c', '1', '3']);
    symlinkSync(at('target'), at('link'));
    expect((await report(at('link'))).code).toBe(0);
    expect(lstatSync(at('link')).isSymbolicLink()).toBe(true);
    expect(lstatSync(at('target')).isCharacterDevice()).toBe(true);
  });

  it.skipIf(!root)('a full device is told of', async () => {
    execFileSync('mknod', [at('full'), 'c', '1', '7']);
    const { code, stderr } = await report(at('full'));
    expect(stderr).toMatch(/^cleave: full could not be written: the disk is full; .*\n$/);
    expect(code).toBe(1);
  });

  it.skipIf(!root)('a disk is refused', async () => {
    execFileSync('mknod', [at('disk'), 'b', '7', '250']);
    const { code, stderr } = await report(at('disk'));
    expect(stderr).toBe('cleave: disk could not be written: it is a disk.\n');
    expect(code).toBe(1);
  });

  it.skipIf(process.platform === 'win32')('a pipe hands everything to its reader', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    // The reader comes late and reads slowly.
    const reader = start(home, ['-c', `sleep 0.3; cat ${at('pipe')}`], { command: 'sh' });
    expect(await report(at('pipe'))).toMatchObject({ code: 0, stderr: '' });
    expect((await reader.ended).stdout).toBe((await runHere(home, ['report', result])).stdout);
    expect(lstatSync(at('pipe')).isFIFO()).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('a pipe that nobody reads is given up', async () => {
    execFileSync('mkfifo', [at('unread')]);
    const { code, stderr } = await report(at('unread'));
    expect(stderr).toBe('cleave: unread could not be written: nobody reads from it.\n');
    expect(code).toBe(1);
    expect(lstatSync(at('unread')).isFIFO()).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('a socket is refused and stays one', async () => {
    const server = net.createServer().listen(at('socket'));
    const { code, stderr } = await report(at('socket'));
    expect(stderr).toBe('cleave: socket could not be written: it is a socket.\n');
    expect(code).toBe(1);
    expect(lstatSync(at('socket')).isSocket()).toBe(true);
    server.close();
  });

  it.skipIf(process.platform === 'win32')('standard output is standard output', async () => {
    const script = path.resolve(import.meta.dirname, '../../scripts/cleave.ts');
    const piped = `${process.execPath} ${script} report ${result} --out /dev/stdout | cat`;
    const { stdout, stderr } = await start(home, ['-c', piped], { command: 'sh' }).ended;
    expect(stderr).toBe('');
    expect(stdout.trim()).toBe((await runHere(home, ['report', result])).stdout.trim());
  });

  it.skipIf(process.platform === 'win32')('a link that leads nowhere is refused and stays one', async () => {
    symlinkSync(at('not-there.md'), at('leads-nowhere'));
    const { code, stderr } = await report(at('leads-nowhere'));
    expect(stderr).toBe('cleave: leads-nowhere could not be written: it is a link that leads nowhere.\n');
    expect(code).toBe(1);
    expect(lstatSync(at('leads-nowhere')).isSymbolicLink()).toBe(true);
    // A link to a file stays one too.
    writeFileSync(at('not-there.md'), 'old');
    expect((await report(at('leads-nowhere'))).code).toBe(0);
    expect(lstatSync(at('leads-nowhere')).isSymbolicLink()).toBe(true);
    expect(readFileSync(at('not-there.md'), 'utf8')).toMatch(/^#/);
  });

  it('a folder is refused, a regular file replaced', async () => {
    mkdirSync(at('folder'));
    expect((await report(at('folder'))).stderr).toBe('cleave: folder could not be written: it is a folder.\n');
    writeFileSync(at('file'), 'old');
    expect((await report(at('file'))).code).toBe(0);
    expect(readFileSync(at('file'), 'utf8')).toMatch(/^#/);
  });
});

symlinkSync(at('nowhere/at/all'), at('dangling'));
writeFileSync(at('plain'), '');
const impossible = [
  ...(process.platform === 'linux' ? ['/proc', '/proc/nope', '/proc/nope/deeper', '/proc/self/nope', '/sys/nope'] : []),
  ...(process.platform === 'win32' ? [] : ['/dev/null', '/dev/null/deeper']),
  at('plain'),
  at('plain/deeper'),
  at('dangling/deeper'),
  ...(hung === null ? [] : [at('hung/deeper')]),
];
const short = ['compare', '--preset', 'smoke', '--runtime', 'process'];

type Way = (place: string) => [parameters: string[], environment: Record<string, string>];
const ways: Record<string, Way> = {
  'report --out': (place) => [['report', result, '--out', path.join(place, 'report.md')], {}],
  CLEAVE_DATA_DIR: (place) => [short, { CLEAVE_DATA_DIR: place }],
  'compare --out': (place) => [[...short, '--out', place], {}],
  CLEAVE_WORK_DIR: (place) => [short, { CLEAVE_WORK_DIR: place }],
  XDG_DATA_HOME: (place) => [short, { CLEAVE_DATA_DIR: '', XDG_DATA_HOME: place }],
};
// Every place in two ways, and the two that never answered in every way.
const stubborn = impossible.filter((place) => ['/proc', '/proc/nope'].includes(place) || place === at('hung/deeper'));
const attempts = Object.keys(ways).flatMap((way, index) =>
  (index < 2 ? impossible : stubborn).map((place) => ({ way, place: path.relative(home.folder, place), whole: place })),
);

// A program that a file system holds cannot end by itself, and is ended: it needs a process of its own.
const isHung = ({ whole }: { whole: string }): boolean => whole.startsWith(at('hung'));

describe('a place where nothing can be made', () => {
  const oneSentence = /^cleave: .*(nothing can be written|could not be|cannot be).*\n$/;

  it.each(attempts.filter((attempt) => !isHung(attempt)))(
    'is answered with one sentence: $way $place',
    async ({ way, whole }) => {
      const [parameters, environment] = ways[way]?.(whole) ?? [[], {}];
      const { code, stderr } = await runHere(home, parameters, environment);
      expect(stderr).toMatch(oneSentence);
      expect(code).toBe(1);
    },
  );

  it.concurrent.each(attempts.filter(isHung))('is answered with one sentence: $way $place', async ({ way, whole }) => {
    const [parameters, environment] = ways[way]?.(whole) ?? [[], {}];
    const { code, stderr } = await run(home, parameters, environment);
    expect(stderr).toMatch(oneSentence);
    expect(code).toBe(137);
  });

  it.skipIf(process.platform === 'win32')('is answered so by the program itself, which ends', async () => {
    const { code, stderr } = await run(home, ['report', result, '--out', path.join(at('plain'), 'report.md')]);
    expect(stderr).toMatch(oneSentence);
    expect(code).toBe(1);
  });
});

describe('reading', () => {
  const unreadable = [
    ...(process.platform === 'win32' ? [] : ['/dev/null']),
    ...(process.platform === 'linux' ? ['/proc/nope', '/dev/zero'] : []),
    home.folder,
  ];
  const neverAnswering = [
    ...(process.platform === 'win32' ? [] : [at('never-written')]),
    ...(hung === null ? [] : [at('hung/result.json')]),
  ];
  if (process.platform !== 'win32') execFileSync('mkfifo', [at('never-written')]);
  const readers = (file: string): string[][] => [
    ['report', file],
    ['compare', '--runtime', 'process', '--experiment', file],
  ];

  it.each(unreadable)('%s is answered with one sentence', async (file) => {
    for (const parameters of readers(file)) {
      const { code, stderr } = await runHere(home, parameters);
      expect(stderr).toMatch(/^cleave: .+\n$/);
      expect(code).toBe(1);
    }
  });

  it.concurrent.each(neverAnswering)('%s is answered with one sentence', async (file) => {
    for (const { code, stderr } of await Promise.all(readers(file).map((parameters) => run(home, parameters)))) {
      expect(stderr).toMatch(/^cleave: .+\n$/);
      expect([1, 137]).toContain(code);
    }
  });
});

describe.skipIf(process.platform === 'win32')('a signal', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends a program that waits for the reader of a pipe: %s', async (signal) => {
    execFileSync('mkfifo', [at(`stalled-${signal}`)]);
    // Opens the pipe and reads nothing: what is written fills it.
    const reader = start(home, ['-c', `exec 3<>${at(`stalled-${signal}`)}; echo open; sleep 60`], { command: 'sh' });
    await reader.said(/open/);
    writeFileSync(at('large.json'), JSON.stringify({ ...smokeResult(), title: 'large'.repeat(30) }));
    const running = start(home, ['report', at('large.json'), '--format', 'html', '--out', at(`stalled-${signal}`)]);
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (running.child.exitCode !== null) throw new Error('it did not wait for its reader');
      }, 50);
      // Sent again and again: whatever it is doing, one ends it.
      const again = setInterval(() => running.child.kill(signal), 200);
      void running.ended.then(() => {
        clearInterval(timer);
        clearInterval(again);
        resolve();
      });
    });
    expect((await running.ended).code).toBe(signal === 'SIGTERM' ? 143 : 130);
    if (reader.child.pid !== undefined) process.kill(-reader.child.pid, 'SIGKILL');
  });
});

describe.skipIf(process.platform === 'win32')('clean', () => {
  it('refuses a work folder that others may enter, as up does', async () => {
    const folder = at('open-for-clean');
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    const { code, stderr } = await runHere(home, ['clean'], { CLEAVE_WORK_DIR: folder });
    expect(stderr).toMatch(/^cleave: The work folder \S+ cannot be trusted: others may enter it \(mode 777\)/);
    expect(code).toBe(1);
  });

  it('says why no engine was looked at', async () => {
    const { code, stdout } = await runHere(home, ['clean'], { DOCKER_HOST: 'tcp://192.0.2.7:2375' });
    expect(stdout).toMatch(/192\.0\.2\.7.*Correct it, or unset DOCKER_HOST.* Only processes were looked at\.\n/);
    expect(code).toBe(0);
  });
});

describe('a data folder that nothing can be written into is said as such before anything is looked at', () => {
  const refused = async (data: string) => {
    const { code, stdout, stderr } = await runHere(home, ['compare', '--preset', 'smoke', '--runtime', 'process'], {
      CLEAVE_DATA_DIR: data,
    });
    expect([code, stdout]).toEqual([1, '']);
    return stderr;
  };
  const said = (data: string, why: string) =>
    new RegExp(`^cleave: The data folder ${data} cannot be used: ${why}\\. .*set CLEAVE_DATA_DIR to .*\\.\\n$`);

  it('a file', async () => {
    writeFileSync(at('file'), '');
    expect(await refused(at('file'))).toMatch(said(at('file'), 'it is no folder, .*'));
    expect(await refused(path.join(at('file'), 'below'))).toMatch(
      said(path.join(at('file'), 'below'), 'it is no folder, .*'),
    );
  });

  it.skipIf(!canMount)('a read-only disk, a full one', async () => {
    for (const [name, options, why] of [
      ['read-only', 'ro', 'it is read-only'],
      ['full-disk', 'size=4k,nr_inodes=1', 'the disk is full'],
    ] as const) {
      mkdirSync(at(name));
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', at(name)]);
      try {
        expect(await refused(at(name))).toMatch(said(at(name), why));
      } finally {
        execFileSync('umount', [at(name)]);
      }
    }
  });
});

describe.skipIf(process.platform === 'win32')('the work folder', () => {
  const up = (folder: string) => runHere(home, ['up', '--runtime', 'process'], { CLEAVE_WORK_DIR: folder });

  it.each([0o755, 0o770, 0o777, 0o701])(
    'is refused with one sentence when others may enter it: mode %o',
    async (mode) => {
      const folder = at(`open-${mode}`);
      mkdirSync(folder);
      chmodSync(folder, mode);
      const { code, stderr } = await up(folder);
      expect(stderr).toMatch(
        /^cleave: The work folder \S+ cannot be trusted: others may enter it \(mode \d+\)\. .*chmod 700.*\n$/,
      );
      expect(code).toBe(1);
    },
  );

  it.skipIf(!root)('is refused when it is somebody else’s', async () => {
    mkdirSync(at('theirs'), { mode: 0o700 });
    execFileSync('chown', ['1000', at('theirs')]);
    expect((await up(at('theirs'))).stderr).toMatch(/cannot be trusted: it belongs to user 1000/);
  });

  it('is refused when it is a link, wherever that leads', async () => {
    mkdirSync(at('real'), { mode: 0o700 });
    symlinkSync(at('real'), at('linked'));
    expect((await up(at('linked'))).stderr).toMatch(/cannot be trusted: it is a link/);
  });

  it('lies in the user’s own data and is nobody else’s', async () => {
    const running = start(home, ['up', '--runtime', 'process']);
    await running.said(/Press Ctrl-C/);
    expect(lstatSync(path.join(home.data, 'work')).mode & 0o777).toBe(0o700);
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(0);
  });
});
