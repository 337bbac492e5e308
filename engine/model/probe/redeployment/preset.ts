import type { Application } from '../../application.ts';
import type { ChangeKind } from '../../change.ts';
import { own } from '../../own.ts';
import { presetLoad } from '../../preset-load.ts';
import { manifestVariant } from '../../preset-variant.ts';
import type { ProbePreset } from '../preset.ts';
import type { RedeploymentSettings } from './settings.ts';

/**
 * One of each; the steps of a rename take longer than they teach here. Where time is short the last are left out first, so that what each question is about comes before a second of its kind: what concerns
 * nobody else, what others may have later, what must go out at once, and what should not have gone out.
 */
const kinds: readonly ChangeKind[] = [
  'fix',
  'additive-contract',
  'rename-at-once',
  'bug-errors',
  'schema-migration',
  'breaking-contract',
  'bug-unready',
];

export const release = {
  name: 'release',
  title: 'Release',
  question: 'Which cut gets a change to its users faster, and what does that cost them?',
  summary:
    'One change of each kind is edited, built, released while people are on it and taken back, in three deployments of each cut: from edit to live, requests lost, units that must go together.',
  experiment: (application) => ({
    variants: ['monolith', 'macroservices', 'microservices']
      .filter((name) => own(application.topologies, name) !== undefined)
      .map((name) => manifestVariant(application, name)),
    blocks: 3,
    declaredDifferences: [],
    load: presetLoad,
    warmUp: { minMs: 2000, maxMs: 4000, minRequests: 200 },
    latency: { durationMs: 2000 },
    settings: { changes: oneOfEach(application), strategy: 'rolling' },
    also: { structure: { changes: true } },
  }),
} as const satisfies ProbePreset<RedeploymentSettings>;

/** The first change of each kind. Throws where the application names none. */
function oneOfEach({ title, changes = {} }: Application): string[] {
  const names = kinds.flatMap((kind) => Object.entries(changes).find(([, change]) => change.kind === kind)?.[0] ?? []);
  if (names.length === 0) throw new Error(`${title} names no changes that could be released`);
  return names;
}
