import { useMemo } from 'react';
import type { Result } from '../../engine/model/index.ts';
import { ReportContext } from '../context.ts';
import { ReportFrame, type ReportTheme } from '../document.tsx';
import { formatEffect, formatInstant, formatSetting, formatValue, settingWords } from '../format/index.ts';
import { DataTable } from '../part/data-table.tsx';
import { MetricLink } from '../part/metric-link.tsx';
import { Empty, Section } from '../part/section.tsx';
import { StatusWord } from '../part/status-word.tsx';
import { VerdictBadge } from '../part/verdict-badge.tsx';
import { DefinitionsSection } from '../section/definitions.tsx';
import { compareResults, type NumberChange, type ResultComparison } from './model.ts';

export interface ComparisonDocumentProps {
  /** The older result, or the baseline. */
  a: Result;
  b: Result;
  theme?: ReportTheme;
  onOpenDefinition?: (metric: string) => void;
}

/** Two results side by side: what changed in settings, in numbers and in verdicts. */
export function ComparisonDocument({ a, b, theme = 'system', onOpenDefinition }: ComparisonDocumentProps) {
  const comparison = useMemo(() => compareResults(a, b), [a, b]);
  const context = useMemo(() => ({ onOpenDefinition, print: false }), [onOpenDefinition]);
  const { before, after } = comparison;
  return (
    <ReportContext value={context}>
      <ReportFrame theme={theme}>
        <header className="cr-header">
          <p className="cr-eyebrow">Cleave: two results side by side</p>
          <h1>{before.title === after.title ? before.title : `${before.title} and ${after.title}`}</h1>
          <p className="cr-facts">
            <span title={before.id}>{`A: ${before.title}, ${formatInstant(before.startedAt)}`}</span>
            <span title={after.id}>{`B: ${after.title}, ${formatInstant(after.startedAt)}`}</span>
          </p>
          <p className="cr-notice">{comparison.caution}</p>
        </header>
        <SettingsChanged comparison={comparison} />
        <NumbersChanged comparison={comparison} />
        <VerdictsChanged comparison={comparison} />
        {onOpenDefinition === undefined ? <DefinitionsSection result={after} /> : null}
      </ReportFrame>
    </ReportContext>
  );
}

function SettingsChanged({ comparison: { settings } }: { comparison: ResultComparison }) {
  return (
    <Section id="settings" title="What changed in the settings">
      {settings.length === 0 ? (
        <Empty>Nothing: both ran with the same settings in the same environment.</Empty>
      ) : (
        <DataTable
          caption="Settings and environment that differ"
          quiet
          columns={[
            { key: 'path', title: 'Setting' },
            { key: 'a', title: 'A' },
            { key: 'b', title: 'B' },
          ]}
          rows={settings.map(({ path, before, after }) => ({
            key: path,
            cells: [
              <span key="path" title={path}>
                {settingWords(path)}
              </span>,
              settingValue(path, before),
              settingValue(path, after),
            ],
          }))}
        />
      )}
    </Section>
  );
}

function settingValue(path: string, value: string): string {
  if (value === 'null') return 'none';
  return value === '' || Number.isNaN(Number(value)) ? value : formatSetting(path, Number(value));
}

function NumbersChanged({ comparison: { numbers } }: { comparison: ResultComparison }) {
  return (
    <Section
      id="numbers"
      title="What changed in the numbers"
      lead="A change is named only beyond the margin of its measure and the noise floors of both results."
    >
      {numbers.length === 0 ? (
        <Empty>Neither result has compared numbers.</Empty>
      ) : (
        <DataTable
          caption="Measures of both results"
          quiet
          columns={[
            { key: 'title', title: 'Measure' },
            { key: 'variant', title: 'Variant' },
            { key: 'a', title: 'A', numeric: true },
            { key: 'b', title: 'B', numeric: true },
            { key: 'change', title: 'B against A', numeric: true },
            { key: 'word', title: 'In words' },
          ]}
          rows={numbers.map((change) => ({
            key: change.key,
            cells: [
              <MetricLink key="title" metric={change.metric}>
                {change.title}
              </MetricLink>,
              change.variant,
              sideText(change.before, change.atLeast.before, change.unit),
              sideText(change.after, change.atLeast.after, change.unit),
              formatEffect(change.change, change.unit, openEnd(change.atLeast)),
              <StatusWord key="word" tone={tone(change.word)}>
                {change.word}
              </StatusWord>,
            ],
          }))}
        />
      )}
    </Section>
  );
}

function tone(word: NumberChange['word']): 'good' | 'bad' | 'plain' {
  switch (word) {
    case 'better':
      return 'good';
    case 'worse':
      return 'bad';
    case 'about the same':
    case 'only in one':
    case 'not known':
      return 'plain';
  }
}

const sideText = (value: number | null, atLeast: boolean, unit: string): string =>
  `${atLeast && value !== null ? '≥ ' : ''}${formatValue(value, unit)}`;

/** Which end of the change is not known. */
function openEnd({ before, after }: NumberChange['atLeast']): 'low' | 'high' | 'both' | null {
  if (before && after) return 'both';
  return before ? 'low' : after ? 'high' : null;
}

function VerdictsChanged({ comparison: { verdicts } }: { comparison: ResultComparison }) {
  return (
    <Section
      id="verdicts"
      title="Verdicts that came out otherwise"
      lead="Each verdict was reached within its own result, with its own intervals."
    >
      {verdicts.length === 0 ? (
        <Empty>None: what both results judged, they judged alike.</Empty>
      ) : (
        <DataTable
          caption="Verdicts of both results"
          quiet
          columns={[
            { key: 'title', title: 'Measure' },
            { key: 'pair', title: 'Compared' },
            { key: 'a', title: 'In A' },
            { key: 'b', title: 'In B' },
          ]}
          rows={verdicts.map((change) => ({
            key: change.key,
            cells: [
              change.title,
              `${change.variant} against ${change.baseline}`,
              change.before === null ? 'none' : <VerdictBadge key="a" verdict={change.before} />,
              change.after === null ? 'none' : <VerdictBadge key="b" verdict={change.after} />,
            ],
          }))}
        />
      )}
    </Section>
  );
}
