import { isOpen, neverDiffered, type Finding, type LabEventOf } from '../../engine/model/index.ts';
import { findingTitle, formatEffect, formatInterval } from '../../report/index.ts';

/** How many headlines a look tells one by one; the report has all of them. */
const told = 6;

/** The headlines after a block: values before the first look, verdicts with their intervals at one. */
export function findingsInWords({ blocks, judged, open, findings }: LabEventOf<'findings'>): string[] {
  if (findings.length === 0) return [];
  const sides = new Set(findings.map(({ variant }) => variant.variant)).size > 1;
  const named = (finding: Finding) =>
    `${sides ? `${finding.variant.variant}: ` : ''}${findingTitle(finding)} ${formatEffect(finding.effect, finding.unit, finding.openEnd)}`;
  const some = findings.filter(({ effect }) => effect !== null);
  if (!judged) {
    const head =
      blocks === 1 ? 'one deployment of each, no interval yet' : `${blocks} deployments of each, not judged yet`;
    return [`  So far (${head}): ${some.slice(0, told).map(named).join('; ')}`];
  }
  const alike = some.filter(neverDiffered);
  const apart = findings.length - some.length;
  const decided = findings.length - open - alike.length - apart;
  return [
    `  After ${blocks} blocks ${decided} of ${findings.length} headlines are decided${alike.length === 0 ? '' : `, and in no deployment was there a difference in ${alike.length} more`}${apart === 0 ? '' : `; ${apart} cannot be compared`}`,
    ...some
      .filter(isOpen)
      .slice(0, told)
      .map((finding) => `    not yet: ${named(finding)} (${formatInterval(finding)})`),
  ];
}
