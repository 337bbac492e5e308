import { describe } from 'vitest';
import { releasedShop } from '../support/released-shop.ts';

describe('every release to processes', () => releasedShop('process', 'microservices', 'all'));
