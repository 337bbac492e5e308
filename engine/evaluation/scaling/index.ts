export { scalingCurve, type CurveMark, type ScalingCurve } from './curve.ts';
export { elasticOf } from './elastic.ts';
