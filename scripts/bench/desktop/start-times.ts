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
    await seen(page, 'h1');
    await twoFrames(page);
    const interactiveMs = performance.now() - from;
    if (!hasScenarios) return { interactiveMs, launchableMs: null };
    await seen(page, 'button[aria-label^="Launch "]');
    return { interactiveMs, launchableMs: performance.now() - from };
  } finally {
    await electron.close();
  }
}

function twoFrames(page: Page): Promise<unknown> {
  return page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** Looks at every frame: a locator would look again only half a second later. */
async function seen(page: Page, selector: string): Promise<void> {
  await page.waitForFunction((wanted) => document.querySelector(wanted) !== null, selector, { polling: 'raf' });
}
