import type { GateCheck, SeenFacts } from '../../model/index.ts';
import type { GateInputs } from './facts.ts';
import { asSeen, check, same } from './same.ts';

type Fact = [words: string, read: (shown: SeenFacts) => readonly string[] | null];

/** Three facts on one line. What no unit shows is what all are given alike, and is said to be that. */
export function surroundings(inputs: GateInputs): GateCheck {
  const outcome = together(inputs, 'surroundings', 'Same user, restarts and environment of every unit', [
    ['user', (shown) => shown.users],
    ['restarted after a crash:', (shown) => shown.restarts],
    ['environment', (shown) => shown.environments],
  ]);
  const { untold, ...line } = outcome;
  if (line.status === 'unknown' || untold.length === 0) return line;
  return { ...line, detail: `${line.detail}; ${untold.join(' and ')}: the same by construction` };
}

/** Limits beside CPUs and memory: the same of every unit, and no limit of CPU time, which nobody asks for. */
export function otherLimits(inputs: GateInputs): GateCheck {
  const outcome = together(inputs, 'limits', 'Same limits of CPU time, processes and swap', [
    ['CPU time', (shown) => shown.quotas],
    ['processes', (shown) => shown.processes],
    ['swap', (shown) => shown.swaps],
  ]);
  const { untold, ...line } = outcome;
  const limited = inputs.variants.filter(({ seen }) => seen?.quotas?.some((quota) => quota !== 'none') === true);
  if (line.status !== 'fail' && line.status !== 'declared' && limited.length > 0) {
    const detail = limited.map(
      ({ variant, seen }) => `${variant.name}: CPU time ${seen?.quotas?.join(' and ') ?? ''}, planned: none`,
    );
    const status = inputs.declared.includes('limits') ? 'declared' : 'fail';
    return { ...line, status, detail: detail.join('; ') };
  }
  if (line.status !== 'pass' || untold.length === 0) return line;
  return { ...line, status: 'unknown', detail: `${line.detail}; ${untold.join(' and ')}: cannot be told here` };
}

/** Several facts on one line; `untold`: those that no unit of any variant shows. One that some show and others do not is not known to be the same. */
function together(
  inputs: GateInputs,
  name: string,
  title: string,
  facts: readonly Fact[],
): GateCheck & { untold: string[] } {
  const showing = ([, read]: Fact) => inputs.variants.filter(({ seen }) => seen !== null && read(seen) !== null).length;
  const told = facts.filter((fact) => showing(fact) === inputs.variants.length);
  const partly = facts.filter((fact) => showing(fact) > 0 && !told.includes(fact));
  const bare = (words: string) => words.replace(/:$/, '');
  const untold = facts.filter((fact) => showing(fact) === 0).map(([words]) => bare(words));
  const differing = partly
    .map(([words, read]) =>
      same(
        { ...inputs, variants: inputs.variants.filter(({ seen }) => seen !== null && read(seen) !== null) },
        name,
        title,
        ({ seen }) => (seen === null ? null : read(seen)),
        (values) => `${words} ${values.join(' and ')}`,
      ),
    )
    .find(({ status }) => status !== 'pass');
  if (differing !== undefined) return { ...differing, untold };
  const outcome = same(
    inputs,
    name,
    title,
    ({ seen }) =>
      seen === null || told.length === 0
        ? null
        : told.map(([words, read]) => `${words} ${(read(seen) ?? []).join(' and ')}`),
    (values) => `${values.join(', ')}, ${asSeen}`,
  );
  if (outcome.status !== 'pass' || partly.length === 0) return { ...outcome, untold };
  const detail = `${outcome.detail}; ${partly.map(([words]) => bare(words)).join(' and ')}: not shown by every unit`;
  return { ...check(name, title, { status: 'unknown', detail }), untold };
}
