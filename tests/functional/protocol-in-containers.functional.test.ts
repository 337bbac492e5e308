import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { languages } from '../../engine/model/index.ts';
import { requirements } from '../../engine/protocol/index.ts';
import { leftovers } from '../support/cli/leftovers.ts';
import { runHere } from '../support/cli/run-here.ts';
import { makeHome } from '../support/cli/run.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';
import { shareGoCache } from '../support/go-cache.ts';
import { describeLanguages } from '../support/languages.ts';

const home = makeHome();
shareGoCache(path.join(home.data, 'work'));
afterAll(() => home.remove());

/** Those that measure are in tests/measuring/protocol-in-containers. */
const only = requirements.filter(({ isMeasured }) => isMeasured !== true).map(({ name }) => name);

describeWithEngine('the protocol, asked in containers', () => {
  it('refuses without an engine, and leaves nothing', async () => {
    const { code, stdout, stderr } = await runHere(
      home,
      ['protocol', 'check', '--module', 'catalog', '--runtime', 'docker'],
      { DOCKER_HOST: 'unix:///nonexistent/docker.sock' },
    );
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^cleave: .*nonexistent/);
    expect(await leftovers(home, testDockerHost())).toEqual([]);
  });
});

await describeLanguages(
  'the recommendations of the shop in containers are a unit by the protocol, and leave nothing',
  () => {
    describeWithEngine('on the engine', () => {
      it.for([...languages])('in %s', async (language) => {
        const { code, stdout } = await runHere(
          home,
          [
            ...['protocol', 'check', '--module', 'recommendations', '--language', language, '--runtime', 'docker'],
            ...['--only', only.join(','), '--json'],
          ],
          { DOCKER_HOST: testDockerHost() },
        );
        const told = JSON.parse(stdout) as { requirements: { name: string; outcome: string; failure?: unknown }[] };
        const found = told.requirements
          .filter(({ outcome }) => outcome !== 'passed')
          .map(({ name, outcome, failure }) => ({ name, outcome, failure }));
        const notAsked = language === 'typescript' ? ['same-answers', 'guard'] : ['guard'];
        expect(found).toEqual(notAsked.map((name) => ({ name, outcome: 'not-asked', failure: undefined })));
        expect([code, told.requirements.length]).toEqual([0, only.length]);
        expect(await leftovers(home, testDockerHost())).toEqual([]);
      });
    });
  },
);
