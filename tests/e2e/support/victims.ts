import { requested } from './bridge.ts';
import { answerQuestions } from './dialogs.ts';
import { expect, type RunningApp } from './fixture.ts';

/** Kills one of the processes and answers a program in which the window can be asked again. */
export type Victim = (app: RunningApp) => Promise<RunningApp>;

/** The page is loaded again by itself; because it is lost to the driver by then, the program is ended and started again. */
export const killPage: Victim = async (app) => {
  await app.electron.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents;
    const back = new Promise<void>((resolve) => {
      contents.once('render-process-gone', () => void contents.once('did-finish-load', () => resolve()));
    });
    contents.forcefullyCrashRenderer();
    await back;
  });
  // A run goes on without the page; it is cancelled as a person would.
  await answerQuestions(app, 1);
  return app.restart();
};

export const killMain: Victim = async (app) => {
  const ended = new Promise((resolve) => void app.electron.process().once('exit', resolve));
  app.electron.process().kill('SIGKILL');
  await ended;
  return app.restart();
};

/** It is started again by itself, or by the next question. */
export const killHost: Victim = async (app) => {
  const before = await hostPid(app);
  process.kill(before, 'SIGKILL');
  await expect.poll(() => hostPid(app), { timeout: 30_000 }).not.toBe(before);
  await expect
    .poll(
      () =>
        requested(app.page, 'results:list').then(
          () => true,
          () => false,
        ),
      { timeout: 30_000 },
    )
    .toBe(true);
  return app;
};

async function hostPid({ electron, page }: RunningApp): Promise<number> {
  // The first question starts it.
  await requested(page, 'engine:status').catch(() => undefined);
  return electron.evaluate(
    ({ app }) =>
      app.getAppMetrics().find((metric) => metric.name === 'Cleave engine' || metric.serviceName === 'Cleave engine')
        ?.pid ?? 0,
  );
}
