import { describe } from 'vitest';
import { booksUnderFaults, plantedBugs } from '../support/books-under-faults.ts';

// That nothing is lost there, also when the servers themselves are broken, is in shop-on-servers.
describe('the books on a server of the store, in the process runtime', () => {
  for (const cut of ['monolith', 'macroservices', 'microservices'])
    booksUnderFaults('process', cut, { strategies: plantedBugs, store: 'postgres' });
});
