import { moduleFault } from './module-fault.ts';

export const badReleaseUnready = moduleFault({
  kind: 'bad-release-unready',
  title: 'Bad release, unready',
  meaning: 'A new release of the module never passes its readiness check.',
  hook: 'unready',
});
