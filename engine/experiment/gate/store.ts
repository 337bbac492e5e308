import { databaseBudgets, type DatabaseBudget } from '../../deploy/index.ts';
import { decimalFigure, storeInWords, type GateCheck } from '../../model/index.ts';
import type { GateInputs, VariantFacts } from './facts.ts';
import { check, same } from './same.ts';

/** The same store, and what its servers get of each deployment's budget. */
export function sameStore(inputs: GateInputs): GateCheck {
  const found = same(
    inputs,
    'store',
    'Same store',
    (facts) => facts.variant.settings.store,
    (store) => storeInWords(store),
  );
  const lines = new Map<string, string[]>();
  for (const facts of inputs.variants) {
    const words = budgetInWords(facts);
    if (words !== null) lines.set(words, [...(lines.get(words) ?? []), facts.variant.name]);
  }
  if (lines.size === 0) return found;
  const alike = lines.size === 1 && [...lines.values()][0]?.length === inputs.variants.length;
  const budgets = [...lines].map(([words, names]) => (alike ? words : `${names.join(', ')}: ${words}`));
  return check('store', found.title, { status: found.status, detail: `${found.detail}; ${budgets.join('; ')}` });
}

function budgetInWords({ variant, storeMemoryBytes }: VariantFacts): string | null {
  if (storeMemoryBytes === null) return null;
  const budgets = databaseBudgets(variant, storeMemoryBytes);
  const [first] = budgets;
  if (first === undefined) return null;
  return `${said(budgets, ({ connectionsEach }) => connectionsEach)} connections an instance, ${said(budgets, ({ memoryBytes }) => memoryBytes, mebibytes)} of the memory${budgets.length === 1 ? '' : ' each'}, on the CPUs of the units`;
}

const mebibytes = (bytes: number): string => `${decimalFigure(bytes / 2 ** 20, 0)} MiB`;

/** One number where all servers have the same, else from the least to the most. */
function said(
  budgets: readonly DatabaseBudget[],
  read: (budget: DatabaseBudget) => number,
  words: (value: number) => string = String,
): string {
  const values = budgets.map(read);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? words(least) : `${words(least)} to ${words(most)}`;
}
