import { expect, type Locator, type Page } from '@playwright/test';
import type { ExportFormat } from '../../../engine/model/index.ts';
import { answerSaveDialog } from '../support/dialogs.ts';
import type { RunningApp } from '../support/fixture.ts';

const labels: Record<ExportFormat, string> = {
  html: 'HTML page',
  pdf: 'PDF document',
  markdown: 'Markdown',
  csv: 'CSV table',
  json: 'JSON with all raw values',
};

/** One result, as a document. It has tens of thousands of elements, so nothing is looked for in the whole of it. */
export class ResultPage {
  readonly page: Page;
  readonly title: Locator;
  readonly #header: Locator;

  constructor(page: Page) {
    this.page = page;
    this.#header = page.locator('main header').first();
    this.title = this.#header.getByRole('heading', { level: 1 });
  }

  /** Exports and returns the path of the written file. */
  async exportAs(app: RunningApp, format: ExportFormat): Promise<string> {
    const file = await answerSaveDialog(app, `report.${format}`);
    await this.#choose((items) => items.filter({ hasText: labels[format] }));
    await this.#told(`Exported to ${file}.`);
    return file;
  }

  async exportFirstChart(app: RunningApp): Promise<string> {
    const file = await answerSaveDialog(app, 'chart.png');
    await this.#choose((items) => items.nth(Object.keys(labels).length));
    await this.#told(`Saved to ${file}.`);
    return file;
  }

  async #choose(which: (items: Locator) => Locator): Promise<void> {
    await this.#header.getByRole('button', { name: 'Export' }).click();
    await which(this.page.locator('#overlays').getByRole('menuitem')).click();
  }

  async #told(text: string): Promise<void> {
    const notes = this.page.locator('section[aria-label="Notes"]');
    await expect(notes.getByText(text)).toBeVisible({ timeout: 60_000 });
  }
}
