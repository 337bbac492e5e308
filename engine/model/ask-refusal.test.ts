import { expect, it } from 'vitest';
import { askRefusal, type ExploreState } from './index.ts';

type Asked = Parameters<typeof askRefusal>[0];
const running: Asked = { phase: 'running', faults: [], replacement: null, release: null };
const fault = { id: '1', fault: { kind: 'crash' as const, module: 'cart' }, sinceMs: 0 };
const replacement = { what: { kind: 'add' as const, unit: 'cart' }, sinceMs: 0, end: null };

it('a cut that runs can be asked, also while something in it is broken or replaced', () => {
  expect(askRefusal(running, 20)).toBeNull();
  expect(askRefusal({ ...running, faults: [fault], replacement }, 1)).toBeNull();
});

it('is not timed while it is broken or replaced', () => {
  expect(askRefusal({ ...running, faults: [fault] }, 2)?.message).toMatch(/broken/);
  expect(askRefusal({ ...running, replacement }, 2)?.message).toMatch(/replaced/);
  const release: Asked['release'] = {
    ...{ what: { kind: 'release', change: 'better' }, strategy: 'rolling', sinceMs: 0, going: 'better' },
    ...{ stage: 'building', units: [], end: null },
  };
  expect(askRefusal({ ...running, release }, 2)?.message).toMatch(/replaced/);
  const end = { tookMs: 1, problem: null, replaced: [] };
  expect(askRefusal({ ...running, replacement: { ...replacement, end } }, 2)).toBeNull();
});

it.each<ExploreState['phase']>(['idle', 'starting', 'stopping', 'failed'])(
  'what is %s is not asked, and a sentence says what to do',
  (phase) => {
    const refusal = askRefusal({ ...running, phase }, 1);
    expect(refusal?.message).toMatch(/\.$/);
    expect(refusal?.nextStep).toMatch(/\.$/);
  },
);
