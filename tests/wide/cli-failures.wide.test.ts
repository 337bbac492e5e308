import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { resultSchema } from '../../engine/model/index.ts';
import { writeAtomically } from '../../engine/storage/index.ts';
import { engineProxy } from '../support/cli/engine-proxy.ts';
import {
  homeForTest,
  resultFiles,
  storedResults,
  unitThatCannotBeBuilt,
  unitThatNeverGetsReady,
} from '../support/cli/failing.ts';
import { leftovers } from '../support/cli/leftovers.ts';
import { run, start } from '../support/cli/run.ts';
import { shortExperiment, withoutFaults } from '../support/cli/short-experiment.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';

describe('failures in the process runtime', () => {
  unitThatNeverGetsReady('process', () => null);
  unitThatCannotBeBuilt('process', () => null);

  const disk = path.join(homeForTest().folder, 'disk');
  const mounted = mountSmallDisk(disk);
  afterEach(() => {
    if (mounted) empty(disk);
  });
  afterAll(() => {
    if (mounted) execFileSync('umount', [disk]);
  });

  it.skipIf(!mounted)('a disk that is full from the beginning: nothing is begun', async () => {
    const home = homeForTest();
    writeFileSync(path.join(disk, 'filling'), Buffer.alloc(smallDiskBytes - 2048));
    const { code, stderr } = await run(
      home,
      ['compare', '--runtime', 'process', '--experiment', await withoutFaults(home)],
      { CLEAVE_DATA_DIR: path.join(disk, 'data'), CLEAVE_WORK_DIR: path.join(home.folder, 'work') },
    );
    // What is written first finds it full: what says that a program works here.
    expect(stderr).toMatch(/^cleave: The (?:data|state) folder \S+ cannot be used: the disk is full\. .*\n$/);
    expect(code).toBe(1);
    expect(await leftovers(home, null)).toEqual([]);
  });

  it.skipIf(!mounted)(
    'a disk that fills in the middle: what was measured is kept and can be made a report of',
    async () => {
      const home = homeForTest();
      const environment = { CLEAVE_DATA_DIR: path.join(disk, 'data'), CLEAVE_WORK_DIR: path.join(home.folder, 'work') };
      const parameters = ['compare', '--runtime', 'process', '--experiment', await withoutFaults(home, { blocks: 3 })];
      const running = start(home, parameters, { environment });
      await running.said(/, block 1: \w+ in .*\n(.*\n)*.*, block [12]\n/);
      fill(path.join(disk, 'filling'));
      const { code, stderr } = await running.ended;
      // Whatever needs the disk first finds it full; what that round had used may be enough for the result afterwards.
      expect(stderr).toMatch(/^cleave: .*the disk is full[.;] .*\n$/);
      expect(code).toBe(1);
      expect(await leftovers(home, null)).toEqual([]);
      const named = / kept in (\S+journal\.ndjson), which "cleave report" reads\.\n$/.exec(stderr)?.[1];
      const kept = await run(home, [
        'report',
        named ?? resultFiles(path.join(disk, 'data'))[0] ?? 'none',
        '--format',
        'json',
      ]);
      expect([kept.code, kept.stderr, stderr]).toEqual([0, '', stderr]);
      expect(resultSchema.parse(JSON.parse(kept.stdout)).rounds.length).toBeGreaterThanOrEqual(1);
    },
  );

  it.skipIf(!mounted)('a disk with room for only a part of a file: the old one stays, whole', async () => {
    const file = path.join(disk, 'kept.json');
    const filling = path.join(disk, 'filling');
    const page = 4096;
    for (const pages of [1, 2, 3, 7]) {
      await writeAtomically(file, 'old');
      fill(filling);
      truncateSync(filling, Math.max(0, Math.floor(statSync(filling).size / page) - pages) * page);
      // One page goes to the file that is written beside it.
      await expect(writeAtomically(file, 'x'.repeat((pages + 1) * page))).rejects.toThrow(/the disk is full/);
      expect(readFileSync(file, 'utf8')).toBe('old');
      expect(readdirSync(disk).toSorted()).toEqual(['filling', 'kept.json']);
      rmSync(filling);
    }
    await writeAtomically(file, 'x'.repeat(8 * page));
    expect(statSync(file).size).toBe(8 * page);
  });

  it.skipIf(!mounted)(
    'a disk that fills where --out leads: the result is kept elsewhere, and where is said',
    async () => {
      const home = homeForTest();
      const out = path.join(disk, 'out');
      const parameters = ['compare', '--runtime', 'process', '--experiment', await withoutFaults(home), '--out', out];
      const running = start(home, parameters);
      // One that is full before is refused before anything is measured.
      await running.said(/, block 1\n/);
      fill(path.join(disk, 'filling'));
      const { code, stdout, stderr } = await running.ended;
      expect(stdout).toContain('Nothing is decided yet between monolith and macroservices.');
      expect(stderr).toMatch(
        /^cleave: result\.json could not be written: the disk is full; .* The result is kept in \S+result\.json\.\n$/,
      );
      expect(code).toBe(1);
      expect(await storedResults(home)).toEqual([expect.objectContaining({ status: 'completed' })]);
    },
  );
});

describeWithEngine('failures in the docker runtime', () => {
  it('an image that cannot be built: the unit and what the engine says', async () => {
    const home = homeForTest();
    const socket = path.join(home.folder, 'engine.sock');
    const proxy = await engineProxy(testDockerHost(), socket, {
      request: /^POST \S*\/build\?/,
      message: 'the builder is out of order',
    });
    const parameters = ['compare', '--runtime', 'docker', '--experiment', await shortExperiment(home)];
    const { code, stderr } = await run(home, parameters, { DOCKER_HOST: proxy.address });
    proxy.close();
    expect(stderr).toMatch(/^cleave: Building the image of "shop": the builder is out of order\n$/);
    expect(code).toBe(1);
    expect(await leftovers(home, testDockerHost())).toEqual([]);
  });
});

const smallDiskBytes = 128 * 1024;

/** Only root may, and only on Linux; elsewhere these tests are skipped. */
function mountSmallDisk(folder: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${smallDiskBytes}`, 'tmpfs', folder]);
    return true;
  } catch {
    return false;
  }
}

/** Writes until nothing more fits. */
function fill(file: string): void {
  for (let bytes = smallDiskBytes; bytes >= 1; bytes = Math.floor(bytes / 2)) {
    try {
      writeFileSync(file, Buffer.alloc(bytes), { flag: 'a' });
    } catch {
      // Half of it may fit.
    }
  }
}

function empty(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true });
}
