import { describe } from 'vitest';
import { describeWithEngine } from '../support/engine.ts';
import { releasedShop } from '../support/released-shop.ts';

describe('every release to processes', () => releasedShop('process', 'microservices', 'all'));
describeWithEngine('every release to one container', () => releasedShop('docker', 'monolith', 'all'));
