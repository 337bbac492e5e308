import { defineModule, systemContext } from '../../kit/index.ts';
import { createHandlers } from './api.ts';
import { notificationsContract } from './contract.ts';
import { createLogic } from './logic.ts';
import { createStore, migrations } from './store.ts';

export const module = defineModule({
  contract: notificationsContract,
  uses: {},
  migrations,
  create({ database }) {
    const logic = createLogic(createStore(database));
    return { handlers: createHandlers(logic), audit: () => logic.audit(systemContext) };
  },
});
