export { ReportDocument, ReportFrame, type ReportDocumentProps, type ReportTheme } from './document.tsx';
export { renderHtml, reportPolicy, type HtmlOptions } from './html.tsx';
export { openEmbedded, type EmbeddedResult } from './embed.ts';
export { exporterOf, exporters, lessonsOf, type Exporter } from './export/index.ts';
export {
  compareResults,
  type NumberChange,
  type ResultComparison,
  type SettingChange,
  type VerdictChange,
} from './compare/model.ts';
export { ComparisonDocument, type ComparisonDocumentProps } from './compare/document.tsx';
export { renderComparisonHtml } from './compare/html.tsx';
export {
  answerOf,
  findingPhrase,
  findingTitle,
  boundText,
  whyNotCompared,
  pairsOf,
  sideText,
  sortedFindings,
  type Answer,
  type Pair,
} from './data/findings.ts';
export {
  decide,
  decideForSets,
  groundsOf,
  leftOutInWords,
  recommendationOf,
  startingWeightsNames,
  tippingOf,
  weightsInWords,
  whyAllAgree,
  type Decision,
  type DecisionOption,
  type QuestionScore,
} from './decision/index.ts';
export {
  anotherText,
  cautionsOf,
  heterogeneityText,
  machineLine,
  machineValueText,
  pooledCsv,
  pooledFrom,
  pooledIntervalText,
  pooledMarkdown,
  pooledPairs,
  spreadText,
  verdictText,
} from './pool/index.ts';
export { answersSentences } from './section/answers/sentences.ts';
export { blocksText } from './data/blocks.ts';
export { spokenAnswer } from './data/spoken.ts';
export { trustIn } from './data/trust.ts';
export { callKey, layered, type Layered } from './chart/layered.ts';
export { mergeTimes, type Times } from './histogram.ts';
export { markerShape, type MarkerShape } from './part/marker-shape.ts';
export { VariantTag, VariantLegend } from './part/variant-tag.tsx';
export { VerdictBadge } from './part/verdict-badge.tsx';
export { reportCss } from './style/index.ts';
export * from './colors.ts';
export * from './format/index.ts';
