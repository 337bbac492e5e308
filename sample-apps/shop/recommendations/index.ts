import { defineModule } from '../../kit/index.ts';
import { createHandlers } from './api.ts';
import { recommendationsContract } from './contract.ts';
import { migrations, seedTastes } from './store.ts';

const defaultWork = 5;

export const module = defineModule({
  contract: recommendationsContract,
  uses: {},
  migrations,
  seed: seedTastes,
  create: ({ database, tunable }) => ({
    handlers: createHandlers(database, tunable('recommendation-work', defaultWork)),
  }),
});
