import { describe } from 'vitest';
import { describeWithEngine } from '../support/engine.ts';
import { shopOnServers } from '../support/shop-on-servers.ts';

// Every cut on both stores and both runtimes is in tests/wide.
describe('the shop with its data on servers, as processes', () =>
  shopOnServers('process', [['macroservices', 'postgres']]));
describeWithEngine('the shop with its data on servers, in containers', () =>
  shopOnServers('docker', [['macroservices', 'postgres-per-unit']]),
);
