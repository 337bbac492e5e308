import type { Result } from '../../engine/model/index.ts';
import type { ReportTheme } from '../document.tsx';
import { renderPage } from '../html.tsx';
import { ComparisonDocument } from './document.tsx';

/** Two results side by side as one HTML file that needs nothing else. */
export function renderComparisonHtml(a: Result, b: Result, theme: ReportTheme = 'system'): string {
  return renderPage(`${a.title} and ${b.title}`, <ComparisonDocument a={a} b={b} theme={theme} />);
}
