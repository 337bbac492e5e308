import { describe } from 'vitest';
import { releasedShop } from '../support/released-shop.ts';

const some = [
  'unknown-product-is-named',
  'prices-have-a-currency',
  'orders-know-their-channel',
  'inventory-waits-for-a-table',
];

describe('a release to processes', () => releasedShop('process', 'microservices', some));
