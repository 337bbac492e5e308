export * from './measurement.ts';
export type { StructureSettings } from './settings.ts';
