export { every, type Clock } from './clock.ts';
export { measureOffset, type MeasuredOffset } from './measure-offset.ts';
export { steadyClock } from './steady-clock.ts';
export { systemClock } from './system-clock.ts';
