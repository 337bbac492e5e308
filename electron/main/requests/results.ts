import type { FileFilter } from 'electron';
import type { ExportFormat } from '../../../engine/model/index.ts';
import { Problem } from '../../host-protocol/index.ts';
import { chooseFile, saveFile } from '../dialogs.ts';
import { printPdf } from '../print-pdf.ts';
import type { Context } from './context.ts';

const resultFilter: FileFilter = { name: 'Cleave result', extensions: ['cleave-result', 'json'] };
const filters: Record<ExportFormat, FileFilter> = {
  html: { name: 'HTML', extensions: ['html'] },
  pdf: { name: 'PDF', extensions: ['pdf'] },
  csv: { name: 'CSV', extensions: ['csv'] },
  json: { name: 'JSON', extensions: ['json'] },
  markdown: { name: 'Markdown', extensions: ['md'] },
};
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function registerResultRequests({ requests, host, reader, recorder, window }: Context): void {
  requests.handle('results:import', async () => {
    const path = await chooseFile(window(), resultFilter);
    return path === null ? null : reader.request('results:import-file', path);
  });
  requests.handle('results:export', async (id, format) => {
    const file = await (recorder.busy ? reader : host).request(
      'results:render',
      id,
      format === 'pdf' ? 'print' : format,
    );
    const content = format === 'pdf' ? await printPdf(file.content) : file.content;
    return saveFile(window(), { fileName: file.fileName, content, filter: filters[format] });
  });
  requests.handle('chart:export', async (name, dataUrl) => {
    const picture = Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64');
    if (!picture.subarray(0, pngSignature.length).equals(pngSignature))
      throw new Problem('bad-arguments', 'The chart is not a PNG picture.');
    return saveFile(window(), {
      fileName: `${name}.png`,
      content: picture,
      filter: { name: 'PNG', extensions: ['png'] },
    });
  });
}
