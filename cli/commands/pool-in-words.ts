import pc from 'picocolors';
import type { Pooled, PooledFinding } from '../../engine/evaluation/index.ts';
import { allPrintable, isHeadline, type Verdict } from '../../engine/model/index.ts';
import {
  anotherText,
  cautionsOf,
  findingTitle,
  formatEffect,
  formatLevel,
  heterogeneityText,
  machineLine,
  machineValueText,
  pooledFrom,
  pooledIntervalText,
  pooledPairs,
  sortedFindings,
  spreadText,
  verdictText,
} from '../../report/index.ts';
import { columns, paragraph } from '../summary/index.ts';

const colours: Readonly<Record<Verdict, (text: string) => string>> = {
  better: pc.green,
  worse: pc.red,
  equivalent: pc.blue,
  inconclusive: pc.dim,
};

/** Measure, machines, effect, interval, how far machines differ, verdict: together as wide as a terminal. */
const widths = [22, 9, 10, 16, 10, 13];

/** What several machines say together, as lines of text; `whole`: every measure, and each machine. Pure. */
export function pooledInWords(given: Pooled, whole: boolean): string {
  const pooled = allPrintable(given);
  const { title, machines, left } = pooled;
  const head = ['', 'machines', 'effect', 'interval', 'differ by', 'verdict'].map((text) => pc.dim(text));
  return [
    ...(machines.length === 0 ? [] : [pc.bold(paragraph(`${title}: ${pooledFrom(pooled)}`)), '']),
    ...pooledPairs(pooled).flatMap(({ baseline, variant, findings }) => [
      pc.bold(paragraph(`${variant} against ${baseline}`)),
      columns([head], widths),
      ...sortedFindings(findings).flatMap((finding) => {
        if (whole) return [row(finding), ...detailsOf(finding, pooled)];
        return isHeadline(finding) ? [row(finding)] : [];
      }),
      '',
    ]),
    ...(machines.length === 0 ? [] : cautionsOf(pooled).map(paragraph)),
    ...machines.map((one, at) => paragraph(`Machine ${at + 1}: ${machineLine(one)}`)),
    ...left.map(({ name, because }) => paragraph(`Not pooled: ${name}: ${because}`)),
  ].join('\n');
}

function row(finding: PooledFinding): string {
  const { verdict, values, effect, unit, openEnd } = finding;
  const told = verdictText(finding);
  const cells = [
    findingTitle(finding),
    `${values.length}`,
    formatEffect(effect, unit, openEnd),
    pooledIntervalText(finding),
    spreadText(finding),
    verdict === null ? pc.dim('no verdict') : colours[verdict](told),
  ];
  return columns([cells], widths);
}

function detailsOf(finding: PooledFinding, { machines }: Pooled): string[] {
  const { values, declared } = finding;
  const told = [
    ...(finding.another === null
      ? []
      : [
          `${formatLevel(finding)}; another machine would show, 95 %: ${anotherText(finding)}; I squared ${heterogeneityText(finding)}`,
        ]),
    ...(declared.length === 0 ? [] : [`differs in ${declared.join(', ')} too`]),
    ...values.map((one) => {
      const several = one.results === 1 ? '' : `, mean of ${one.results} results`;
      const machine = machines.length === 1 ? 'the machine' : `machine ${one.machine + 1}`;
      return `${machine}: ${machineValueText(finding, one)} (${one.blocks} ${one.blocks === 1 ? 'deployment' : 'deployments'} of each${several})`;
    }),
  ];
  return [
    columns(
      told.map((text) => ['', pc.dim(text)]),
      [2, 78],
    ),
  ];
}
