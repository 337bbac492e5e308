import { expect, type Locator, type Page } from '@playwright/test';
import { pages, railPages, type RailPage } from '../../../engine/model/index.ts';

export type PageTitle = (typeof pages)[RailPage]['title'];

/** Titles of the pages of the rail, in order. */
export const railTitles: readonly PageTitle[] = railPages.map((page) => pages[page].title);

/** The rail, the status line and the palette: what every page has. */
export class ShellPage {
  readonly page: Page;
  readonly main: Locator;
  readonly engine: Locator;
  readonly engineProblem: Locator;

  constructor(page: Page) {
    this.page = page;
    this.main = page.getByRole('main');
    this.engine = page.getByRole('contentinfo').getByRole('button', { name: /^Engine:/ });
    this.engineProblem = page.getByRole('region', { name: 'Engine problem', exact: true });
  }

  async goTo(title: PageTitle): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: title }).click();
  }

  /** Waits until the page of that name shows its content. */
  async arrivedAt(title: PageTitle): Promise<void> {
    await expect(this.page).toHaveTitle(`${title} – Cleave`);
    await expect(this.main).toContainText(/\w{3}/);
  }

  heading(text: string | RegExp): Locator {
    return this.main.getByRole('heading', { level: 1, name: text });
  }

  /** Opens the command palette by its keys, types, and takes the first match. */
  async command(text: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    const box = this.page
      .getByRole('textbox', { name: 'Command palette' })
      .or(this.page.getByRole('searchbox', { name: 'Command palette' }));
    await box.fill(text);
    await this.page.keyboard.press('Enter');
  }
}
