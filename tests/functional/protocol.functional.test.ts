import { describe, expect, it } from 'vitest';
import { languages } from '../../engine/model/index.ts';
import { requirements } from '../../engine/protocol/index.ts';
import { protocolBench } from '../support/protocol-bench.ts';

const bench = protocolBench();
/** Those that measure are in tests/measuring. */
const only = requirements.filter(({ isMeasured }) => isMeasured !== true).map(({ name }) => name);

describe.concurrent('the recommendations of the shop are a unit by the protocol', () => {
  it.for([...languages])('in %s', async (language) => {
    const { programs, check } = bench;
    const isFirst = language === 'typescript';
    const { requirements: results } = await check({
      ...{ host: await programs.of(language), only },
      ...(isFirst ? {} : { reference: await programs.of('typescript') }),
    });
    const notPassed = results.filter(({ outcome }) => outcome !== 'passed');
    expect(notPassed.map(({ name, failure, because }) => ({ name, failure, because }))).toEqual(
      isFirst ? [{ name: 'same-answers', because: expect.stringContaining('no second implementation') as string }] : [],
    );
  });
});
