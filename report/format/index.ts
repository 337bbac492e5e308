export * from './effect.ts';
export * from './number.ts';
export * from './setting.ts';
export * from './time.ts';
