import { expect, test } from 'vitest';
import { formatSetting, settingWords } from './setting.ts';

test('names a setting in words', () => {
  expect(settingWords('variants.0.settings.resilience.retries.backoffMs')).toBe(
    'Variant 1, resilience, retries, backoff',
  );
  expect(settingWords('experiment.probes.isolation.faults.2.delayMs')).toBe('Isolation, fault 3, delay');
  expect(settingWords('experiment.variants.my-cut.settings.tunables')).toBe('Variants, my cut, tunables');
  expect(settingWords('blocks')).toBe('Blocks');
});

test('gives a setting the unit that its name tells', () => {
  expect(formatSetting('experiment.warmUp.minMs', 3000)).toBe('3.00\u00a0s');
  expect(formatSetting('resources.memoryBytes', 2 ** 30)).toBe('1.00\u00a0GiB');
  expect(formatSetting('retries.budget', 0.2)).toBe('20\u00a0%');
  expect(formatSetting('load.journeysPerSecond', 30)).toBe('30\u00a0/s');
  expect(formatSetting('seed', 12_345)).toBe('12,345');
});
