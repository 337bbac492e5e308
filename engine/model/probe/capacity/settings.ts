import { rateSearchSchema, type RateSearchSettings } from '../rate-search.ts';

export const capacitySettingsSchema = rateSearchSchema;
export type CapacitySettings = RateSearchSettings;
