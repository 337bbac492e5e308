/** Moves labels apart so that neighbours are at least `gap` from each other; the order stays. */
export function spread(positions: readonly number[], gap: number): number[] {
  const order = positions.map((at, index) => ({ at, index })).sort((one, other) => one.at - other.at);
  for (let pass = 0; pass < 40; pass += 1) {
    for (let index = 1; index < order.length; index += 1) {
      const [upper, lower] = [order[index - 1], order[index]];
      if (upper === undefined || lower === undefined) continue;
      const overlap = gap - (lower.at - upper.at);
      if (overlap > 0) {
        upper.at -= overlap / 2;
        lower.at += overlap / 2;
      }
    }
  }
  const moved: number[] = [];
  for (const { at, index } of order) moved[index] = at;
  return moved;
}
