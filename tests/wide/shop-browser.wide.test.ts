import { shopsInCuts } from '../support/shop-in-cuts.ts';

// The two ends of the scale; what lies between is shopped in by way of `up`, and without it in tests/full.
shopsInCuts(['monolith', 'microservices']);
