import { expect, it } from 'vitest';
import { languages } from '../../engine/model/index.ts';
import { requirements } from '../../engine/protocol/index.ts';
import { describeLanguages } from '../support/languages.ts';
import { protocolBench } from '../support/protocol-bench.ts';

const bench = protocolBench();
/** Those that measure are in tests/measuring. */
const only = requirements.filter(({ isMeasured }) => isMeasured !== true).map(({ name }) => name);

await describeLanguages('the recommendations of the shop are a unit by the protocol', () => {
  it.concurrent.for([...languages])('in %s', async (language) => {
    const { programs, check } = bench;
    const isFirst = language === 'typescript';
    const { requirements: results } = await check({
      ...{ host: await programs.of(language), only },
      ...(isFirst ? {} : { reference: await programs.of('typescript') }),
    });
    const found = results.filter(({ outcome }) => outcome !== 'passed');
    // It is what the others are held against, and the runtime guards what runs on Node.
    expect(found.map(({ name, outcome, failure }) => ({ name, outcome, failure }))).toEqual(
      isFirst ? ['same-answers', 'guard'].map((name) => ({ name, outcome: 'not-asked', failure: undefined })) : [],
    );
  });
});
