import { defineModule } from '../../kit/index.ts';
import { cartContract } from '../cart/contract.ts';
import { catalogContract } from '../catalog/contract.ts';
import { inventoryContract } from '../inventory/contract.ts';
import { ordersContract } from '../orders/contract.ts';
import { recommendationsContract } from '../recommendations/contract.ts';
import { apiRoutes } from './api-routes.ts';
import { storefrontContract } from './contract.ts';
import { createLogic } from './logic.ts';
import { pageRoutes } from './page-routes.ts';

export const module = defineModule({
  contract: storefrontContract,
  uses: {
    catalog: catalogContract,
    recommendations: recommendationsContract,
    cart: cartContract,
    inventory: inventoryContract,
    orders: ordersContract,
  },
  create({ clients, settings, degrade }) {
    const logic = createLogic(clients, settings, degrade);
    return { handlers: {}, routes: [...pageRoutes(logic), ...apiRoutes(logic)] };
  },
});
