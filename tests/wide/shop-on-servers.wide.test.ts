import { describe } from 'vitest';
import { describeWithEngine } from '../support/engine.ts';
import { shopOnServers } from '../support/shop-on-servers.ts';

const places = (['monolith', 'macroservices', 'microservices'] as const).flatMap((cut) =>
  (['postgres', 'postgres-per-unit'] as const).map((store) => [cut, store] as const),
);

describe('the shop with its data on servers, as processes', () => shopOnServers('process', places));
describeWithEngine('the shop with its data on servers, in containers', () => shopOnServers('docker', places));
