import path from 'node:path';
import { app, dialog, type BrowserWindow, type FileFilter } from 'electron';
import { replaceFile } from '../../engine/files/index.ts';
import type { Leaving } from './quit.ts';

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
  await replaceFile(answer.filePath, file.content);
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

const openable: FileFilter = { name: 'Cleave files', extensions: ['cleave', 'cleave-result', 'json', 'yaml', 'yml'] };

/** Asks for files of any kind of ours; none when the person cancelled. */
export async function chooseFiles(window: BrowserWindow): Promise<string[]> {
  const answer = await dialog.showOpenDialog(window, {
    properties: ['openFile', 'multiSelections'],
    filters: [openable, { name: 'All files', extensions: ['*'] }],
  });
  return answer.canceled ? [] : answer.filePaths;
}

/** Asks for a folder, which may be made new. Null when the person cancelled. */
export async function chooseFolder(window: BrowserWindow): Promise<string | null> {
  const answer = await dialog.showOpenDialog(window, { properties: ['openDirectory', 'createDirectory'] });
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}

/** Asks whether an engine that this system does not name itself is to be used. */
export async function confirmEngine(window: BrowserWindow, address: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    buttons: ['Use this engine', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
    message: `Use the container engine at ${address}?`,
    detail:
      'It is not one that Cleave finds on this machine by itself. Whoever answers there sees and runs everything that Cleave deploys.',
  });
  return response === 0;
}

/** Says which files could not be opened, and why. */
export async function tellRefused(
  window: BrowserWindow,
  refusals: readonly { name: string; why: string }[],
): Promise<void> {
  const [first] = refusals;
  await dialog.showMessageBox(window, {
    type: 'error',
    buttons: ['OK'],
    noLink: true,
    message:
      refusals.length === 1
        ? `${first?.name ?? 'The file'} could not be opened.`
        : `${refusals.length} files could not be opened.`,
    detail: refusals.map(({ why }) => why).join('\n'),
  });
}

const leavings = ['keep-running', 'cancel-and-quit', 'back'] as const satisfies readonly Leaving[];

/** Asks what becomes of the run when its window is closed. */
export async function askToLeave(window: BrowserWindow): Promise<Leaving> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    buttons: ['Keep running in the background', 'Cancel the run and quit', 'Back'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
    message: 'An experiment is running.',
    detail:
      'In the background it goes on without the window, and a notification says when it has ended; start Cleave again to see it. Cancelled, it keeps the rounds that have finished.',
  });
  return leavings[response] ?? 'back';
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
