import { dimensions, type Tastes } from './store.ts';

/**
 * The products whose taste is nearest to the given ones (largest dot product with their mean). `work` is how often all products
 * are scored (at least once): the tunable amount of processor time of a request.
 */
export function recommend(tastes: Tastes, productIds: readonly string[], limit: number, work: number): string[] {
  const wanted = meanTaste(tastes, productIds);
  const scores = new Float32Array(tastes.ids.length);
  for (let pass = 0; pass < Math.max(1, work); pass++) scoreAll(tastes.vectors, wanted, scores);
  return best(scores, limit, new Set(productIds), tastes.ids);
}

function meanTaste({ vectors, indexes }: Tastes, productIds: readonly string[]): Float32Array {
  const mean = new Float32Array(dimensions);
  const known = productIds.flatMap((id) => indexes.get(id) ?? []);
  for (const index of known.length === 0 ? [0] : known) {
    for (let axis = 0; axis < dimensions; axis++)
      mean[axis] = (mean[axis] ?? 0) + (vectors[index * dimensions + axis] ?? 0);
  }
  return mean;
}

function scoreAll(vectors: Float32Array, wanted: Float32Array, scores: Float32Array): void {
  for (let row = 0; row < scores.length; row++) {
    let score = 0;
    for (let axis = 0; axis < dimensions; axis++)
      score += (vectors[row * dimensions + axis] as number) * (wanted[axis] as number);
    scores[row] = score;
  }
}

function best(scores: Float32Array, limit: number, without: ReadonlySet<string>, ids: readonly string[]): string[] {
  const top: { id: string; score: number }[] = [];
  for (const [row, id] of ids.entries()) {
    const score = scores[row] ?? 0;
    const last = top.at(-1);
    if ((top.length >= limit && last !== undefined && score <= last.score) || without.has(id)) continue;
    const place = top.findIndex((other) => other.score < score);
    top.splice(place === -1 ? top.length : place, 0, { id, score });
    if (top.length > limit) top.pop();
  }
  return top.map(({ id }) => id);
}
