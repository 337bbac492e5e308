import type { Page } from '@playwright/test';
import type { Envelope } from '../../../engine/model/index.ts';

/** Makes a request from the page with whatever arguments, right or wrong. */
export function request<T = unknown>(page: Page, name: string, ...args: unknown[]): Promise<Envelope<T>> {
  return page.evaluate(
    ({ name, args }) =>
      (window as unknown as { cleave: { request(name: string, ...args: unknown[]): Promise<unknown> } }).cleave.request(
        name,
        ...args,
      ),
    { name, args },
  ) as Promise<Envelope<T>>;
}

/** Makes a request that must succeed. */
export async function requested<T>(page: Page, name: string, ...args: unknown[]): Promise<T> {
  const envelope = await request<T>(page, name, ...args);
  if (!envelope.ok) throw new Error(`${name}: ${envelope.error.message}`);
  return envelope.value;
}
