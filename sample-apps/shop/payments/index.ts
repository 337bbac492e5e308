import { createRandom, defineModule, seedFor, systemContext } from '../../kit/index.ts';
import { createHandlers } from './api.ts';
import { paymentsContract } from './contract.ts';
import { createLogic } from './logic.ts';
import { createProvider } from './provider.ts';
import { createStore, migrations } from './store.ts';

const defaultLatencyMs = 10;

export const module = defineModule({
  contract: paymentsContract,
  uses: {},
  migrations,
  create({ database, tunable, seed, assertProviderReachable }) {
    const random = createRandom(seedFor(seed.value, 'payments'));
    const provider = createProvider(tunable('provider-latency', defaultLatencyMs), random, assertProviderReachable);
    const logic = createLogic(createStore(database), provider);
    return { handlers: createHandlers(logic), audit: () => logic.audit(systemContext) };
  },
});
