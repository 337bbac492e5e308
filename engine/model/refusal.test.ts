import { describe, expect, it } from 'vitest';
import type { Application } from './application.ts';
import { requestSchemas, type ExploreReplacement, type ExploreUnit } from './bridge.ts';
import type { Fault } from './fault.ts';
import {
  faultRefusal,
  mostInstancesByHand,
  releaseRefusal,
  replacementRefusal,
  unitsOfFault,
  type Deployed,
} from './refusal.ts';
import { replacementInWords, type Replacement } from './replacement-words.ts';
import type { Topology } from './topology.ts';

const application = {
  entry: 'front',
  modules: {
    front: { title: 'Front', writes: false },
    stock: { title: 'Stock' },
    mail: { title: 'Mail' },
    list: { title: 'List', writes: false },
  },
} as unknown as Application;
const topology: Topology = {
  name: 'cut',
  units: [
    { name: 'face', modules: ['front'] },
    { name: 'back', modules: ['stock', 'mail'] },
    { name: 'lists', modules: ['list'] },
  ],
};
const several = (name: string, count: number): ExploreUnit[] =>
  Array.from({ length: count }, (_, instance) => ({
    ...{ name, instance, modules: [], state: 'ready', cpuShare: null, memoryBytes: null, restarts: 0 },
  }));
const deployed = (
  counts: Record<string, number> = {},
  faults: Fault[] = [],
  replacement: ExploreReplacement | null = null,
) => ({
  topology,
  units: topology.units.flatMap(({ name }) => several(name, counts[name] ?? 1)),
  faults: faults.map((fault) => ({ fault })),
  ...{ replacement, release: null, live: { changes: [], halfWay: false } },
});
const refused = (replacement: Replacement, ...state: Parameters<typeof deployed>) => {
  const refusal = replacementRefusal(replacement, deployed(...state), application);
  return refusal === null ? null : `${refusal.message} ${refusal.nextStep}`;
};
const rolling = (unit: string | null): Replacement => ({ kind: 'replace', unit, strategy: 'rolling' });

describe('a replacement of instances', () => {
  it('can be made wherever nothing speaks against it', () => {
    for (const strategy of ['recreate', 'rolling', 'blue-green'] as const)
      expect(refused({ kind: 'replace', unit: null, strategy })).toBeNull();
    expect(refused({ kind: 'add', unit: 'lists' })).toBeNull();
    expect(refused({ kind: 'take-back', unit: 'lists' }, { lists: 2 })).toBeNull();
    expect(refused(rolling('face'), {}, [{ kind: 'hang', module: 'list' }])).toBeNull();
  });

  it('is refused with a reason and what to do', () => {
    expect(refused({ kind: 'add', unit: 'back' })).toBe(
      'Stock, Mail write to a store that instances can share only with PostgreSQL. It can be replaced.',
    );
    expect(refused({ kind: 'add', unit: 'lists' }, { lists: mostInstancesByHand })).toBe(
      'Lists has 8 instances already. Take one back first.',
    );
    expect(refused({ kind: 'take-back', unit: 'lists' })).toBe(
      'Lists has one instance, which stays. It can be replaced.',
    );
    for (const replacement of [rolling('back'), rolling(null)])
      expect(refused(replacement, { back: 0 })).toBe(
        'No instance of back runs that could go on serving. Stop and start it.',
      );
    expect(refused({ kind: 'add', unit: 'lists' }, { lists: 0 })).toBe('No instance of lists runs. Stop and start it.');
    expect(refused({ kind: 'replace', unit: 'back', strategy: 'recreate' }, { back: 0 })).toBeNull();
    expect(refused(rolling('ghost'))).toBe(
      'There is no unit "ghost"; there are face, back, lists. Choose one of them.',
    );
  });

  it('waits for what is broken in its units and for the replacement before it', () => {
    const hang: Fault = { kind: 'hang', module: 'mail' };
    for (const replacement of [rolling('back'), rolling(null)])
      expect(refused(replacement, {}, [hang])).toBe('Something is broken in back: Mail hangs. Undo the fault first.');
    const cut: Fault = { kind: 'partition', module: 'front', peer: 'list' };
    expect([refused(rolling('face'), {}, [cut]), refused(rolling('lists'), {}, [cut])]).not.toContain(null);
    const now: ExploreReplacement = { what: { kind: 'add', unit: 'lists' }, sinceMs: 1, end: null };
    expect(refused(rolling('back'), {}, [], now)).toBe(
      'Lists is being given one more instance. Wait until that has ended.',
    );
    const over = { ...now, end: { tookMs: 1, problem: null, replaced: [] } };
    expect(refused(rolling('back'), {}, [], over)).toBeNull();
  });

  it('keeps faults out of its units and out of no other', () => {
    const during = (unit: string | null) =>
      deployed({}, [], { what: { kind: 'replace', unit, strategy: 'recreate' }, sinceMs: 1, end: null });
    const broken = (fault: Fault, unit: string | null) => faultRefusal(fault, during(unit), application)?.message;
    expect(broken({ kind: 'hang', module: 'mail' }, 'back')).toBe('Back is being stopped and started anew.');
    expect(broken({ kind: 'hang', module: 'mail' }, null)).toBe(
      'Every unit is being stopped and started anew, one after another.',
    );
    expect(broken({ kind: 'hang', module: 'list' }, 'back')).toBeUndefined();
    expect(broken({ kind: 'partition', module: 'list', peer: 'stock' }, 'back')).toBeDefined();
  });

  it('is said in each of its phases', () => {
    const words = (replacement: Replacement) =>
      (['under-way', 'done', 'failed'] as const).map((phase) => replacementInWords(replacement, phase));
    expect(words(rolling('gift-cards'))).toEqual([
      'Gift cards is being replaced one after another',
      'Gift cards was replaced one after another',
      'Gift cards could not be replaced one after another',
    ]);
    expect(words({ kind: 'replace', unit: null, strategy: 'blue-green' })[1]).toBe('Every unit was replaced at once');
    expect(words({ kind: 'add', unit: 'lists' })[1]).toBe('Lists was given one more instance');
    expect(words({ kind: 'take-back', unit: 'lists' })[2]).toBe('One instance of Lists could not be taken back');
  });

  it('asked for by the window switches over all units at once or none', () => {
    const accepts = (...given: unknown[]) => requestSchemas['explore:replace'].safeParse(given).success;
    expect([accepts(null, 'blue-green'), accepts('back', 'rolling'), accepts(null, 'recreate')]).toEqual(
      Array(3).fill(true),
    );
    expect([
      accepts('back', 'blue-green'),
      accepts('back', 'canary'),
      accepts('No Name', 'rolling'),
      accepts(),
    ]).toEqual(Array(4).fill(false));
  });
});

