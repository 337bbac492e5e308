import pc from 'picocolors';
import type { ChangeImpact } from '../../engine/deploy/index.ts';
import { changeKindInWords, decimalFigure, type Topology } from '../../engine/model/index.ts';

/** What each change gets into, and how often one unit is enough, as lines of text. Pure. */
export function impactInWords(impacts: readonly ChangeImpact[], topologies: readonly Topology[]): string {
  const all = topologies.map(({ name, units }) => ({ name, of: units.length }));
  const ofChanges = impacts.map(({ change, title, kind, modules, units }) =>
    [
      `${pc.bold(title)} (${change}; ${changeKindInWords(kind)})`,
      `  edits ${modules.join(', ') || 'no module'}`,
      ...all.map(({ name, of }) => `  ${name}: ${countOf(units[name] ?? [], of)}`),
    ].join('\n'),
  );
  const together = all.map(({ name, of }) => {
    const counts = impacts.map(({ units }) => units[name]?.length ?? 0);
    const alone = counts.filter((count) => count <= 1).length;
    const mean = counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length);
    return `  ${name}: ${alone} of ${impacts.length} changes get into one unit at most; on average ${decimalFigure(mean, 2)} of ${of} units get another program`;
  });
  return [...ofChanges, `${pc.bold('All of them')}\n${together.join('\n')}`].join('\n');
}

function countOf(units: readonly string[], of: number): string {
  if (of === 1) return units.length === 0 ? 'not the one unit there is' : 'the one unit there is';
  return `${units.length} of ${of} units${units.length === 0 ? '' : `: ${units.join(', ')}`}`;
}
