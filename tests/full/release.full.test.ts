import { describeWithEngine } from '../support/engine.ts';
import { releasedShop } from '../support/released-shop.ts';

describeWithEngine('every release to eight containers', () => releasedShop('docker', 'microservices', 'all'));
