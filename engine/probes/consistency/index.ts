import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import type { ConsistencyMeasurement, LedgerEntry } from '../../model/index.ts';
import type { ProbeContext } from '../context.ts';
import { auditSchemas, type Books } from './books.ts';
import { checkBooks } from './checker.ts';

const pollMs = 250;

/**
 * Lets the deployment settle, asks every module for its books and compares them with what clients were told. The names of the
 * auditing modules come from the answers: a module that does not keep a book answers 404 to its audit.
 */
export async function measureConsistency(
  context: ProbeContext,
  ledger: readonly LedgerEntry[],
): Promise<ConsistencyMeasurement | null> {
  const settings = context.experiment.probes.consistency;
  if (settings === null) return null;
  const quiescedMs = await quiesce(context, settings.settleMs);
  const books = await collectBooks(context);
  return { ...checkBooks(ledger, books), quiescedMs };
}

/** Waits until every unit says that nothing is under way; null when some never did within `limitMs`. */
async function quiesce(context: ProbeContext, limitMs: number): Promise<number | null> {
  const { deployment, signal } = context;
  const from = performance.now();
  for (;;) {
    const answers = await Promise.all(deployment.units.map((unit) => deployment.control(unit.name).quiesce()));
    const elapsedMs = performance.now() - from;
    if (answers.every((answer) => answer.settled)) return elapsedMs;
    if (elapsedMs > limitMs) return null;
    await delay(pollMs, undefined, { signal });
  }
}

async function collectBooks({ deployment }: ProbeContext): Promise<Books> {
  const audit = async <T>(module: string, schema: z.ZodType<T>): Promise<T | null> => {
    if (!(module in deployment.application.modules)) return null;
    return deployment.control(deployment.unitHosting(module).name).audit(module, schema);
  };
  const orders = await audit('orders', auditSchemas.orders);
  const payments = await audit('payments', auditSchemas.payments);
  const stock = await audit('inventory', auditSchemas.stock);
  const notifications = await audit('notifications', auditSchemas.notifications);
  return {
    orders: orders?.orders ?? [],
    captures: payments?.captures ?? null,
    stock: stock === null ? null : { ...stock.stock, negative: stock.negative },
    sent: notifications?.sent ?? null,
  };
}
