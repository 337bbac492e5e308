import type { Experiment } from './experiment.ts';
import type { Round } from './result.ts';
import { seenFacts, type SeenFacts } from './seen.ts';

/** What of the units a line of the fairness gate is about, by the line's name. */
const seenOf: Readonly<Record<string, (seen: SeenFacts) => unknown>> = {
  base: ({ bases }) => bases,
  cpu: ({ cpus }) => cpus,
  node: ({ nodeVersions }) => nodeVersions,
  memory: ({ memoryBytes }) => memoryBytes,
  limits: ({ quotas, processes, swaps }) => [quotas, processes, swaps],
  surroundings: ({ users, restarts, environments }) => [users, restarts, environments],
  seed: ({ seedHashes }) =>
    seedHashes && Object.entries(seedHashes).toSorted(([one], [other]) => (one < other ? -1 : 1)),
};

/** Names of the declared differences that the running units of two variants showed in some block, beside their settings. */
export function seenDifferences(
  { declaredDifferences }: Pick<Experiment, 'declaredDifferences'>,
  rounds: readonly Pick<Round, 'block' | 'variant' | 'replica' | 'observed'>[],
  first: string,
  second: string,
): string[] {
  const of = (variant: string) =>
    rounds.filter((round) => round.variant === variant && !round.replica && round.observed.length > 0);
  const pairs = of(first).flatMap((one) =>
    of(second)
      .filter((other) => other.block === one.block)
      .map((other) => [seenFacts(one.observed), seenFacts(other.observed)] as const),
  );
  return Object.entries(seenOf)
    .filter(([name]) => declaredDifferences.includes(name))
    .filter(([, read]) =>
      pairs.some(([one, other]) => {
        const [before, after] = [read(one), read(other)];
        return before !== null && after !== null && JSON.stringify(before) !== JSON.stringify(after);
      }),
    )
    .map(([name]) => name)
    .toSorted();
}
