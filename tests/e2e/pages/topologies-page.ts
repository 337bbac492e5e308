import { expect, type Locator, type Page } from '@playwright/test';

/** The canvas of units and modules. */
export class TopologiesPage {
  readonly page: Page;
  readonly canvas: Locator;

  constructor(page: Page) {
    this.page = page;
    this.canvas = page.getByRole('group', { name: 'Cut canvas' });
  }

  async open(name: string): Promise<void> {
    await this.page.getByRole('link', { name: `Open ${name}`, exact: true }).click();
  }

  unit(name: string): Locator {
    return this.page.getByRole('group', { name: `Unit ${name}`, exact: true });
  }

  /** Takes a module on the canvas with the mouse and drops it in the middle of a unit. */
  async drag(module: string, unit: string): Promise<void> {
    const from = await boxOf(this.canvas.locator(`[data-id="module:${module}"]`));
    const to = await boxOf(this.canvas.locator(`[data-id="unit:${unit}"]`));
    const { mouse } = this.page;
    await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await mouse.down();
    await mouse.move(from.x + from.width / 2 + 12, from.y + from.height / 2 + 12);
    await mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 12 });
    await mouse.up();
  }

  async saveAs(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Save as' }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByRole('button', { name: 'Save' }).click();
  }

  async pick(name: string): Promise<void> {
    await this.page.getByRole('checkbox', { name: `Pick ${name} for a comparison` }).check();
  }
}

/** Where it is once it stays there: the canvas moves until it has fitted what it shows. */
async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  let box: Awaited<ReturnType<Locator['boundingBox']>> = null;
  await expect
    .poll(async () => {
      const before = JSON.stringify(box);
      box = await locator.boundingBox();
      return box !== null && JSON.stringify(box) === before;
    })
    .toBe(true);
  if (box === null) throw new Error('it is not on the canvas');
  return box;
}
