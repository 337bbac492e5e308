import type { GateCheck } from '../../model/index.ts';
import type { GateInputs } from './facts.ts';
import { same } from './same.ts';

/** The same seed before anything runs, and then the same hash of what modules made of it. */
export function seed(inputs: GateInputs): GateCheck {
  const [name, title] = ['seed', 'Same data'];
  const planned = same(
    inputs,
    name,
    title,
    (facts) => facts.seed,
    (value) => `drawn from seed ${value}, anew for each block`,
  );
  if (planned.status !== 'pass') return planned;
  if (inputs.variants.every(({ seen }) => seen === null))
    return { ...planned, detail: `${planned.detail}; each module tells the hash of its data once it runs` };
  const told = inputs.variants.filter(({ seen }) => seen !== null && seen.seedHashes !== null);
  const hashes = same(
    { ...inputs, variants: told },
    name,
    title,
    (facts) => facts.seen?.seedHashes ?? null,
    (value) => `the seeded data of ${Object.keys(value).length} modules is the same`,
  );
  const mute = inputs.variants.filter((facts) => !told.includes(facts)).map(({ variant }) => variant.name);
  if (hashes.status === 'fail' || hashes.status === 'declared' || mute.length === 0)
    return { ...hashes, detail: `${planned.detail}; ${hashes.detail}` };
  return {
    ...planned,
    status: 'unknown',
    detail: `${planned.detail}; no module of ${mute.join(', ')} told the hash of its data`,
  };
}