describe('a release', () => {
  const known = {
    ...application,
    changes: { better: { title: 'Better', kind: 'fix' }, best: { title: 'Best', kind: 'fix' } },
  } as unknown as Application;
  const idle = deployed();
  const said = (next: Partial<Deployed>, kind: 'release' | 'take-back' = 'release', change = 'best') => {
    const refusal = releaseRefusal({ kind, change }, 'rolling', { ...idle, ...next }, known);
    return refusal === null ? null : `${refusal.message} ${refusal.nextStep}`;
  };
  const live = { changes: ['better'], halfWay: false };
  const halfWay = { changes: [], halfWay: true };
  const going: Deployed['release'] = {
    ...{ what: { kind: 'release', change: 'better' }, strategy: 'rolling', sinceMs: 1, going: 'better' },
    ...{ stage: 'building', units: [], end: null },
  };

  it('can be made where nothing is live, and taken back where something is', () => {
    expect([said({}), said({ live }, 'take-back'), said({ live: halfWay }, 'take-back')]).toEqual([null, null, null]);
    const over = { ...going, end: { tookMs: 1, problem: 'no room', cancelled: false, marks: null } };
    expect(said({ release: over })).toBeNull();
  });

  it('is refused with a reason and what to do', () => {
    expect(said({}, 'release', 'toString')).toBe(
      'There is no change "toString"; there are better, best. Choose one of them.',
    );
    expect(said({ live })).toBe('"Better" is live. Take it back first.');
    expect(said({ live: halfWay })).toBe('The last release ended half-way. Take it back first.');
    expect(said({}, 'take-back')).toBe('No change is live that could be taken back. Release one first.');
    expect(said({ release: going })).toBe('"Better" is being released. Wait until that has ended, or cancel it.');
    expect(said({ faults: [{ fault: { kind: 'hang', module: 'mail' } }] })).toBe(
      'Something is broken in back: Mail hangs. Undo the fault first.',
    );
    expect(said(deployed({ back: 0 }))).toBe('No instance of back runs that could go on serving. Stop and start it.');
    expect(said({ ...deployed({ back: 0 }), live: halfWay }, 'take-back')).toBeNull();
    const replacing = deployed({}, [], { what: { kind: 'add', unit: 'lists' }, sinceMs: 1, end: null });
    expect(said(replacing)).toBe('Lists is being given one more instance. Wait until that has ended.');
  });

  it('keeps every fault and every replacement out while it goes on', () => {
    const during = { ...idle, release: going };
    expect(faultRefusal({ kind: 'hang', module: 'list' }, during, known)?.message).toBe('"Better" is being released.');
    expect(replacementRefusal(rolling('face'), during, known)?.message).toBe('"Better" is being released.');
  });

  it('asked for by the window names a change and a way, nothing else', () => {
    const accepts = (...given: unknown[]) => requestSchemas['explore:release'].safeParse(given).success;
    expect([accepts('best', 'rolling'), accepts('best', 'blue-green')]).toEqual([true, true]);
    expect([accepts('../best.patch', 'rolling'), accepts('best', 'canary'), accepts('best')]).toEqual([
      false,
      false,
      false,
    ]);
    expect(requestSchemas['explore:impact'].safeParse(['a'.repeat(200)]).success).toBe(false);
  });
});

it('a partition has to do with both units, and cuts off the one that is not the entry', () => {
  const units = (fault: Fault) => unitsOfFault(fault, topology, application);
  expect(units({ kind: 'partition', module: 'front', peer: 'list' })).toEqual(['lists', 'face']);
  expect(units({ kind: 'partition', module: 'list', peer: 'front' })).toEqual(['lists', 'face']);
  expect(units({ kind: 'partition', module: 'list', peer: 'mail' })).toEqual(['lists', 'back']);
  expect(units({ kind: 'partition', module: 'list' })).toEqual(['lists', 'face']);
  expect(units({ kind: 'crash', module: 'mail' })).toEqual(['back']);
});
