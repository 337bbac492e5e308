import { renderHtml } from '../html.tsx';
import type { Exporter } from './exporter.ts';

/** The document on its own, raw data inside. */
export const htmlExporter: Exporter = {
  name: 'html',
  extension: 'html',
  mediaType: 'text/html',
  render: (result) => renderHtml(result),
};
