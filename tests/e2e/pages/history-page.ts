import type { Locator, Page } from '@playwright/test';

/** Every result. */
export class HistoryPage {
  readonly page: Page;
  readonly results: Locator;
  readonly search: Locator;

  constructor(page: Page) {
    this.page = page;
    this.results = page.getByRole('main').getByRole('link', { name: /^Open / });
    this.search = page.getByRole('textbox', { name: 'Search results' });
  }

  async pick(index: number): Promise<void> {
    await this.page
      .getByRole('checkbox', { name: /^Pick / })
      .nth(index)
      .check();
  }

  async comparePicked(): Promise<void> {
    await this.page.getByRole('button', { name: 'Compare picked' }).click();
  }

  async rename(title: string, next: string): Promise<void> {
    await this.page
      .getByRole('button', { name: `More for ${title}` })
      .first()
      .click();
    await this.page.getByRole('menuitem', { name: 'Rename' }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('textbox').fill(next);
    await this.page.keyboard.press('Enter');
  }

  async tag(title: string, tag: string): Promise<void> {
    await this.page
      .getByRole('button', { name: `More for ${title}` })
      .first()
      .click();
    await this.page.getByRole('menuitem', { name: 'Tags' }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Tags' }).fill(tag);
    await this.page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Save' }).click();
  }

  async note(title: string, notes: string): Promise<void> {
    await this.page
      .getByRole('button', { name: `More for ${title}` })
      .first()
      .click();
    await this.page.getByRole('menuitem', { name: 'Notes' }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Notes' }).fill(notes);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  async filterByTag(tag: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Filter by tags' }).click();
    await this.page.getByRole('option', { name: new RegExp(`^${tag} `) }).click();
    await this.page.keyboard.press('Escape');
  }

  async moveToTrash(title: string): Promise<void> {
    await this.page
      .getByRole('button', { name: `More for ${title}` })
      .first()
      .click();
    await this.page.getByRole('menuitem', { name: 'Move to trash' }).click();
  }
}
