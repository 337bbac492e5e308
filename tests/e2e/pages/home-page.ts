import type { Locator, Page } from '@playwright/test';

/** The scenarios. */
export class HomePage {
  readonly page: Page;
  readonly cards: Locator;

  constructor(page: Page) {
    this.page = page;
    this.cards = page.getByRole('main').getByRole('article');
  }

  async launch(scenario: string | RegExp): Promise<void> {
    const title = typeof scenario === 'string' ? `Launch ${scenario}` : scenario;
    await this.page.getByRole('button', { name: title }).click();
    // Whatever else this machine does at the moment is not what is tested.
    const anyway = this.page.getByRole('button', { name: 'Run anyway' });
    const going = this.page.getByRole('region', { name: 'Now', exact: true });
    await anyway
      .or(going)
      .first()
      .waitFor({ timeout: 5000 })
      .catch(() => undefined);
    if (await anyway.isVisible()) await anyway.click();
  }
}
