export { hostile, poisoned } from './hostile.ts';
export { makeHistogram } from './histogram.ts';
export { makeIsolation, shopFaults } from './isolation.ts';
export { makeLoad } from './load.ts';
export { around, normal, seededRandom, type Random } from './random.ts';
export { cancelledResult, makeResult, quickResult, smokeResult, standardResult, type ResultOptions } from './result.ts';
export { makeRound, type RoundOptions } from './round.ts';
export { shapeOf, type Shape, type ShapeName } from './shape.ts';
export { shop } from './application.ts';
