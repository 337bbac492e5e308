import { describe } from 'vitest';
import { releasedShop, someChanges } from '../support/released-shop.ts';

describe('a release to processes', () => releasedShop('process', 'microservices', someChanges));
