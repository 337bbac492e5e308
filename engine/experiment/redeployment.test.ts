import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ContractError } from '../contracts/index.ts';
import { ChangeError } from '../deploy/index.ts';
import { orderOf, type ContractDifference, type Experiment } from '../model/index.ts';
import { problemsAfter, runFake } from './testing/index.ts';

const releasing =
  (changes: string[], strategy: 'rolling' | 'recreate' | 'blue-green' = 'rolling') =>
  (experiment: Experiment): Experiment => ({
    ...experiment,
    probes: { ...experiment.probes, isolation: null, redeployment: { changes, strategy } },
  });

describe('an experiment that releases changes', () => {
  it.each(['rolling', 'recreate', 'blue-green'] as const)('%s, leaves each deployment as it was', async (strategy) => {
    const outcome = await runFake({ experiment: releasing(['louder', 'better-work'], strategy) });
    expect(problemsAfter(outcome)).toEqual([]);
    const { result } = outcome;
    expect(result?.status).toBe('completed');
    for (const { redeployment = [] } of result?.rounds.filter(({ replica }) => !replica) ?? []) {
      expect(redeployment.map(({ change }) => change).toSorted()).toEqual(['better-work', 'louder']);
      for (const { status, strategy: how, seenMs, replacedMs, builtMs, back, warm } of redeployment) {
        expect([status, how]).toEqual(['released', strategy]);
        expect(replacedMs).toBeGreaterThan(builtMs);
        expect(seenMs ?? replacedMs).toBeGreaterThan(0);
        expect(back?.replacedMs).toBeGreaterThan(0);
        expect(warm?.replacedMs).toBeGreaterThan(warm?.builtMs ?? Infinity);
      }
    }
    const live = result?.findings.filter(({ metric }) => metric === 'edit-to-live') ?? [];
    expect(live.map(({ scope, family }) => [scope.change, family])).toEqual([
      ['louder', 'release louder'],
      ['better-work', 'release better-work'],
    ]);
  });

  it('builds each change once a deployment: the second release of it is warm', async () => {
    const builds = ({ runtime }: Awaited<ReturnType<typeof runFake>>): number =>
      runtime?.calls.made.filter(({ call }) => call === 'build').length ?? 0;
    const outcome = await runFake({ experiment: releasing(['louder', 'better-work']) });
    const without = await runFake({
      experiment: (experiment) => ({ ...experiment, probes: { ...experiment.probes, isolation: null } }),
    });
    const released = (outcome.result?.rounds ?? []).flatMap(({ redeployment = [] }) => redeployment);
    expect(released.every(({ warm }) => warm !== undefined)).toBe(true);
    expect(builds(outcome) - builds(without)).toBe(released.flatMap(({ changedUnits }) => changedUnits).length);
  });

  it('counts units that go together: one in a monolith, as many as are edited in microservices', async () => {
    const { result } = await runFake({ experiment: releasing(['louder']) });
    const units = result?.findings.find(({ metric }) => metric === 'released-units');
    expect([units?.baseline.value, units?.variant.value]).toEqual([1, 2]);
  });

  it('is refused before anything is asked of an engine where a change is not known, or there twice', async () => {
    const unknown = await runFake({ experiment: releasing(['none']) });
    expect(String(unknown.error)).toMatch(
      /field "probes\.redeployment\.changes\.0": unknown change "none"; allowed: better-work, /,
    );
    expect(unknown.runtime?.calls.made ?? []).toEqual([]);
    const twice = await runFake({ experiment: releasing(['louder', 'louder']) });
    expect(String(twice.error)).toMatch(/field "probes\.redeployment\.changes\.1": "louder" is there twice/);
  });

  it('is refused before anything is asked of an engine where a change gets into no unit of a variant', async () => {
    const outcome = await runFake({
      experiment: releasing(['better-work', 'louder']),
      onLaboratory: (laboratory) => {
        const edit = laboratory.edit.bind(laboratory);
        const other = '/application/extra/main.go';
        laboratory.edit = async (application, changes) =>
          changes.includes('louder')
            ? { files: new Map([[other, '']]), modules: new Map([['extra', [other]]]) }
            : edit(application, changes);
      },
    });
    expect(String(outcome.error)).toBe(
      'ExperimentError: field "probes.redeployment.changes.1": "louder" gets into no unit of variant "monolith", as no program is made of the files that it edits; allowed: changes that get into every variant',
    );
    expect(outcome.runtime).toBeUndefined();
  });

  it('is refused before anything is asked of an engine where a change does not apply', async () => {
    const outcome = await runFake({
      experiment: releasing(['louder']),
      onLaboratory: (laboratory) => {
        laboratory.edit = () => Promise.reject(new ChangeError('change "louder" does not apply to front.ts'));
      },
    });
    expect(String(outcome.error)).toBe(
      'ExperimentError: field "probes.redeployment.changes": change "louder" does not apply to front.ts',
    );
    expect(outcome.runtime).toBeUndefined();
  });

  it('counts no bundling of what is not edited to a release: units are bundled before anything is measured', async () => {
    const steps: string[] = [];
    const whole: (string | undefined)[] = [];
    const { result } = await runFake({
      experiment: releasing(['louder']),
      onEvent: (event) => {
        if (event.type === 'step-started') steps.push(event.title);
      },
      onLaboratory: (laboratory) => {
        const bundle = laboratory.bundle.bind(laboratory);
        laboratory.bundle = (application, units, options = {}) => {
          if (options.edit === undefined) whole.push(steps.at(-1));
          return bundle(application, units, options);
        };
      },
    });
    expect(result?.status).toBe('completed');
    expect(whole.filter((step) => step?.startsWith('Release') === true)).toEqual([]);
    expect(whole).toContain('Build the units');
  });

  it('knows of a mistake that never got ready what it edits and which units had it', async () => {
    let isReleasing = false;
    const change = 'inventory-waits-for-a-table';
    const outcome = await runFake({
      experiment: releasing([change]),
      application: 'shop',
      places: { applicationsDirectory: path.resolve(import.meta.dirname, '../../sample-apps') },
      onEvent: (event) => {
        if (event.type === 'step-started') isReleasing = event.title.startsWith('Release');
      },
      ready: (unit) => !(isReleasing && ['inventory', 'shop'].includes(unit)),
    });
    expect(problemsAfter(outcome)).toEqual([]);
    expect(outcome.result?.rounds.map(({ variant }) => variant)).toEqual(
      expect.arrayContaining(['monolith', 'microservices']),
    );
    for (const { variant, redeployment = [] } of outcome.result?.rounds ?? [])
      expect(redeployment).toMatchObject([
        {
          ...{ change, status: 'refused', modules: ['inventory'] },
          changedUnits: [variant === 'monolith' ? 'shop' : 'inventory'],
        },
      ]);
  });

  it('has a change of contracts half there, both ways, and leaves each deployment as it was', async () => {
    const breaks: ContractDifference = { operation: 'extra.do', level: 'breaking', rule: 'rule', text: 'text' };
    const outcome = await runFake({
      experiment: releasing(['louder', 'better-work']),
      // Whoever was built of something else offers something else.
      compare: (before, after) => (JSON.stringify(before) === JSON.stringify(after) ? [] : [breaks]),
    });
    expect(problemsAfter(outcome)).toEqual([]);
    for (const { variant, redeployment = [] } of outcome.result?.rounds ?? []) {
      const { contracts } = redeployment.find(({ change }) => change === 'louder') ?? {};
      expect(contracts?.differences).toEqual([breaks]);
      expect(contracts?.skews.map(({ first, released, left }) => [first, released, left])).toEqual(
        variant === 'monolith'
          ? []
          : [
              ['providers', ['extra'], ['front']],
              ['callers', ['front'], ['extra']],
            ],
      );
      // Who asks what is looked at where two versions can meet.
      expect(contracts?.calls === undefined).toBe(variant === 'monolith');
      // Only one unit has it: there is no half.
      expect(redeployment.find(({ change }) => change === 'better-work')?.contracts?.skews).toEqual([]);
    }
  });

  it('has all of a change there where somebody asks for what it alters and has no other program by it', async () => {
    const breaks: ContractDifference = { operation: 'work.do', level: 'breaking', rule: 'rule', text: 'text' };
    const outcome = await runFake({
      experiment: releasing(['better-work']),
      compare: (before, after) => (JSON.stringify(before) === JSON.stringify(after) ? [] : [breaks]),
    });
    expect(problemsAfter(outcome)).toEqual([]);
    for (const { variant, redeployment = [] } of outcome.result?.rounds ?? []) {
      const { contracts } = redeployment[0] ?? {};
      expect(contracts?.skews).toEqual([]);
      const { first, released, left, requests = {} } = contracts?.staying ?? {};
      expect([first, released, left]).toEqual(
        variant === 'monolith' ? [undefined, undefined, undefined] : ['providers', ['work'], ['front']],
      );
      if (variant !== 'monolith') expect(requests['home']?.scheduled).toBeGreaterThan(0);
    }
  });

  it('is measured without its contracts where they cannot be compared, and says so', async () => {
    const { result, events } = await runFake({
      experiment: releasing(['louder']),
      compare: () => {
        throw new ContractError('contracts cannot be compared: no program');
      },
    });
    expect(result?.status).toBe('completed');
    expect(result?.rounds.flatMap(({ redeployment = [] }) => redeployment.map(({ contracts }) => contracts))).toEqual(
      result?.rounds.map(() => undefined),
    );
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'message', text: 'contracts cannot be compared: no program' }),
    );
  });

  it('goes out in the order in which nobody asks for what is not there', () => {
    expect(orderOf('fix')).toEqual({ there: 'providers-first', back: 'callers-first' });
    expect(orderOf('breaking-contract')).toEqual({ there: 'callers-first', back: 'providers-first' });
  });
});
