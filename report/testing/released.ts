import { computeFindings } from '../../engine/evaluation/index.ts';
import {
  orderOf,
  resultSchema,
  unitOf,
  type ChangeKind,
  type ContractChange,
  type ContractDifference,
  type RedeploymentMeasurement,
  type Result,
  type Topology,
  type VersionSkew,
} from '../../engine/model/index.ts';
import { makeResult, type ResultOptions } from './result.ts';

interface Invented {
  name: string;
  title: string;
  kind: ChangeKind;
  /** Modules whose units get another program: first the one that answers, then the one that asks. */
  modules: string[];
  contract: 'same' | 'more' | 'less' | 'another';
  seconds: number;
  bad: 'no' | 'errs' | 'unready';
}

const changes: Invented[] = [
  { name: 'a-fix', title: 'A fix', kind: 'fix', modules: ['catalog'], contract: 'same', seconds: 1, bad: 'no' },
  {
    ...{ name: 'more', title: 'Prices say more', kind: 'additive-contract', seconds: 2, bad: 'no' },
    ...{ modules: ['catalog', 'storefront'], contract: 'more' },
  },
  {
    ...{ name: 'less', title: 'Prices say less', kind: 'breaking-contract', seconds: 2, bad: 'no' },
    ...{ modules: ['catalog', 'storefront'], contract: 'less' },
  },
  {
    ...{ name: 'at-once', title: 'Prices get another name', kind: 'rename-at-once', seconds: 2, bad: 'no' },
    ...{ modules: ['catalog', 'storefront'], contract: 'another' },
  },
  {
    name: 'errs',
    title: 'It errs',
    kind: 'bug-errors',
    modules: ['catalog'],
    contract: 'same',
    seconds: 1,
    bad: 'errs',
  },
  {
    ...{ name: 'unready', title: 'It never starts', kind: 'bug-unready', seconds: 5, bad: 'unready' },
    ...{ modules: ['cart'], contract: 'same' },
  },
];

const difference = (level: ContractDifference['level']): ContractDifference => ({
  ...{ operation: 'catalog.product', level, rule: 'a-rule' },
  text: level === 'breaking' ? 'removed the property `price`' : 'added the property `currency`',
});

function contractsOf({ contract, modules }: Invented, topology: Topology): ContractChange {
  const levels: Record<Invented['contract'], [ContractDifference['level'], ContractDifference['level']] | null> = {
    same: null,
    more: ['harmless', 'breaking'],
    less: ['breaking', 'harmless'],
    another: ['breaking', 'breaking'],
  };
  const found = levels[contract];
  if (found === null) return { differences: [], backward: [], skews: [] };
  const [forward, backward] = found;
  const [provider = '', caller = ''] = modules.map((module) => unitOf(topology, module).name);
  const skew = (first: VersionSkew['first'], level: ContractDifference['level']): VersionSkew => ({
    first,
    ...(first === 'providers' ? { released: [provider], left: [caller] } : { released: [caller], left: [provider] }),
    predicted: level === 'breaking' ? ['cart-view', 'product'] : [],
    requests: {
      product: { scheduled: 30, lost: level === 'breaking' ? 30 : 0 },
      // What comes before it fails.
      'cart-view': { scheduled: level === 'breaking' ? 0 : 5, lost: 0 },
    },
  });
  return {
    ...{ differences: [difference(forward)], backward: [difference(backward)] },
    skews: provider === caller ? [] : [skew('providers', forward), skew('callers', backward)],
  };
}

/** One instance after another, from when the images are there. */
function replacedOne(unit: string, index: number, eachMs: number): RedeploymentMeasurement['replaced'][number] {
  const at = (share: number): number => 400 + (index + share) * eachMs;
  return {
    ...{ unit, from: 0, to: 1, createStartMs: at(0), createdMs: at(0.1), startedMs: at(0.3), readyMs: at(0.6) },
    ...{ switchedMs: at(0.7), drainedMs: at(0.8), removedMs: at(1) },
  };
}

function makeRelease(change: Invented, topology: Topology, block: number): RedeploymentMeasurement {
  const { name, kind, bad, seconds } = change;
  const units = [...new Set(change.modules.map((module) => unitOf(topology, module).name))];
  const ms = seconds * 1000 * (topology.units.length === 1 ? 1 : 1.5) + 10 * block;
  const refused = bad === 'unready';
  return {
    ...{ change: name, kind, strategy: 'rolling', order: orderOf(kind).there, startedAtMs: 1 },
    ...{ status: refused ? 'refused' : 'released', reason: refused ? 'unit "cart" did not get ready' : null },
    ...{ modules: refused ? [] : ['catalog'], changedUnits: refused ? [] : units },
    ...{ bundledMs: refused ? 0 : 300, builtMs: refused ? 0 : 400, addedBytes: refused ? 0 : 1e6 * units.length },
    replaced: refused ? [] : units.map((unit, index) => replacedOne(unit, index, (ms - 400) / units.length)),
    ...{ replacedMs: refused ? 0 : ms, seenMs: refused ? null : ms - 100 },
    requests:
      bad === 'errs' ? { scheduled: 300, lost: 7, lostBy: { product: 7 } } : { scheduled: 450, lost: 0, lostBy: {} },
    back: refused ? null : { replacedMs: 300, requests: { scheduled: 0, lost: 0, lostBy: {} } },
    ...(bad === 'no'
      ? {
          contracts: contractsOf(change, topology),
          warm: { bundledMs: 300, builtMs: 300, replacedMs: ms - 100, seenMs: ms - 200 },
        }
      : {}),
    watch: {
      watchedMs: 3000,
      noticedMs: bad === 'no' ? null : ms + 500,
      wholeMs: bad === 'no' ? null : ms + (refused ? 500 : 800),
      alarm: bad === 'errs' ? { endpoint: 'product', what: 'errors', bad: 6, asked: 8 } : null,
    },
  };
}

/** A result in which changes of every kind were released to three deployments of each cut. */
export function releasedResult(options: ResultOptions = {}): Result {
  const made = makeResult({
    ...{ variants: ['monolith', 'macroservices', 'microservices'], blocks: 3, requests: 300, faults: [] },
    ...options,
  });
  made.experiment.probes.redeployment = { changes: changes.map(({ name }) => name), strategy: 'rolling' };
  made.application.changes = Object.fromEntries(
    changes.map(({ name, title, kind }) => [name, { title, summary: '', kind, patch: `changes/${name}.patch` }]),
  );
  for (const round of made.rounds) {
    const variant = made.experiment.variants.find(({ name }) => name === round.variant);
    if (variant !== undefined)
      round.redeployment = changes.map((change) => makeRelease(change, variant.topology, round.block));
  }
  return resultSchema.parse({ ...made, findings: computeFindings(made) });
}
