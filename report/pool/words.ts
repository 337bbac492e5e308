import type { Pooled, PooledFinding, PooledMachine } from '../../engine/evaluation/index.ts';
import { formatShare, plural } from '../../engine/model/index.ts';
import { formatEffect, formatFloor, formatInterval } from '../format/index.ts';

/** What another machine of the kind would show, as a figure. */
export function anotherText({ another, effect, unit, openEnd }: PooledFinding): string {
  return another === null ? 'not known' : formatInterval({ interval: another, effect, unit, openEnd, method: 't' });
}

/** How far machines lie apart, as a figure: a share for ratios, the metric's unit for differences. */
export function spreadText({ spread, effect, unit, metric }: PooledFinding): string {
  if (spread === null) return 'not known';
  return spread === 0 ? 'not seen' : formatFloor({ noiseFloor: spread, effect, unit, metric });
}

/** I squared in words. */
export function heterogeneityText({ heterogeneity, spread }: PooledFinding): string {
  if (heterogeneity !== null) return formatShare(heterogeneity, 0);
  return spread === null ? 'not known' : 'not known: no result has two blocks';
}

/** The verdict, or how many machines are too few for one. */
export function verdictText({ verdict, values }: PooledFinding): string {
  return verdict ?? `${plural(values.length, 'machine')}, no verdict`;
}

/** The interval, or why there is none. */
export function pooledIntervalText(finding: PooledFinding): string {
  return finding.verdict !== null && finding.method === 'none' ? 'all alike' : formatInterval(finding);
}

/** What each machine shows, as text. */
export function machineValueText(finding: PooledFinding, { value }: { value: number }): string {
  const { effect, unit } = finding;
  return effect === null ? 'not compared' : formatEffect({ kind: effect.kind, value }, unit);
}

/** What was pooled, one sentence. */
export function pooledFrom({ machines, runtime }: Pooled): string {
  const results = machines.reduce((sum, one) => sum + one.results.length, 0);
  return `${plural(results, 'result')} of ${plural(machines.length, 'machine')}, on ${runtime}`;
}

/** What a reader must know before believing a number, one sentence each. */
export function cautionsOf({ machines, findings, versions }: Pooled): string[] {
  const fewest = machines.length < 3;
  return [
    ...(fewest
      ? [
          `${machines.length === 1 ? 'All of it is of one machine, and one machine is' : `${machines.length} machines are`} not three: values are averaged and listed, and nothing is judged over machines.`,
        ]
      : [
          'The machine is what is repeated here: results of one machine count as one value, and an interval is of the mean over machines of this kind. A family of findings has a false verdict in at most 5 % of such poolings; looking again after each machine that is added is not corrected for.',
        ]),
    ...(findings.some(({ spread, heterogeneity }) => spread !== null && spread > 0 && heterogeneity === null)
      ? [
          'How far machines differ has the noise within each in it where no result has two blocks, and may be that alone.',
        ]
      : []),
    ...(versions.length > 1 ? [`They were measured by several versions of Cleave: ${versions.join(', ')}.`] : []),
  ];
}

/** A machine with its results, one line. */
export function machineLine({ title, results }: PooledMachine): string {
  return `${title}: ${results.map(({ name, blocks }) => `${name} (${plural(blocks, 'block')})`).join(', ')}`;
}

/** Findings by the two cuts that they compare, in the order they come. */
export function pooledPairs({ findings }: Pooled): { baseline: string; variant: string; findings: PooledFinding[] }[] {
  const pairs = new Map<string, PooledFinding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.baseline, finding.variant]);
    pairs.set(key, [...(pairs.get(key) ?? []), finding]);
  }
  return [...pairs.values()].flatMap((some) => {
    const [first] = some;
    return first === undefined ? [] : [{ baseline: first.baseline, variant: first.variant, findings: some }];
  });
}
