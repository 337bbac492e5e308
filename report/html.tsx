import { renderToStaticMarkup } from 'react-dom/server';
import type { Result } from '../engine/model/index.ts';
import { ReportDocument, type ReportTheme } from './document.tsx';
import { embedResult, type EmbeddedResult } from './embed.ts';
import { forSharing } from './sharing.ts';

export interface HtmlOptions {
  theme?: ReportTheme;
  /** Opens everything that can be folded, for paper. */
  print?: boolean;
  /** Size the file stays under, bytes. */
  mostBytes?: number;
}

/** No script, no network, no frames: only the page's own styles. */
export const reportPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** The report as one HTML file that needs nothing else; the raw result is inside. */
export function renderHtml(result: Result, options: HtmlOptions = {}): string {
  const { theme = 'system', print = false, mostBytes = 1_900_000 } = options;
  const shared = forSharing(result);
  const page = (embedded: EmbeddedResult | null): string =>
    renderPage(
      result.title,
      <>
        <ReportDocument result={shared} theme={theme} print={print} rawDataNote={rawDataNote(embedded)} />
        {embedded === null ? null : (
          <script type="application/json" id="cleave-result">
            {JSON.stringify(embedded).replaceAll('<', '\\u003c')}
          </script>
        )}
      </>,
    );
  const bare = new TextEncoder().encode(page(null)).length;
  return page(embedResult(shared, Math.max(10_000, mostBytes - bare - 2000)));
}

function rawDataNote(embedded: EmbeddedResult | null): string {
  const base =
    'The values of every round. The result itself is inside this file, in the element “cleave-result”, as deflated JSON in base64';
  return embedded === null || embedded.omitted.length === 0
    ? `${base}.`
    : `${base}; left out to keep the file small: ${embedded.omitted.join(', ')}.`;
}

/** A whole page around `children`, with the policy that keeps it from doing anything. */
export function renderPage(title: string, children: React.ReactNode): string {
  const markup = renderToStaticMarkup(
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content={reportPolicy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="Cleave" />
        <title>{forSharing(title)}</title>
        <style>
          {
            'html{background:#fff}body{margin:0}@media (prefers-color-scheme:dark){html:not(:has([data-theme="light"])){background:#14181f}}html:has([data-theme="dark"]){background:#14181f}@media print{html{background:#fff!important}}'
          }
        </style>
      </head>
      <body>{children}</body>
    </html>,
  );
  return `<!doctype html>${markup}\n`;
}
