import { defineModule } from '../../kit/index.ts';
import { catalogContract } from '../catalog/contract.ts';
import { createHandlers } from './api.ts';
import { cartContract } from './contract.ts';
import { createLogic } from './logic.ts';
import { createStore, migrations } from './store.ts';

export const module = defineModule({
  contract: cartContract,
  uses: { catalog: catalogContract },
  migrations,
  create: ({ clients, database }) => ({
    handlers: createHandlers(createLogic(createStore(database), clients.catalog)),
  }),
});
