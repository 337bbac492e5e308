export { ReportDocument, ReportFrame, type ReportDocumentProps, type ReportTheme } from './document.tsx';
export { renderHtml, reportPolicy, type HtmlOptions } from './html.tsx';
export * from './colors.ts';
export * from './format/index.ts';
