import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files in which few lines take long, the longest first: begun last, one of them is waited for alone. */
const long = ['runtime', 'experiment', 'cli-cancel', 'consistency'].map((name) => `/${name}.functional.test.ts`);

/** What takes long begins first, also in a checkout in which nothing has run yet: there Vitest knows of a file only how large it is. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const first = long.flatMap((name) => sorted.filter(({ moduleId }) => moduleId.endsWith(name)));
    return [...first, ...sorted.filter((one) => !first.includes(one))];
  }
}
