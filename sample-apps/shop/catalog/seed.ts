import { createRandom, seedFor, type Random, type Seed, type SeedWriter } from '../../kit/index.ts';
import { defaultProducts, productId } from '../shared/values.ts';
import type { Product } from './contract.ts';
import { terms } from './terms.ts';
import { categories, characters, materials } from './words.ts';

function pick<T>(values: readonly T[], random: Random): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

/** The seeded products: the same seed and size give the same ones. */
export function* seededProducts(seed: Seed): Generator<Product> {
  const random = createRandom(seedFor(seed.value, 'catalog'));
  const names = Object.keys(categories);
  for (let index = 1; index <= (seed.sizes['products'] ?? defaultProducts); index++) {
    const category = pick(names, random);
    const thing = pick(categories[category] ?? [], random);
    const material = pick(materials, random);
    const character = pick(characters, random);
    yield {
      id: productId(index),
      name: `${character.charAt(0).toUpperCase()}${character.slice(1)} ${material} ${thing}`,
      category,
      description: `A ${character} ${thing} in ${material}, number ${index} of our ${category} range.`,
      priceCents: 300 + Math.floor(random() * 120) * 50 + 45,
    };
  }
}

export function seedCatalog(writer: SeedWriter, seed: Seed): void {
  const products = [...seededProducts(seed)];
  writer.insert(
    'catalog_products',
    ['id', 'position', 'name', 'category', 'description', 'price_cents'],
    products.map((product, position) => [
      product.id,
      position,
      product.name,
      product.category,
      product.description,
      product.priceCents,
    ]),
  );
  writer.insert('catalog_terms', ['term', 'product_id', 'position'], termRows(products));
}

function* termRows(products: readonly Product[]): Generator<[string, string, number]> {
  for (const [position, product] of products.entries()) {
    for (const term of terms(`${product.name} ${product.category}`)) yield [term, product.id, position];
  }
}
