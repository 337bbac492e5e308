import path from 'node:path';
import { app, dialog, type BrowserWindow, type FileFilter } from 'electron';
import { writeAtomically } from './files.ts';

/** Asks where to save, and saves. Null when the person cancelled; throws what the file system throws. */
export async function saveFile(
  window: BrowserWindow,
  file: { fileName: string; content: string | Uint8Array; filter: FileFilter },
): Promise<string | null> {
  const answer = await dialog.showSaveDialog(window, {
    defaultPath: path.join(app.getPath('documents'), safeFileName(file.fileName)),
    filters: [file.filter],
  });
  if (answer.canceled || answer.filePath === '') return null;
  writeAtomically(answer.filePath, file.content);
  return answer.filePath;
}

/** Asks for one file to open. Null when the person cancelled. */
export async function chooseFile(window: BrowserWindow, filter: FileFilter): Promise<string | null> {
  const answer = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    filters: [filter, { name: 'All files', extensions: ['*'] }],
  });
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}

/** Asks for a folder, which may be made new. Null when the person cancelled. */
export async function chooseFolder(window: BrowserWindow): Promise<string | null> {
  const answer = await dialog.showOpenDialog(window, { properties: ['openDirectory', 'createDirectory'] });
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}

/** A file name that every file system takes. Pure. */
export function safeFileName(name: string): string {
  const safe = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replace(/^[. -]+/, '')
    .slice(0, 120);
  return safe === '' ? 'cleave' : safe;
}
