import type { Page } from '@playwright/test';

/** Counts what a person clicks in the window from now on, until the page is loaded anew. */
export async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = globalThis as unknown as { clicks: number };
    counted.clicks = 0;
    // Keys make clicks, too, which are none of the mouse and carry no number.
    window.addEventListener('click', ({ detail }) => (counted.clicks += detail > 0 ? 1 : 0), { capture: true });
  });
  return () => page.evaluate(() => (globalThis as unknown as { clicks: number }).clicks);
}
