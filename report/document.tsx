import { useMemo, type ReactNode } from 'react';
import { judgeFacts, judgeResult } from '../engine/evaluation/index.ts';
import { probeTable, type Result } from '../engine/model/index.ts';
import { ReportContext } from './context.ts';
import { AnswerSection } from './section/answer.tsx';
import { ClaimsSection, PublishedSection } from './section/claims.tsx';
import { Contents, type Chapter } from './section/contents.tsx';
import { DecisionSection } from './section/decision.tsx';
import { DefinitionsSection } from './section/definitions.tsx';
import { EnvironmentSection } from './section/environment.tsx';
import { FindingsSection } from './section/findings.tsx';
import { Header } from './section/header.tsx';
import { reportProbes } from './section/index.ts';
import { LimitsSection } from './section/limits.tsx';
import { GateSection, MethodSection } from './section/method.tsx';
import type { ReportProbe } from './section/probe.ts';
import { RawDataSection } from './section/raw-data.tsx';
import { reportCss } from './style/index.ts';

export type ReportTheme = 'system' | 'light' | 'dark';

export interface ReportDocumentProps {
  result: Result;
  /** `system` follows the reader's setting. */
  theme?: ReportTheme;
  /** Opens everything that can be folded, for paper. */
  print?: boolean;
  /** Called with a metric's name when its definition is asked for; without it, a link leads to the definitions. */
  onOpenDefinition?: (metric: string) => void;
  /** Replaces what is said about the raw data that comes with the document. */
  rawDataNote?: string;
}

/** The comparison report of one result, the same in the window and in a file. */
export function ReportDocument({
  result,
  theme = 'system',
  print = false,
  onOpenDefinition,
  rawDataNote,
}: ReportDocumentProps) {
  const body = useMemo(() => <Body result={result} rawDataNote={rawDataNote} />, [result, rawDataNote]);
  const context = useMemo(() => ({ onOpenDefinition, print }), [onOpenDefinition, print]);
  return (
    <ReportContext value={context}>
      <ReportFrame theme={theme}>{body}</ReportFrame>
    </ReportContext>
  );
}

/** The element that carries style and theme; everything of the report is drawn inside one. */
export function ReportFrame({ theme = 'system', children }: { theme?: ReportTheme; children: ReactNode }) {
  return (
    <div className="cleave-report" data-theme={theme === 'system' ? undefined : theme}>
      <style href="cleave-report" precedence="default">
        {reportCss}
      </style>
      {children}
    </div>
  );
}

function Body({ result, rawDataNote }: { result: Result; rawDataNote: string | undefined }) {
  return (
    <>
      <Header result={result} />
      <Contents chapters={chaptersOf(result)} />
      <AnswerSection result={result} />
      <ClaimsSection result={result} />
      <DecisionSection result={result} />
      <FindingsSection result={result} />
      {probeChapters.map(({ id, Section }) => (
        <Section key={id} result={result} />
      ))}
      <h2 className="cr-annex" aria-hidden="true">
        Annex
      </h2>
      <GateSection result={result} />
      <LimitsSection result={result} />
      <PublishedSection result={result} />
      <MethodSection result={result} />
      <EnvironmentSection result={result} />
      <DefinitionsSection result={result} />
      <RawDataSection result={result} note={rawDataNote} />
      <footer className="cr-footer">
        Made by Cleave {result.environment.cleaveVersion}, result {result.id}. Every figure can be computed again from
        the raw data.
      </footer>
    </>
  );
}

const probeChapters = (Object.entries(reportProbes) as [keyof typeof reportProbes, ReportProbe][]).flatMap(
  ([key, { chapters }]) => chapters.map((chapter) => ({ id: key, title: probeTable[key].title, ...chapter })),
);

/** The chapters that this result fills. */
export function chaptersOf(result: Result): Chapter[] {
  const chapters: (Chapter | false)[] = [
    { id: 'answer', title: 'Answer' },
    judgeResult(result).length > 0 && { id: 'claims', title: 'Claims' },
    judgeFacts(result).facts.length > 0 && { id: 'decision', title: 'What to do' },
    result.findings.length > 0 && { id: 'findings', title: 'All findings' },
    ...probeChapters.map(({ id, title, isFilled }) => (isFilled?.(result) ?? true) && { id, title }),
    { id: 'gate', title: 'Fairness' },
    { id: 'limits', title: 'Where this holds' },
    judgeResult(result).some(({ published }) => published.length > 0) && { id: 'published', title: 'Published' },
    { id: 'method', title: 'Method' },
    { id: 'environment', title: 'Environment' },
    { id: 'definitions', title: 'Definitions' },
    result.rounds.length > 0 && { id: 'raw', title: 'Raw data' },
  ];
  return chapters.filter((chapter) => chapter !== false);
}
