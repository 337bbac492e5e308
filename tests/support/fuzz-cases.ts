/** How many texts each reader is given: what `CLEAVE_FUZZ` says (1 to 10,000,000), else `usual`. */
export function fuzzCases(usual: number): number {
  const said = process.env['CLEAVE_FUZZ'] ?? '';
  if (said.trim() === '') return usual;
  const cases = Number(said);
  if (!Number.isInteger(cases) || cases < 1 || cases > 10_000_000)
    throw new Error(`CLEAVE_FUZZ: "${said}" is no number of cases; allowed: 1 to 10,000,000`);
  return cases;
}
