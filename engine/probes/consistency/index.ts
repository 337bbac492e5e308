import type { z } from 'zod';
import type { Book, ConsistencyMeasurement, LedgerEntry } from '../../model/index.ts';
import type { ProbeContext } from '../context.ts';
import type { RunProbe } from '../run.ts';
import { auditSchemas, type Books } from './books.ts';
import { checkBooks } from './checker.ts';

const pollMs = 250;

export const runConsistency: RunProbe = async ({ context, round, step }) => {
  if (context.experiment.probes.consistency === null) return;
  round.consistency = await step('Check the books', () => measureConsistency(context, context.ledger));
};

/**
 * Lets the deployment settle, asks the modules that keep books, by the manifest, for them, and compares them with what clients were told.
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
  const { clock } = deployment;
  const from = clock.monotonicMs();
  for (;;) {
    const answers = await Promise.all(
      deployment.units.map((unit) => deployment.control(unit.name, unit.instance).quiesce()),
    );
    const elapsedMs = clock.monotonicMs() - from;
    if (answers.every((answer) => answer.settled)) return elapsedMs;
    if (elapsedMs > limitMs) return null;
    await clock.delay(pollMs, signal);
  }
}

async function collectBooks({ deployment }: ProbeContext): Promise<Books> {
  const modules = Object.entries(deployment.application.modules);
  const audit = async <T>(book: Book, schema: z.ZodType<T>): Promise<T | null> => {
    const keeper = modules.find(([, { keeps }]) => keeps.includes(book))?.[0];
    if (keeper === undefined) return null;
    return deployment.control(deployment.unitHosting(keeper).name).audit(keeper, schema);
  };
  const orders = await audit('orders', auditSchemas.orders);
  const payments = await audit('payments', auditSchemas.payments);
  const stock = await audit('stock', auditSchemas.stock);
  const notifications = await audit('notifications', auditSchemas.notifications);
  return {
    orders: orders?.orders ?? [],
    captures: payments?.captures ?? null,
    stock: stock === null ? null : { ...stock.stock, negative: stock.negative },
    sent: notifications?.sent ?? null,
  };
}
