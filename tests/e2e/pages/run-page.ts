import { expect, type Locator, type Page } from '@playwright/test';

/** The live run. */
export class RunPage {
  readonly page: Page;
  readonly now: Locator;
  readonly cancelButton: Locator;
  readonly readResult: Locator;

  constructor(page: Page) {
    this.page = page;
    this.now = page.getByRole('region', { name: 'Now', exact: true });
    this.cancelButton = page.getByRole('button', { name: 'Cancel run' });
    this.readResult = page.getByRole('button', { name: 'Read the result' });
  }

  /** Waits until the run has ended with a result, as long as a scenario may take on a busy machine. */
  async finished(timeout = 240_000): Promise<void> {
    await expect(this.readResult).toBeVisible({ timeout });
  }

  /** Waits until units are being loaded. */
  async measuring(timeout = 120_000): Promise<void> {
    await expect(this.now.getByRole('status')).toContainText(/Block 1/, { timeout });
  }

  async cancel(): Promise<void> {
    await this.cancelButton.click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click();
  }
}
