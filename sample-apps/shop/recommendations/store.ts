import { createRandom, seedFor, type CallContext, type Database, type Seed, type SeedWriter } from '../../kit/index.ts';
import { defaultProducts, productId } from '../shared/values.ts';

/** Length of the vector that stands for a product's taste. */
export const dimensions = 16;

export const migrations = [
  'CREATE TABLE recommendations_tastes (product_id TEXT PRIMARY KEY, position INTEGER NOT NULL, vector TEXT NOT NULL)',
];

export function seedTastes(writer: SeedWriter, seed: Seed): void {
  const random = createRandom(seedFor(seed.value, 'recommendations'));
  const rows = Array.from(
    { length: seed.sizes['products'] ?? defaultProducts },
    (_, index): [string, number, string] => {
      const vector = Array.from({ length: dimensions }, () => Math.round(random() * 2000 - 1000));
      return [productId(index + 1), index, vector.join(' ')];
    },
  );
  writer.insert('recommendations_tastes', ['product_id', 'position', 'vector'], rows);
}

export interface Tastes {
  readonly ids: readonly string[];
  readonly indexes: ReadonlyMap<string, number>;
  /** Row by row, `dimensions` numbers each. */
  readonly vectors: Float32Array;
}

export async function readTastes(database: Database, context: CallContext): Promise<Tastes> {
  const rows = await database.all<{ id: string; vector: string }>(
    context,
    'SELECT product_id AS id, vector FROM recommendations_tastes ORDER BY position',
  );
  const ids = rows.map(({ id }) => id);
  const vectors = new Float32Array(rows.length * dimensions);
  rows.forEach(({ vector }, row) => vectors.set(vector.split(' ').map(Number), row * dimensions));
  return { ids, indexes: new Map(ids.map((id, index) => [id, index])), vectors };
}
