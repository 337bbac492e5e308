export {
  formatBytes,
  formatCount,
  formatExact,
  formatMs,
  formatNumber,
  formatRate,
  formatRatio,
  formatShare,
  formatValue,
  plural,
  splitUnit,
  trimZeros,
} from '../../engine/model/index.ts';
export * from './effect.ts';
export * from './setting.ts';
export * from './time.ts';
