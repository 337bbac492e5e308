export { pooledCsv } from './csv.ts';
export { pooledMarkdown } from './markdown.ts';
export {
  anotherText,
  cautionsOf,
  heterogeneityText,
  machineLine,
  machineValueText,
  pooledFrom,
  pooledIntervalText,
  pooledPairs,
  spreadText,
  verdictText,
} from './words.ts';
