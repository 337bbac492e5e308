import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RuntimeKind } from '../../engine/model/index.ts';
import { leftovers } from '../support/cli/leftovers.ts';
import { makeHome, run, start, type Home, type Running } from '../support/cli/run.ts';
import { shortExperiment } from '../support/cli/short-experiment.ts';
import { removedBySomebody, thingsOf, vanished } from '../support/cli/somebody-else.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';
import { getText } from '../support/wait.ts';

const repository = path.resolve(import.meta.dirname, '..', '..');
const noEngine = 'unix:///nonexistent/docker.sock';
/** As a second copy of the program in a container of the host's network, in WSL or in a toolbox sees this system: the same name, other PIDs. */
const elsewhere = ['--pid', '--fork', '--mount-proc', process.execPath];
const canUnshare = process.platform === 'linux' && process.getuid?.() === 0;

function homeForTest(): Home {
  const home = makeHome();
  afterAll(() => home.remove());
  return home;
}

async function up(home: Home, runtime: RuntimeKind): Promise<{ running: Running; url: string }> {
  const running = start(home, ['up', '--topology', 'macroservices', '--runtime', runtime]);
  await running.said(/Press Ctrl-C/);
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(running.text()) ?? [];
  return { running, url };
}

const inNamespace = (home: Home, parameters: readonly string[], environment: Record<string, string> = {}) =>
  start(home, [...elsewhere, path.join(repository, 'scripts', 'cleave.ts'), ...parameters], {
    command: 'unshare',
    environment,
  }).ended;

function sharedBy(runtime: RuntimeKind, dockerHost: () => string | null): void {
  it.skipIf(!canUnshare)(
    'a copy of the program with other process numbers keeps its hands off a live run',
    async () => {
      const home = homeForTest();
      const { running, url } = await up(home, runtime);
      const before = await thingsOf(home, running, runtime);
      expect(before.length).toBeGreaterThan(0);

      const clean = await inNamespace(home, ['clean']);
      expect(clean.stderr).toBe('');
      expect(clean.stdout).toMatch(/\d+ kept because nobody can tell from here whether their run is alive/);
      const asked = await inNamespace(home, ['clean', '--unknown']);
      expect(asked.stdout).toMatch(/^unknown (container|site) .*, less than a minute old$/m);
      expect(asked.stderr).toBe('cleave: nobody can be asked here; say --yes to remove them without a question\n');
      expect(asked.code).toBe(1);
      const another = await inNamespace(home, ['up', '--runtime', runtime, '--topology', 'none']);
      expect(another.code).toBe(1);

      expect((await thingsOf(home, running, runtime)).toSorted()).toEqual(before.toSorted());
      expect(await getText(url)).toBeDefined();
      expect(running.child.exitCode).toBeNull();
      running.child.kill('SIGINT');
      expect((await running.ended).code).toBe(0);
      expect(await leftovers(home, dockerHost())).toEqual([]);
    },
  );
}

describe('a live run in the process runtime', () => {
  sharedBy('process', () => null);

  it.skipIf(!canUnshare)('goes when a person insists, and then says so and ends as failed', async () => {
    const home = homeForTest();
    const { running } = await up(home, 'process');
    // Without an engine only this home's own sites can be meant.
    const clean = await inNamespace(home, ['clean', '--unknown', '--yes'], { DOCKER_HOST: noEngine });
    expect(clean.stdout).toMatch(/^unknown site \w+, .*\n(.*\n)*removed site \w+\n/m);
    const { code, stderr, stdout } = await running.ended;
    expect(stderr).toMatch(vanished);
    expect(stdout).toMatch(/Everything has been removed\.\n$/);
    expect(code).toBe(1);
    expect(await leftovers(home, null)).toEqual([]);
  });

  it('a comparison says so too, and its result is a failed one', async () => {
    const home = homeForTest();
    const running = start(home, ['compare', '--runtime', 'process', '--experiment', await shortExperiment(home)]);
    await running.said(/ {2}Measure response times\n/);
    rmSync(path.join(home.data, 'state', 'sites'), { recursive: true });
    const { code, stderr } = await running.ended;
    expect(stderr).toMatch(vanished);
    expect(code).toBe(1);
    const [id = ''] = readdirSync(path.join(home.data, 'results'));
    const kept = await run(home, ['report', path.join(home.data, 'results', id, 'result.json'), '--format', 'json']);
    expect(JSON.parse(kept.stdout)).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(vanished) as unknown,
    });
    expect(existsSync(path.join(home.data, 'state', 'sites'))).toBe(false);
  });
});

describeWithEngine('a live run in the docker runtime', () => {
  sharedBy('docker', testDockerHost);

  // A comparison in tests/full; at every call of one in engine/experiment/theft.test.ts.
  removedBySomebody('up');
});
