import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadSuite, type ContractSuite } from '../../engine/contracts/index.ts';
import { loadApplication } from '../../engine/deploy/index.ts';
import { languages, type Application } from '../../engine/model/index.ts';
import { checkProtocol } from '../../engine/protocol/index.ts';
import { testLaboratory } from '../support/laboratory.ts';
import { describeLanguages } from '../support/languages.ts';
import { programsOf } from '../support/programs-in-languages.ts';

const laboratory = testLaboratory();
let application: Application;
let suite: ContractSuite;
let [before, after]: ReturnType<typeof programsOf>[] = [];
beforeAll(async () => {
  application = await loadApplication(laboratory.applicationsDirectory, 'shop');
  suite = await loadSuite(laboratory, application, 'recommendations');
  const edit = await laboratory.edit(application, ['nothing-goes-with-the-unknown']);
  [before, after] = [undefined, edit].map((one) => programsOf(laboratory, application, 'recommendations', one));
});
afterAll(async () => {
  await Promise.all([before?.close(), after?.close()]);
  laboratory.remove();
});

await describeLanguages('a change that is made in every language', () => {
  it.concurrent.for([...languages])(
    'answers in %s what it answers in TypeScript, and what was not so before',
    async (language) => {
      const answers = async (reference: typeof before) => {
        const { requirements } = await checkProtocol({
          ...{ ...suite, application: application.name, only: ['same-answers'], questions: 300 },
          ...{ host: await after!.of(language), reference: await reference!.of('typescript') },
          seed: { value: application.seed.default, sizes: application.seed.sizes },
          tunables: { 'recommendation-work': 1 },
        });
        return requirements[0];
      };
      expect(await answers(after)).toMatchObject({ outcome: 'passed' });
      const unlike = await answers(before);
      expect(unlike).toMatchObject({ outcome: 'failed', failure: { came: '200 {"productIds":[]}' } });
    },
  );
});
