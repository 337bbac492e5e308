import type { Finding, LabEventOf } from '../../engine/model/index.ts';
import { findingTitle, formatEffect, formatInterval } from '../../report/index.ts';

/** How many headlines a look tells one by one; the report has all of them. */
const told = 6;

/** The headlines after a block: values before the first look, verdicts with their intervals at one. */
export function findingsInWords({ blocks, judged, open, findings }: LabEventOf<'findings'>): string[] {
  if (findings.length === 0) return [];
  const sides = new Set(findings.map(({ variant }) => variant.variant)).size > 1;
  const named = (finding: Finding) =>
    `${sides ? `${finding.variant.variant}: ` : ''}${findingTitle(finding)} ${formatEffect(finding.effect, finding.unit)}`;
  const some = findings.filter(({ effect }) => effect !== null);
  if (!judged) {
    const head =
      blocks === 1 ? 'one deployment of each, no interval yet' : `${blocks} deployments of each, not judged yet`;
    return [`  So far (${head}): ${some.slice(0, told).map(named).join('; ')}`];
  }
  const undecided = some.filter(({ verdict }) => verdict === 'inconclusive');
  return [
    `  After ${blocks} blocks ${findings.length - open} of ${findings.length} headlines are decided`,
    ...undecided.slice(0, told).map((finding) => `    not yet: ${named(finding)} (${formatInterval(finding)})`),
  ];
}
