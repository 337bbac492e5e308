import { describe, vi } from 'vitest';
import { describeWithEngine } from '../support/engine.ts';
import { replacedShop } from '../support/replaced-shop.ts';

vi.setConfig({ testTimeout: 3_600_000 });
const many = { cuts: ['monolith', 'macroservices', 'microservices'], times: 100 };

describe('units replaced a hundred times under load, as processes', () => replacedShop('process', many));
describeWithEngine('units replaced a hundred times under load, in containers', () => replacedShop('docker', many));
