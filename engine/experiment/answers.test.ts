import { describe, expect, it } from 'vitest';
import { compareAnswers } from '../evaluation/index.ts';
import { presets, type Application, type Experiment, type Language } from '../model/index.ts';
import { problemsAfter, runFake } from './testing/index.ts';

const inLanguages =
  (change: Partial<Experiment> = {}) =>
  (experiment: Experiment, application: Application): Experiment => {
    const { variants, declaredDifferences } = presets.swap.build(application);
    return {
      ...experiment,
      ...{ variants, declaredDifferences, blocks: 3, looks: null, noiseFloor: false },
      probes: { ...experiment.probes, isolation: null, answers: { module: 'extra', questions: 60 } },
      ...change,
    };
  };

const run = (answers: Parameters<typeof runFake>[0] extends (infer O) | undefined ? NonNullable<O> : never = {}) =>
  runFake({ application: 'tongues', experiment: inLanguages(), ...answers });

/** What a number is answered with in a language; what is no number, as ever. */
const numbered =
  (answer: (number: number, language: Language) => object) =>
  ({ input, language }: { input: unknown; language: Language }) => {
    const { number } = input as { number?: number };
    return number === undefined
      ? undefined
      : { status: 200, body: { outcome: 'good', addedMs: 0, ...answer(number, language) } };
  };

describe('a module that is asked the same in every deployment', () => {
  it('gives the same answers, which is counted', async () => {
    const outcome = await run({ answers: numbered((number) => ({ twice: 2 * number })) });
    expect(problemsAfter(outcome)).toEqual([]);
    const { result, stored } = outcome;
    expect(result?.status).toBe('completed');
    expect(stored).toEqual(result);
    const asked = (result?.rounds ?? []).map(({ answers }) => answers);
    expect(asked).toHaveLength(9);
    for (const one of asked)
      expect(one).toMatchObject({
        ...{ module: 'extra', unit: 'extra', good: 60, refused: 0, notAnswered: 0 },
        contract: { notAsked: null, differences: [] },
      });
    expect(new Set(asked.map((one) => JSON.stringify(one?.digests))).size).toBe(1);
    expect(new Set(asked[0]?.digests).size).toBeGreaterThan(20);
    expect(asked[0]?.told[0]).toMatch(/^200 \{"addedMs":0,/);
    const compared = compareAnswers(result!.experiment, result!.rounds);
    expect(compared.map(({ verdict, language }) => [verdict, language])).toEqual([
      ['same', 'typescript'],
      ['same', 'go'],
      ['same', 'python'],
    ]);
    const found = result?.findings.filter(({ metric }) => metric === 'other-answers') ?? [];
    expect(found.map(({ method, verdict, variant }) => [method, verdict, variant.value])).toEqual([
      ['counted', 'equivalent', 0],
      ['counted', 'equivalent', 0],
    ]);
  });

  it('is found out in the first question that one language answers otherwise', async () => {
    const { result } = await run({
      answers: numbered((number, language) => ({
        twice: 2 * number + (language === 'python' && number % 7 === 0 ? 1 : 0),
      })),
    });
    const [, go, python] = compareAnswers(result!.experiment, result!.rounds);
    expect(go?.verdict).toBe('same');
    expect(python).toMatchObject({ verdict: 'other', unsteady: 0, unanswered: 0, notAnswered: 0 });
    expect(python?.other).toBeGreaterThan(0);
    const { number } = JSON.parse(python?.first?.body ?? '{}') as { number: number };
    expect(number % 7).toBe(0);
    expect(python?.first?.baseline).toContain(`"twice":${2 * number}`);
    expect(python?.first?.variant).toContain(`"twice":${2 * number + 1}`);
    const finding = result?.findings.find(
      ({ metric, variant }) => metric === 'other-answers' && variant.variant === 'python',
    );
    expect(finding).toMatchObject({ verdict: 'worse', variant: { value: python?.other }, method: 'counted' });
  });

  it('has all that costs read from its own unit', async () => {
    const { result } = await run();
    const metrics = new Set(result?.findings.filter(({ probe }) => probe === 'answers').map(({ metric }) => metric));
    expect([...metrics].toSorted()).toEqual([
      ...['module-cpu', 'module-image-bytes', 'module-memory', 'module-p50', 'module-start', 'other-answers'],
    ]);
  });

  it('is measured by its preset from the questions to a crash and a release, and what comes of it can be told', async () => {
    const outcome = await run({
      experiment: (_, application) => presets.swap.build(application, { overrides: { blocks: 3 } }),
      answers: numbered((number) => ({ twice: 2 * number })),
    });
    expect(problemsAfter(outcome)).toEqual([]);
    const { result } = outcome;
    expect(result?.status).toBe('completed');
    expect(result?.experiment.probes.redeployment?.changes).toEqual(['better-extra']);
    for (const { answers, isolation, redeployment, resources } of result?.rounds ?? []) {
      expect([answers?.good, isolation.length, resources === null]).toEqual([1000, 1, false]);
      expect(redeployment?.map(({ status, changedUnits }) => [status, changedUnits])).toEqual([
        ['released', ['extra']],
      ]);
    }
    const told = new Set(result?.findings.map(({ metric }) => metric));
    for (const metric of ['other-answers', 'module-p50', 'module-cpu', 'edit-to-live', 'time-to-recover'])
      expect(told).toContain(metric);
  });

  it('is not waited for where it does not answer', async () => {
    const { result } = await run({
      answers: ({ language }) => (language === 'go' ? 'timeout' : undefined),
    });
    const [, go] = compareAnswers(result!.experiment, result!.rounds);
    expect(go).toMatchObject({ verdict: 'not-answered', unanswered: 60, good: 0 });
  });

  it('is refused before anything runs where nothing is drawn, or it is none', async () => {
    const of = (module: string, application: string) =>
      runFake({
        application,
        experiment: (experiment) => ({
          ...experiment,
          probes: { ...experiment.probes, answers: { module, questions: 5 } },
        }),
      });
    expect(String((await of('work', 'tongues')).error)).toMatch(
      /field "probes.answers.module": module "work" of "tongues" has no examples/,
    );
    expect(String((await of('nobody', 'tongues')).error)).toMatch(
      /field "probes.answers.module": unknown module "nobody"; allowed: front, work, extra/,
    );
  });
});
