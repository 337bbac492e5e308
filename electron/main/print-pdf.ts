import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BrowserWindow, session } from 'electron';
import { temporaryFolder } from '../../engine/files/index.ts';
import { Problem } from '../host-protocol/index.ts';
import { hardenSession } from './hardening.ts';

const limitMs = 60_000;

/** Prints a self-contained HTML document to PDF in a hidden window without scripts, bridge or network. */
export async function printPdf(html: string): Promise<Uint8Array> {
  const folder = await mkdtemp(path.join(temporaryFolder(), 'cleave-print-'));
  const file = path.join(folder, 'report.html');
  const partition = session.fromPartition('print', { cache: false });
  hardenSession(partition);
  partition.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !details.url.startsWith('file:') && !details.url.startsWith('data:') }),
  );
  const window = new BrowserWindow({
    show: false,
    width: 1100,
    height: 1400,
    webPreferences: {
      session: partition,
      javascript: false,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  });
  const timer = setTimeout(() => window.destroy(), limitMs);
  try {
    await writeFile(file, html);
    await window.loadFile(file);
    return await window.webContents.printToPDF({
      printBackground: true,
      pageSize: 'A4',
      generateTaggedPDF: true,
      margins: { top: 0.5, bottom: 0.7, left: 0.4, right: 0.4 },
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate:
        '<div style="width:100%;font:8px sans-serif;color:#555;text-align:center"><span class="pageNumber"></span> / <span class="totalPages"></span></div>',
    });
  } catch (error) {
    throw new Problem(
      'pdf-failed',
      'The report could not be printed to PDF.',
      'Export it as HTML and print that from a browser.',
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
    if (!window.isDestroyed()) window.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}
