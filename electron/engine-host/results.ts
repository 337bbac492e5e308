import type { Result, ResultSummary } from '../../engine/model/index.ts';
import {
  getResult,
  importResult,
  listResults,
  noteResult,
  renameResult,
  tagResult,
  trashResult,
} from '../../engine/storage/index.ts';
import type { ExportedFile, RenderedFormat } from '../host-protocol/index.ts';

/** The stored results as the window sees them. */
export interface Results {
  list(): Promise<ResultSummary[]>;
  get(id: string): Promise<Result>;
  rename(id: string, title: string): Promise<ResultSummary>;
  tag(id: string, tags: string[]): Promise<ResultSummary>;
  note(id: string, notes: string): Promise<ResultSummary>;
  trash(id: string): Promise<void>;
  importFile(file: string): Promise<ResultSummary & { isNew: boolean }>;
  /** The result as a document in one of the text forms; `print` is HTML with everything unfolded, for paper. */
  render(id: string, format: RenderedFormat): Promise<ExportedFile>;
}

/** `onChange` hears of every change, `onDamaged` of stored results that cannot be read. */
export function openResults(
  dataDirectory: () => string,
  onChange: () => void,
  onDamaged: (id: string, problem: string) => void,
): Results {
  const announced = async <T>(work: Promise<T>): Promise<T> => {
    const value = await work;
    onChange();
    return value;
  };
  const get = async (id: string) => {
    // Large, and not needed to open the window.
    const { computeFindings } = await import('../../engine/evaluation/index.ts');
    return getResult(dataDirectory(), id, computeFindings);
  };
  return {
    list: () => listResults(dataDirectory(), onDamaged),
    get,
    rename: (id, title) => announced(renameResult(dataDirectory(), id, title)),
    tag: (id, tags) => announced(tagResult(dataDirectory(), id, tags)),
    note: (id, notes) => announced(noteResult(dataDirectory(), id, notes)),
    trash: (id) => announced(trashResult(dataDirectory(), id)),
    importFile: (file) => announced(importResult(dataDirectory(), file)),
    render: async (id, format) => {
      const result = await get(id);
      const { exporterOf, renderHtml } = await import('../../report/index.ts');
      if (format === 'print')
        return { fileName: `${result.title}.pdf`, content: renderHtml(result, { theme: 'light', print: true }) };
      const exporter = exporterOf(format);
      return { fileName: `${result.title}.${exporter.extension}`, content: exporter.render(result) };
    },
  };
}
