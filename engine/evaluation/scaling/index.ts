export { scalingCurve, type CurveMark, type ScalingCurve } from './curve.ts';
