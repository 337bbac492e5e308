import { fuzzReaders } from '../support/fuzzed-readers.ts';

fuzzReaders(Number(process.env['CLEAVE_FUZZ'] ?? 50_000));
