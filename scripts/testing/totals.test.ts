import { describe, expect, it } from 'vitest';
import { playwrightTotals, sumTotals, totalsLine, vitestTotals, withExitCode } from './totals.ts';

describe('vitestTotals', () => {
  it('counts a file that could not be loaded as a failure', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 2,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{}] },
        { status: 'passed', assertionResults: [{}, {}, {}] },
      ],
    };
    expect(vitestTotals(report)).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });
});

describe('playwrightTotals', () => {
  it('counts errors outside tests as failures and a flaky test as passed', () => {
    const report = { errors: [{}], stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } };
    expect(playwrightTotals(report)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });
});

describe('withExitCode', () => {
  const good = { passed: 5, failed: 0, skipped: 0 };

  it('never lets a runner that failed or reported nothing look well', () => {
    expect(withExitCode(good, 1).failed).toBe(1);
    expect(withExitCode(undefined, 0).failed).toBe(1);
    expect(withExitCode({ ...good, failed: 2 }, 1).failed).toBe(2);
    expect(withExitCode(good, 0)).toEqual(good);
  });
});

describe('totalsLine', () => {
  it('names what was skipped only if something was', () => {
    const some = { passed: 1, failed: 0, skipped: 2 };
    expect(totalsLine(sumTotals([some, { passed: 2, failed: 3, skipped: 0 }]))).toBe('3 passed, 3 failed, 2 skipped');
    expect(totalsLine({ passed: 1, failed: 0, skipped: 0 })).toBe('1 passed, 0 failed');
  });
});
