import Table from 'cli-table3';
import pc from 'picocolors';
import { judgeClaim } from '../engine/experiment/index.ts';
import { metricOf, type Finding, type Result, type Verdict } from '../engine/model/index.ts';
import { formatEffect, formatInterval, formatValue } from '../report/index.ts';

/** What a person wants to know first: the headline findings as a table, and each in words. */
export function summaryTable(result: Result): string {
  const headline = result.findings.filter(
    (finding) => metricOf(finding.metric).headline && finding.scope.endpoint === undefined,
  );
  if (headline.length === 0) return `No finding: ${result.reason ?? 'no round was completed'}.`;
  const table = new Table({
    head: ['metric', 'variant', 'baseline', 'value', 'effect (95 % interval)', 'verdict'],
    style: { head: [], border: [] },
  });
  for (const finding of headline) {
    const metric = metricOf(finding.metric);
    table.push([
      finding.scope.fault === undefined ? metric.title : `${metric.title}, ${finding.scope.fault}`,
      finding.variant.variant,
      formatValue(finding.baseline.value, metric.unit),
      formatValue(finding.variant.value, metric.unit),
      `${formatEffect(finding.effect, finding.unit)} (${formatInterval(finding)})`,
      coloured(finding.verdict),
    ]);
  }
  return `\n${result.title}: ${result.experiment.variants.map((variant) => variant.name).join(' against ')} on ${result.environment.runtime}\n${table.toString()}\n${sentences(headline)}${claimText(result)}`;
}

function sentences(findings: readonly Finding[]): string {
  return findings.map((finding) => `- ${finding.sentence}`).join('\n');
}

/** How the result stands against the published claim its preset repeats; empty for other experiments. */
function claimText(result: Result): string {
  const judged = judgeClaim(result);
  if (judged === null) return '';
  const lines = [
    `Published: ${judged.published} (${judged.claim}; ${judged.source})`,
    `Measured: ${judged.measured}`,
    `This result ${judged.outcome === 'inconclusive' ? 'is inconclusive about' : judged.outcome === 'agrees' ? 'agrees with' : 'disagrees with'} the claim (${pc.bold(judged.outcome)}). Why the two may differ:`,
    ...judged.reasons.map((reason) => `- ${reason}`),
  ];
  return `\n\n${lines.join('\n')}`;
}

function coloured(verdict: Verdict): string {
  switch (verdict) {
    case 'better':
      return pc.green(verdict);
    case 'worse':
      return pc.red(verdict);
    case 'equivalent':
      return pc.blue(verdict);
    case 'inconclusive':
      return pc.dim(verdict);
  }
}
