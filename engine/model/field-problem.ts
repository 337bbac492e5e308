/** Something that keeps a file from being used: the field where it can be mended, dotted, and what is wrong with it, one clause. */
export interface FieldProblem {
  path: string;
  problem: string;
}

/** A problem for each name that stands in a list more than once; `pathOf` says where the entry is. */
export function repeatedNames(names: readonly string[], pathOf: (index: number) => string): FieldProblem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index ? [] : [{ path: pathOf(index), problem: `"${name}" is there twice; allowed: once` }],
  );
}
