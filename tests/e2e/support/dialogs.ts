import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { RunningApp } from './fixture.ts';

/** The next save dialogs answer with this file, which the test then finds. */
export async function answerSaveDialog({ electron, saved }: RunningApp, name: string): Promise<string> {
  await mkdir(saved, { recursive: true });
  const file = path.join(saved, name);
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  return file;
}

/** The next open dialogs answer with this file. */
export async function answerOpenDialog({ electron }: RunningApp, file: string): Promise<void> {
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
}

/** The next questions are answered with the button of that place; returns what was asked. */
export async function answerQuestions({ electron }: RunningApp, button: number): Promise<() => Promise<string[]>> {
  await electron.evaluate(({ dialog }, response) => {
    const asked: string[] = [];
    (globalThis as unknown as { asked: string[] }).asked = asked;
    dialog.showMessageBox = (...args: unknown[]) => {
      const options = args.at(-1) as { message: string };
      asked.push(options.message);
      return Promise.resolve({ response, checkboxChecked: false });
    };
  }, button);
  return () => electron.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
}

/** How often a notification was shown from now on; none is put on the screen. */
export async function countNotifications({ electron }: RunningApp): Promise<() => Promise<number>> {
  await electron.evaluate(({ Notification }) => {
    const counted = globalThis as unknown as { notified: number };
    counted.notified = 0;
    Notification.isSupported = () => true;
    Notification.prototype.show = () => {
      counted.notified += 1;
    };
  });
  return () => electron.evaluate(() => (globalThis as unknown as { notified: number }).notified);
}
