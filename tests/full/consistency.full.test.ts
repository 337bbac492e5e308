import { describe } from 'vitest';
import { booksUnderFaults } from '../support/books-under-faults.ts';
import { describeWithEngine } from '../support/engine.ts';

const stores = ['sqlite', 'postgres'] as const;

describe('the books in the process runtime', () => {
  for (const store of stores)
    for (const cut of ['monolith', 'macroservices', 'microservices']) booksUnderFaults('process', cut, { store });
});
describeWithEngine('the books in the docker runtime', () => {
  for (const store of stores) booksUnderFaults('docker', 'microservices', { store });
});
