import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadApplication, type Laboratory } from '../../engine/deploy/index.ts';
import { compareAnswers, type AnswersComparison } from '../../engine/evaluation/index.ts';
import { runExperiment } from '../../engine/experiment/index.ts';
import { presets, type RuntimeKind } from '../../engine/model/index.ts';
import { describeWithEngine } from '../support/engine.ts';
import { testLaboratory } from '../support/laboratory.ts';
import { describeLanguages } from '../support/languages.ts';

const repository = path.resolve(import.meta.dirname, '..', '..');
const limitMs = 300_000;
const laboratory = testLaboratory();
afterAll(() => laboratory.remove());

/** Asks the shop's module a thousand questions in each of its languages. What it costs is not looked at: this is no place to measure. */
async function asked(runtime: RuntimeKind, of: Laboratory = laboratory): Promise<AnswersComparison[]> {
  const shop = await loadApplication(of.applicationsDirectory, 'shop');
  const swap = presets.swap.build(shop, { overrides: { blocks: 1, runtime, maxRepeats: 0 } });
  const { answers } = swap.probes;
  const experiment = {
    ...swap,
    warmUp: { minMs: 0, maxMs: 0, minRequests: 0 },
    probes: {
      latency: { durationMs: 1000 },
      resources: null,
      isolation: null,
      capacity: null,
      hops: null,
      consistency: null,
      storm: null,
      answers,
    },
  };
  const { signal } = new AbortController();
  const result = await runExperiment(experiment, { laboratory: of, signal, onEvent: () => undefined });
  expect(result.status).toBe('completed');
  // Questions are not all the same one, and neither are their answers.
  expect(new Set(result.rounds[0]?.answers?.digests).size).toBeGreaterThan(900);
  return compareAnswers(result.experiment, result.rounds);
}

async function theSame(runtime: RuntimeKind): Promise<void> {
  const compared = await asked(runtime);
  expect(
    compared.map(({ variant, questions, other, unanswered, contract, verdict }) => [
      ...[variant, questions, other, unanswered],
      ...[contract, verdict],
    ]),
  ).toEqual(['typescript', 'go', 'python'].map((variant) => [variant, 1000, 0, 0, [], 'same']));
}

await describeLanguages('recommendations on processes', () => {
  it('answer the same in every language, and keep their contract', () => theSame('process'), limitMs);

  it(
    'are found out where one language takes only the first of two products, which no example of the contract shows',
    async () => {
      // Beside the packages of the kit.
      const folder = path.join(repository, 'test-results');
      mkdirSync(folder, { recursive: true });
      const applicationsDirectory = mkdtempSync(path.join(folder, 'planted-'));
      cpSync(path.join(repository, 'sample-apps'), applicationsDirectory, { recursive: true });
      const logic = path.join(applicationsDirectory, 'shop', 'recommendations', 'python', 'logic.py');
      const text = readFileSync(logic, 'utf8');
      writeFileSync(logic, text.replace('in known or', 'in known[:1] or'));
      const planted = testLaboratory({ applicationsDirectory });
      try {
        const [, go, python] = await asked('process', planted);
        expect(go?.verdict).toBe('same');
        expect(python).toMatchObject({ verdict: 'other', contract: [], unanswered: 0, unsteady: 0 });
        // Half of the questions name two products.
        expect(python?.other).toBeGreaterThan(400);
        const { productIds } = JSON.parse(python?.first?.body ?? '{}') as { productIds: string[] };
        expect(productIds).toHaveLength(2);
        expect(python?.first?.variant).not.toBe(python?.first?.baseline);
      } finally {
        planted.remove();
        rmSync(applicationsDirectory, { recursive: true, force: true });
      }
    },
    limitMs,
  );
});

await describeLanguages('recommendations in containers', () =>
  describeWithEngine('on Docker', () => {
    it('answer the same in every language, and keep their contract', () => theSame('docker'), limitMs);
  }),
);
