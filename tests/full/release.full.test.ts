import { describe } from 'vitest';
import { describeWithEngine } from '../support/engine.ts';
import { releasedShop } from '../support/released-shop.ts';

describe.each(['monolith', 'microservices'])('%s', (cut) => {
  describeWithEngine('every release to containers', () => releasedShop('docker', cut, 'all'));
});
