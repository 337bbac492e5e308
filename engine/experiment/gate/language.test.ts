import { expect, it } from 'vitest';
import { makeResult } from '../../../report/testing/index.ts';
import { judgeQuietness } from '../../machine/index.ts';
import { seenFacts, type GateCheck, type Language, type ObservedUnit } from '../../model/index.ts';
import { plannedGateInputs, type GateInputs, type VariantFacts } from './facts.ts';
import { fairnessGate, stoppingChecks } from './fairness.ts';

const { experiment, application, environment } = makeResult({ blocks: 1, faults: [], everything: false, requests: 10 });
const quiet = { foreignCpuShare: 0.01, stolenCpuShare: 0, withheldShare: 0.001, loopLagP99Ms: 1 };
const fair = plannedGateInputs(experiment, application, environment, judgeQuietness(quiet));

/** What a unit shows; one in another language stands on something else and has another environment. */
function observed(unit: string, language: Language, other: ObservedUnit['facts'] = {}): ObservedUnit {
  const own = { typescript: { base: 'sha256:base', environment: 'PATH (0)', nodeVersion: 'v24.0.0' } };
  const others = {
    go: { language, languageVersion: 'go1.19.8', base: 'scratch', environment: ' (1)' },
    python: { language, languageVersion: '3.11.2', base: 'sha256:python', environment: 'LANG (2)' },
  };
  const limits = { cpus: '0', memoryBytes: 2 ** 30, cpuQuota: 0, processes: 256, swapBytes: 0, user: '1', heals: true };
  const facts = { ...limits, built: true, configured: true, 'seed work': 'a' };
  return { unit, instance: 0, facts: { ...facts, ...{ ...own, ...others }[language], ...other } };
}

/** A front and a unit beside it, in one language each variant. */
function compared(
  languages: readonly Language[],
  declared: string[] = [],
  ...other: ObservedUnit['facts'][]
): GateInputs {
  const variants = languages.map((language, index): VariantFacts => {
    const [facts] = fair.variants;
    if (facts === undefined) throw new Error('no variant');
    const units = [
      { name: 'front', modules: ['front'] },
      { name: 'work', modules: ['work'], language },
    ];
    return {
      ...facts,
      base: null,
      cpus: null,
      memoryBytes: null,
      generatorCpus: null,
      variant: { ...facts.variant, name: `v${index}`, topology: { name: `v${index}`, units } },
      seen: seenFacts([observed('front', 'typescript'), observed('work', language, other[index])]),
    };
  });
  return { ...fair, declared, variants };
}

const line = (inputs: GateInputs, name: string): GateCheck | undefined =>
  fairnessGate(inputs).find((check) => check.name === name);
const failing = (inputs: GateInputs): string[] => stoppingChecks(fairnessGate(inputs)).map(({ name }) => name);

it('is no line where everything runs in TypeScript', () => {
  expect(line(compared(['typescript', 'typescript']), 'language')).toBeUndefined();
});

it('is refused where it differs without being declared, and nothing else is held against it', () => {
  const inputs = compared(['typescript', 'go', 'python']);
  expect(failing(inputs)).toEqual(['language']);
  expect(line(inputs, 'language')?.detail).toBe(
    'v1: work in Go, not TypeScript; v2: work in Python, not TypeScript; base image, interpreter and environment of such units are their own; Go 1.19.8, Python 3.11.2, as seen in running units',
  );
});

it('is told as declared where it is', () => {
  const inputs = compared(['go', 'typescript'], ['language']);
  expect(failing(inputs)).toEqual([]);
  expect(line(inputs, 'language')).toMatchObject({
    status: 'declared',
    detail: expect.stringMatching(/^v0: work in Go, not TypeScript;/) as unknown,
  });
  expect(line(inputs, 'settings')?.status).toBe('pass');
});

it('passes where all have it alike, in one version', () => {
  expect(line(compared(['go', 'go']), 'language')).toMatchObject({
    status: 'pass',
    detail: 'work in Go; Go 1.19.8, as seen in running units',
  });
  const versions = compared(['go', 'go'], [], {}, { languageVersion: 'go1.20.1' });
  expect(line(versions, 'language')).toMatchObject({ status: 'fail', detail: 'v0: Go 1.19.8; v1: Go 1.20.1' });
  const planned = {
    ...compared(['go', 'go']),
    variants: compared(['go', 'go']).variants.map((one) => ({ ...one, seen: null })),
  };
  expect(line(planned, 'language')).toMatchObject({ status: 'pass', detail: 'work in Go' });
});

it.each<[string, ObservedUnit['facts']]>([
  ['cpu', { cpus: '0-7' }],
  ['memory', { memoryBytes: 2 ** 29 }],
  ['limits', { swapBytes: 2 ** 20 }],
  ['limits', { processes: 0 }],
  ['surroundings', { user: '0' }],
  ['surroundings', { heals: false }],
  ['seed', { 'seed work': 'b' }],
  ['configured', { configured: false }],
  ['base', { built: false }],
])('still holds %s of such a unit against it: %j', (name, facts) => {
  const inputs = compared(['typescript', 'go'], ['language'], {}, facts);
  const planned = { ...inputs, variants: inputs.variants.map((one) => ({ ...one, memoryBytes: 2 ** 31, cpus: [0] })) };
  expect(failing(planned)).toContain(name);
});
