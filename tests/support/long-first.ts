import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files in which few lines take long: begun last, one of them is waited for alone. */
const long = /\/(runtime|experiment|cli-cancel|consistency)\.functional\.test\.ts$/;

/** What takes long begins first, also in a checkout in which nothing has run yet: there Vitest knows of a file only how large it is. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => long.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((one) => !isLong(one))];
  }
}
