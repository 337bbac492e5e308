import type { Locator, Page } from '@playwright/test';

/** What modules offer, who calls whom, and what a running cut answers. */
export class ApisPage {
  readonly page: Page;
  readonly cut: Locator;
  readonly module: Locator;
  readonly calls: Locator;
  readonly ask: Locator;
  readonly askMany: Locator;
  readonly answer: Locator;
  readonly times: Locator;
  readonly readDocument: Locator;
  readonly document: Locator;

  constructor(page: Page) {
    this.page = page;
    const main = page.getByRole('main');
    this.cut = main.getByRole('combobox', { name: 'Cut' });
    this.module = main.getByRole('combobox', { name: 'Module' });
    this.calls = main.getByRole('table', { name: /^Calls between the modules of / });
    this.ask = main.getByRole('button', { name: 'Ask', exact: true });
    this.askMany = main.getByRole('button', { name: /^Ask \d+ times$/ });
    this.answer = main.getByRole('group', { name: 'What was answered' });
    this.readDocument = main.getByRole('button', { name: /^Read (the document|it again)$/ });
    this.document = main.getByRole('group', { name: 'Parts of the document' });
    this.times = main.getByRole('group', { name: 'Times by cut' });
  }

  /** Shows an operation of a module. */
  async show(module: string, operation: string): Promise<void> {
    await this.module.selectOption(module);
    await this.page.getByRole('button', { name: operation, exact: true }).click();
  }
}
