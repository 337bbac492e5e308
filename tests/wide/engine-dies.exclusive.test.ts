import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readResultFile } from '../../engine/storage/index.ts';
import { engineProxy } from '../support/cli/engine-proxy.ts';
import { leftovers } from '../support/cli/leftovers.ts';
import { makeHome, run, start } from '../support/cli/run.ts';
import { withoutFaults } from '../support/cli/short-experiment.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';

describeWithEngine('an engine that dies under a run', () => {
  it('ends it; what the engine still runs goes with `clean`', async () => {
    const home = makeHome();
    afterAll(() => home.remove());
    const proxy = await engineProxy(testDockerHost(), path.join(home.folder, 'engine.sock'));
    const parameters = [
      'compare',
      '--runtime',
      'docker',
      '--experiment',
      await withoutFaults(home, { blocks: 3 }, 5000),
    ];
    const running = start(home, parameters, { environment: { DOCKER_HOST: proxy.address } });
    await running.said(/, block 1: \w+ in .*\n(.*\n)*.*, block 1\n(.*\n)* {2}Measure response times\n/);
    proxy.die();
    const { code, stderr, stdout } = await running.ended;
    expect(stderr).toMatch(
      /^cleave: The container engine does not answer.*\. Start the container engine and try again\.\n$/,
    );
    expect(stdout).toContain('removed at the next start, or by "cleave clean" once the engine answers');
    expect(code).toBe(1);
    const folder = path.join(home.data, 'results');
    const [id = ''] = readdirSync(folder);
    const result = await readResultFile(path.join(folder, id, 'result.json'));
    expect(result).toMatchObject({ status: 'failed' });
    expect(result.rounds).toHaveLength(1);
    expect((await run(home, ['clean'], { DOCKER_HOST: testDockerHost() })).code).toBe(0);
    expect(await leftovers(home, testDockerHost())).toEqual([]);
  });
});
