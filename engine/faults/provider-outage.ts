import { moduleFault } from './module-fault.ts';

export const providerOutage = moduleFault({
  kind: 'provider-outage',
  title: 'Provider outage',
  meaning: 'The outside service that the module depends on does not answer.',
});
