import { Problem } from '../host-protocol/index.ts';

export interface AddressChecks {
  judge: (address: string) => Promise<{ problem: string | null; discovered: boolean }>;
  /** Asks the person in a dialog that the window cannot answer. */
  confirm: (address: string) => Promise<boolean>;
}

/**
 * Lets an address through that a window asks for: one that this system names itself, or one that the person confirms. Whoever answers there is
 * handed everything that runs, so the page alone is not believed. Throws a Problem otherwise.
 */
export async function assertTrusted(address: string, { judge, confirm }: AddressChecks): Promise<void> {
  const { problem, discovered } = await judge(address);
  if (problem !== null) throw new Problem('bad-arguments', `Field "engineAddress": ${problem}`);
  if (discovered || (await confirm(address))) return;
  throw new Problem('not-confirmed', 'The engine address was not changed.', 'Confirm it in the dialog to use it.');
}
