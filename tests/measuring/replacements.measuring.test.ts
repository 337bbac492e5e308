import { describe } from 'vitest';
import { describeWithEngine } from '../support/engine.ts';
import { replacedShop } from '../support/replaced-shop.ts';

const some = { cuts: ['monolith', 'macroservices', 'microservices'], times: 5 };

describe('units replaced under load, as processes', () => replacedShop('process', some));
describeWithEngine('units replaced under load, in containers', () => replacedShop('docker', some));
