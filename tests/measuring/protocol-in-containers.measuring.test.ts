import path from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { languages } from '../../engine/model/index.ts';
import { requirements } from '../../engine/protocol/index.ts';
import { awaitQuiet } from '../metrology/processes.ts';
import { leftovers } from '../support/cli/leftovers.ts';
import { runHere } from '../support/cli/run-here.ts';
import { makeHome } from '../support/cli/run.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';
import { shareGoCache } from '../support/go-cache.ts';
import { describeLanguages } from '../support/languages.ts';

const home = makeHome();
shareGoCache(path.join(home.data, 'work'));
afterAll(() => home.remove());
beforeEach(() => awaitQuiet(20_000));

const measured = requirements.filter(({ isMeasured }) => isMeasured === true).map(({ name }) => name);

await describeLanguages('the recommendations of the shop in containers', () => {
  describeWithEngine('on the engine', () => {
    it.for([...languages])('what faults do in %s is as much as they say', async (language) => {
      const { code, stdout } = await runHere(
        home,
        [
          ...['protocol', 'check', '--module', 'recommendations', '--language', language, '--runtime', 'docker'],
          ...['--only', measured.join(','), '--json'],
        ],
        { DOCKER_HOST: testDockerHost() },
      );
      const told = JSON.parse(stdout) as {
        requirements: { name: string; outcome: string; found?: string; because?: string }[];
      };
      console.log(told.requirements.map(({ name, found }) => `${language}: ${name}: ${found ?? '-'}`).join('\n'));
      expect(told.requirements.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
      expect([code, told.requirements.length]).toEqual([0, measured.length]);
      expect(await leftovers(home, testDockerHost())).toEqual([]);
    });
  });
});
