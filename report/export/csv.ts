import { withFaultsInWords, type Finding, type Result } from '../../engine/model/index.ts';
import { allValues } from '../data/rounds.ts';
import { forSharing } from '../sharing.ts';
import type { Exporter } from './exporter.ts';

type Cell = string | number | boolean | null;

const columns = [
  'record', 'result', 'probe', 'metric', 'unit', 'endpoint', 'fault', 'change', 'rate', 'baseline', 'variant', 'baseline_value', 'variant_value', 'effect_kind', 'effect',
  'interval_low', 'interval_high', 'open_end', 'level', 'method', 'family', 'noise_floor', 'margin', 'verdict', 'p_adjusted', 'round', 'block', 'position', 'attempt', 'replica', 'status', 'value', 'at_least', 'sentence',
] as const; // prettier-ignore
type Column = (typeof columns)[number];
type Line = Partial<Record<Column, Cell>>;

/** Findings, then the values of every round, one a line, under one heading. Numbers are written in full, with a point. */
export const csvExporter: Exporter = {
  name: 'csv',
  extension: 'csv',
  mediaType: 'text/csv',
  render(result) {
    const shared = forSharing(result);
    const lines: Line[] = [...shared.findings.map((finding) => findingLine(shared, finding)), ...roundLines(shared)];
    return (
      [
        columns.join(','),
        ...lines.map((line) => columns.map((column) => csvCell(line[column] ?? null)).join(',')),
      ].join('\r\n') + '\r\n'
    );
  },
};

/** What a number was restricted to, a cell each; `rate` in journeys a second. */
function scopeCells({ endpoint, fault, change, rate }: Finding['scope']): Line {
  return { endpoint: endpoint ?? null, fault: fault ?? null, change: change ?? null, rate: rate ?? null };
}

function findingLine(result: Result, finding: Finding): Line {
  const { baseline, variant, effect, interval } = finding;
  return {
    ...{ record: 'finding', result: result.id, probe: finding.probe, metric: finding.metric, unit: finding.unit },
    ...{
      ...scopeCells(finding.scope),
      baseline: baseline.variant,
      variant: variant.variant,
    },
    ...{
      baseline_value: baseline.value,
      variant_value: variant.value,
      effect_kind: effect?.kind ?? null,
      effect: effect?.value ?? null,
    },
    ...{
      open_end: finding.openEnd,
      interval_low: interval?.low ?? null,
      interval_high: interval?.high ?? null,
      level: finding.level,
      method: finding.method,
      family: finding.family,
      noise_floor: finding.noiseFloor,
      margin: finding.margin,
    },
    ...{ verdict: finding.verdict, p_adjusted: finding.adjustedPValue, sentence: withFaultsInWords(finding.sentence) },
  };
}

function roundLines(result: Result): Line[] {
  return allValues(result).map(
    ({ round, block, position, attempt, variant, replica, status, metric, scope, unit, value, atLeast }) => ({
      ...{ record: 'round', result: result.id, metric, unit, ...scopeCells(scope), variant },
      ...{ round, block, position, attempt, replica, status, value, at_least: atLeast },
    }),
  );
}

/** What spreadsheets take for the beginning of a formula, also as the East writes it, wide, small or raised. */
const sign = String.raw`[=+\-@\u2212\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u207a-\u207c\u208a-\u208c]`;
/** What they pass over before it: blanks, controls, characters of no width, quotes that hold nothing. */
const passed = String.raw`["\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]`;
const toFormula = new RegExp(`(?<!${passed})${passed}*(?=${sign})`, 'gu');
const guardAtBorder = /(?<=^|[;|\t\r\n])'/g;

/**
 * An apostrophe before everything in a text that a spreadsheet would run as a formula. Where lists are divided by semicolons, as in much of Europe, or the reader is
 * told of another divider, a text falls into several cells, whether quoted or not: so also behind `;`, `|`, tab and line break. An apostrophe that
 * stands in such a place itself gets one too, so that taking one off in each of them always gives back the text.
 */
function guarded(text: string): string {
  const safe = text.replace(guardAtBorder, "''").replace(toFormula, (run, at: number, whole: string) => {
    const begins = at === 0 || [';', '|'].includes(whole.charAt(at - 1));
    return `${begins ? "'" : ''}${run.replace(/\r(?!\n)|[\t\n]/g, "$&'")}`;
  });
  return /^[\t\r\0]/.test(safe) ? `'${safe}` : safe;
}

/** One cell: guarded against being run, and quoted where needed. */
export function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = guarded(value);
  return /[",\r\n\t']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
