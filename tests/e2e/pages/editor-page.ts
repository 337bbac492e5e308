import { expect, type Locator, type Page } from '@playwright/test';
import { answerSaveDialog } from '../support/dialogs.ts';
import type { RunningApp } from '../support/fixture.ts';

/** The form of an experiment. */
export class EditorPage {
  readonly page: Page;
  readonly launch: Locator;

  constructor(page: Page) {
    this.page = page;
    this.launch = page.getByRole('main').getByRole('button', { name: 'Launch', exact: true });
  }

  variant(number: number): Locator {
    return this.page.getByRole('group', { name: `Variant ${number}`, exact: true });
  }

  /** Unfolds a part of a variant. */
  async unfold(number: number, title: string): Promise<void> {
    await this.variant(number).locator('summary').filter({ hasText: title }).click();
  }

  /** Turns the switch whose name begins so; what it does may follow. */
  async turn(name: string): Promise<void> {
    await this.page.getByRole('switch', { name: new RegExp(`^${name}`) }).press('Space');
  }

  field(name: string): Locator {
    return this.page.getByRole('textbox', { name, exact: true });
  }

  select(name: string): Locator {
    return this.page.getByRole('combobox', { name, exact: true });
  }

  async choose(name: string, option: string): Promise<void> {
    await this.select(name).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  /** What the form says at a field, with plain spaces. */
  async mistakeAt(name: string): Promise<string> {
    const field = this.field(name);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    const described = (await field.getAttribute('aria-describedby')) ?? '';
    const texts = await Promise.all(
      described
        .split(' ')
        .filter((id) => id.endsWith('-error'))
        .map((id) => this.page.locator(`[id="${id}"]`).innerText()),
    );
    return texts.join(' ').replaceAll('\u00a0', ' ');
  }

  async exportTo(app: RunningApp, name: string): Promise<string> {
    const file = await answerSaveDialog(app, name);
    await this.page.getByRole('button', { name: 'More', exact: true }).click();
    await this.page.getByRole('menuitem', { name: 'Export for the command line' }).click();
    await expect(this.page.getByText(`Exported to ${file}.`)).toBeVisible();
    return file;
  }
}
