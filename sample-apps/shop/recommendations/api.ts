import { systemContext, type Database, type Handlers } from '../../kit/index.ts';
import type { recommendationsContract } from './contract.ts';
import { recommend } from './logic.ts';
import { readTastes, type Tastes } from './store.ts';

/** `work`: passes over all products per request. The tastes never change after seeding, so they are read once. */
export function createHandlers(database: Database, work: number): Handlers<typeof recommendationsContract> {
  let tastes: Tastes | undefined;
  return {
    async recommend({ productIds, limit }) {
      tastes ??= await readTastes(database, systemContext);
      return { productIds: recommend(tastes, productIds, limit, work) };
    },
  };
}
