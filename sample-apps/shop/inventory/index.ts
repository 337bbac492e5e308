import { defineModule, systemContext } from '../../kit/index.ts';
import { createHandlers } from './api.ts';
import { inventoryContract } from './contract.ts';
import { createLogic } from './logic.ts';
import { createStore, migrations, seedStock } from './store.ts';

export const module = defineModule({
  contract: inventoryContract,
  uses: {},
  migrations,
  seed: seedStock,
  create({ database }) {
    const logic = createLogic(createStore(database));
    return { handlers: createHandlers(logic), audit: () => logic.audit(systemContext) };
  },
});
