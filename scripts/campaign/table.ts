import type { Kill } from './kill-all.ts';

/** One row a runtime and target: how many, what was left, and how long it took until nothing was. Pure. */
export function tableOf(kills: readonly Kill[]): string {
  const rows = grouped(kills, ({ kind, target }) => `${kind} | ${target}`)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, group]) => {
      const gone = group.flatMap(({ goneMs }) => (goneMs === null ? [] : [goneMs])).toSorted((a, b) => a - b);
      const median = gone[Math.floor(gone.length / 2)];
      const left = group.filter((kill) => kill.left.length > 0).length;
      const touched = group.filter((kill) => kill.touched.length > 0).length;
      return `| ${name} | ${group.length} | ${left} | ${touched} | ${seconds(median)} | ${seconds(gone.at(-1))} |`;
    });
  return [
    '| runtime | killed | kills | left something | harmed a look-alike | gone after, median | longest |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** In what the programs were killed, with counts. Pure. */
export function phasesOf(kills: readonly Kill[]): string {
  return grouped(kills, ({ phase }) => phase)
    .map(([phase, group]) => `${phase} ${group.length}`)
    .join(', ');
}

function grouped(kills: readonly Kill[], nameOf: (kill: Kill) => string): [name: string, group: Kill[]][] {
  const names = [...new Set(kills.map(nameOf))];
  return names.map((name) => [name, kills.filter((kill) => nameOf(kill) === name)]);
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? 'never' : `${(ms / 1000).toFixed(1)} s`;
}
