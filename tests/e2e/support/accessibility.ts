import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds on the page as it stands, of every level, a line each; with `parts` only in these. */
export async function findings(page: Page, parts: readonly string[] = []): Promise<string[]> {
  const whole = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await parts.reduce((axe, part) => axe.include(part), whole).analyze();
  return violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map((node) => `${impact ?? 'unknown'} ${id}: ${help} — ${node.target.join(' ')}`),
  );
}
