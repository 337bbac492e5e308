import { describe } from 'vitest';
import { booksUnderFaults } from '../support/books-under-faults.ts';
import { describeWithEngine } from '../support/engine.ts';

describe('the books in the process runtime', () => {
  booksUnderFaults('process', 'monolith');
  booksUnderFaults('process', 'microservices');
});
describeWithEngine('the books in the docker runtime', () => booksUnderFaults('docker', 'microservices'));
