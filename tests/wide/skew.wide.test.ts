import { describe } from 'vitest';
import { skewedShop } from '../support/skewed-shop.ts';

describe('a change that is half there, in processes', () => skewedShop('process'));
