import { fuzzReaders } from '../support/fuzzed-readers.ts';

fuzzReaders(200);
