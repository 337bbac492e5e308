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

/** One result, as a document. */
export class ResultPage {
  readonly page: Page;
  readonly title: Locator;

  constructor(page: Page) {
    this.page = page;
    this.title = page.getByRole('main').getByRole('heading', { level: 1 }).first();
  }

  /** Exports and returns the path of the written file. */
  async exportAs(app: RunningApp, format: ExportFormat): Promise<string> {
    const file = await answerSaveDialog(app, `report.${format}`);
    await this.page.getByRole('button', { name: 'Export' }).click();
    await this.page.getByRole('menuitem', { name: labels[format], exact: true }).click();
    await expect(this.page.getByText(`Exported to ${file}.`)).toBeVisible({ timeout: 60_000 });
    return file;
  }

  async exportFirstChart(app: RunningApp): Promise<string> {
    const file = await answerSaveDialog(app, 'chart.png');
    await this.page.getByRole('button', { name: 'Export' }).click();
    await this.page.getByRole('menuitem').nth(Object.keys(labels).length).click();
    await expect(this.page.getByText(`Saved to ${file}.`)).toBeVisible();
    return file;
  }
}
