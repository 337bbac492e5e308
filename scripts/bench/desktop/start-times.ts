import type { ElectronApplication, Page } from 'playwright-core';

/** When a program that was just started could be used, ms after the start of its process. */
export interface StartTimes {
  /** The page has drawn its heading and two further frames: it answers to mouse and keys. */
  interactiveMs: number;
  /** The first scenario can be launched; null for a program without one. */
  launchableMs: number | null;
}

/** Starts a program, times it and ends it. */
export async function timeStart(
  launch: () => Promise<ElectronApplication>,
  hasScenarios: boolean,
): Promise<StartTimes> {
  const from = performance.now();
  const electron = await launch();
  try {
    const page = await electron.firstWindow();
    await page.locator('h1').first().waitFor();
    await twoFrames(page);
    const interactiveMs = performance.now() - from;
    if (!hasScenarios) return { interactiveMs, launchableMs: null };
    await page
      .getByRole('button', { name: /^Launch / })
      .first()
      .waitFor();
    return { interactiveMs, launchableMs: performance.now() - from };
  } finally {
    await electron.close();
  }
}

function twoFrames(page: Page): Promise<unknown> {
  return page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}
