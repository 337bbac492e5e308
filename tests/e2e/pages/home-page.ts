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
  }
}
