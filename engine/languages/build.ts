import { languageOf, languages, type Language } from '../model/index.ts';
import { buildGo } from './go/builder.ts';
import type { Builder, Program } from './program.ts';
import { buildPython } from './python/builder.ts';
import { buildTypeScript } from './typescript/builder.ts';

const builders: Readonly<Record<Language, Builder>> = {
  typescript: buildTypeScript,
  go: buildGo,
  python: buildPython,
};

/** Makes the program of every unit in its language, by name of the unit, in the units' order. Nothing is being made any more when it throws: Unbuildable, or the signal's reason. */
export const buildPrograms: Builder = async (order) => {
  const made = new Map<string, Program>();
  // One language after another: a compiler takes all processors, and what is in the way of one is told before the next begins.
  for (const language of languages) {
    const units = order.units.filter((unit) => languageOf(unit) === language);
    order.signal?.throwIfAborted();
    if (units.length > 0)
      for (const [name, program] of await builders[language]({ ...order, units })) made.set(name, program);
  }
  return new Map(
    order.units.flatMap(({ name }) => {
      const program = made.get(name);
      return program === undefined ? [] : [[name, program] as const];
    }),
  );
};
