import { describe } from 'vitest';
import { booksUnderFaults } from '../support/books-under-faults.ts';
import { describeWithEngine } from '../support/engine.ts';

// Every strategy in every cut on both runtimes is in tests/full.
describe('the books in the process runtime', () =>
  booksUnderFaults('process', 'monolith', ['acknowledge-before-commit']));
describeWithEngine('the books in the docker runtime', () => booksUnderFaults('docker', 'macroservices', ['auto']));
