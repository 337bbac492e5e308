import { moduleFault } from './module-fault.ts';

export const badReleaseErrors = moduleFault({
  kind: 'bad-release-errors',
  title: 'Bad release, errors',
  meaning: 'A new release of the module passes its readiness check and then fails most calls.',
  hook: 'errors',
  parameters: (fault) => ({ share: fault.share ?? 0.9 }),
});
