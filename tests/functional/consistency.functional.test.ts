import { describe } from 'vitest';
import { booksUnderFaults } from '../support/books-under-faults.ts';
import { describeWithEngine } from '../support/engine.ts';

// Planted bugs on servers of the store are in tests/wide, every strategy on both runtimes and stores in tests/full.
describe('the books in the process runtime', () =>
  booksUnderFaults('process', 'monolith', { strategies: ['acknowledge-before-commit'] }));
describeWithEngine('the books in the docker runtime', () =>
  booksUnderFaults('docker', 'macroservices', { strategies: ['auto'] }),
);
