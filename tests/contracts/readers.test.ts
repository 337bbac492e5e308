import { fuzzCases } from '../support/fuzz-cases.ts';
import { fuzzReaders } from '../support/fuzzed-readers.ts';

fuzzReaders({ light: fuzzCases(2000), heavy: fuzzCases(200) });
