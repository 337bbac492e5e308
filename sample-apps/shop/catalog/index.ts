import { defineModule } from '../../kit/index.ts';
import { createHandlers } from './api.ts';
import { catalogContract } from './contract.ts';
import { createLogic } from './logic.ts';
import { seedCatalog } from './seed.ts';
import { createStore, migrations } from './store.ts';

export const module = defineModule({
  contract: catalogContract,
  uses: {},
  migrations,
  seed: seedCatalog,
  create: ({ database }) => ({ handlers: createHandlers(createLogic(createStore(database))) }),
});
