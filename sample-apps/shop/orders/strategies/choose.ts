import type { Desk } from '../desk.ts';
import { createAcknowledgeBeforeCommit } from './acknowledge-before-commit.ts';
import { createDependable } from './dependable.ts';
import { createNaive } from './naive.ts';
import { createRetryWithoutKey } from './retry-without-key.ts';
import type { Strategy } from './strategy.ts';

/** The way to check out that the variant's settings ask for. */
export function chooseStrategy(desk: Desk): Strategy {
  switch (desk.settings.consistency) {
    case 'auto':
      return createDependable(desk);
    case 'naive':
      return createNaive(desk);
    case 'acknowledge-before-commit':
      return createAcknowledgeBeforeCommit(desk, createDependable(desk));
    case 'retry-without-key':
      return createRetryWithoutKey(desk);
  }
}
